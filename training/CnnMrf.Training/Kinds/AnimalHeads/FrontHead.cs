using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Animals;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.AnimalHeads;

/// <summary>
/// Draws the head, in the units of <see cref="Features"/>. Parts: <c>head</c>, <c>body</c>, <c>muzzle</c>, <c>ear</c>, <c>ear.inner</c>,
/// <c>mane</c>, <c>horn</c>, <c>whisker</c>, <c>collar</c>, those of eyes (<see cref="FrontEyes"/>) and mouth (<see cref="FrontMuzzle"/>).
/// </summary>
internal sealed class FrontHead(Painter painter, Features features, Fur fur, float turn, SceneRandom random)
{
    private readonly SceneRandom _body = random.Fork();
    private readonly SceneRandom _ears = random.Fork();
    private readonly SceneRandom _face = random.Fork();
    private readonly SceneRandom _crown = random.Fork();
    private readonly SceneRandom _muzzle = random.Fork();
    private readonly SceneRandom _eyes = random.Fork();
    private readonly int _lightSide = random.Chance(0.5) ? 1 : -1;

    /// <summary>Draws it.</summary>
    public void Draw()
    {
        Body();
        if (features.Mane)
        {
            Mane();
        }

        if (features.Crown is Crown.Horns or Crown.Antlers)
        {
            Horns();
        }

        if (features.Ear != EarForm.Flop)
        {
            Ears();
        }

        if (features.Crown == Crown.Wool)
        {
            Wool(0.42f);
        }

        Face();
        if (features.Ear == EarForm.Flop)
        {
            Ears();
        }

        var muzzle = new FrontMuzzle(painter, features, fur, At, _muzzle);
        muzzle.Draw();
        new FrontEyes(painter, features, fur, At, _eyes).Draw();
        if (features.Crown == Crown.Wool)
        {
            Wool(0.25f);
        }
        else if (features.Crown == Crown.Forelock)
        {
            painter.Blob("mane", fur.Mane, At(-0.2f, -1, 0), At(0.2f, -1.02f, 0), At(0.22f, -0.6f, 0.3f), At(0.06f, -0.15f, 0.5f),
                At(-0.08f, -0.3f, 0.5f), At(-0.2f, -0.55f, 0.3f));
        }

        muzzle.Whiskers();
        Mark();
    }

    /// <summary>A place on the head as it is turned.</summary>
    /// <param name="x">To the right, seen straight from the front.</param>
    /// <param name="y">Down.</param>
    /// <param name="depth">How far it stands out towards the viewer.</param>
    private SKPoint At(float x, float y, float depth)
    {
        var far = x * turn > 0;
        return new((x * (far ? 1 - (0.28f * MathF.Abs(turn)) : 1)) + (turn * depth * 0.42f), y);
    }

    private static string Word(int side) => side < 0 ? "left" : "right";

    private void Body()
    {
        var (wide, slope) = (_body.Between(0.9f, 1.7f), _body.Between(1.1f, 1.7f));
        var neck = features.Jaw * _body.Between(0.75f, 1.05f);
        var shift = -turn * _body.Between(0, 0.25f);
        var chin = features.Chin;
        painter.Blob("body", fur.Base, new(-neck, 0.2f), new(neck, 0.2f), new(neck + 0.1f + (shift * 0.4f), chin * 0.9f),
            new(wide + shift, slope + 0.3f), new(wide + 0.2f + shift, 3.2f),
            new(-wide - 0.2f + shift, 3.2f), new(-wide + shift, slope + 0.3f), new(-neck - 0.1f + (shift * 0.4f), chin * 0.9f));
        if (_body.Chance(0.6))
        {
            painter.Blob("body", fur.Chest, new(-neck * 0.6f, chin * 0.7f), new(neck * 0.6f, chin * 0.7f),
                new((neck * 0.8f) + shift, 1.9f), new(shift, 3), new((-neck * 0.8f) + shift, 1.9f));
        }

        if (fur.Shaded || _body.Chance(0.6))
        {
            painter.Blob("body", Tint.Shade(fur.Base, _body.Between(0.55f, 0.85f)), new(-neck * 0.95f, chin * 0.6f),
                new(neck * 0.95f, chin * 0.6f), new(neck * 0.7f, chin + 0.16f), new(0, chin + 0.25f),
                new(-neck * 0.7f, chin + 0.16f));
        }

        if (fur.Shaded)
        {
            for (var i = 0; i < 14; i++)
            {
                var (x, y) = (_body.Between(-0.8f, 0.8f) * wide, _body.Between(1.4f, 2.2f));
                painter.Curve("body", 0.025f, Tint.Shade(fur.Chest, _body.Between(0.7f, 0.95f)), new(x, y), new(x + 0.02f, y + 0.1f),
                    new(x * 1.02f, y + 0.18f));
            }
        }

        if (features.Crown != Crown.Wool && !features.Mane && _body.Chance(0.2))
        {
            var colour = Tint.Hsv(_body.Between(0, 360), _body.Between(0.3f, 0.9f), _body.Between(0.3f, 0.95f));
            painter.Curve("collar", 0.16f, colour, new(-neck - 0.06f, chin + 0.12f), new(shift * 0.3f, chin + 0.36f),
                new(neck + 0.06f, chin + 0.12f));
            if (_body.Chance(0.5))
            {
                painter.Ellipse(shift * 0.3f, chin + 0.5f, 0.1f, 0.11f, "collar", Tint.Hsv(45, 0.6f, 0.9f));
            }
        }

        painter.Landmark("neck.middle", shift * 0.3f, chin + 0.28f, "body");
        painter.Landmark("chest.middle", shift * 0.7f, chin + 0.85f, "body");
        painter.Landmark("shoulder.left", -wide + shift + 0.06f, slope + 0.3f, "body");
        painter.Landmark("shoulder.right", wide + shift - 0.06f, slope + 0.3f, "body");
    }

    private void Mane()
    {
        var radius = _crown.Between(1.3f, 1.65f);
        Span<SKPoint> edge = stackalloc SKPoint[26];
        for (var pass = 0; pass < (fur.Shaded ? 2 : 1); pass++)
        {
            for (var i = 0; i < edge.Length; i++)
            {
                var angle = 360f * i / edge.Length;
                var low = MathF.Max(0, -MathF.Sin(angle * MathF.PI / 180)) * 0.3f;
                var jag = i % 2 == 0 ? _crown.Between(1, 1.08f) : _crown.Between(0.86f, 0.96f);
                edge[i] = Shapes.Polar(new(0, 0.05f), angle, radius * (jag + low) * (pass == 0 ? 1 : 0.8f));
            }

            painter.Blob("mane", pass == 0 ? fur.Mane : Tint.Mix(fur.Mane, fur.Base, 0.35f), edge);
        }

        for (var i = 0; i < 22 && fur.Shaded; i++)
        {
            var angle = _crown.Between(0, 360);
            painter.Curve("mane", 0.03f, Tint.Shade(fur.Mane, _crown.Pick(0.7f, 1.2f)), Shapes.Polar(default, angle, radius * 0.6f),
                Shapes.Polar(default, angle + 5, radius * 0.8f),
                Shapes.Polar(default, angle, radius * 0.97f));
        }

        painter.Landmark("mane.top", 0, -radius * 0.9f, "mane");
        painter.Landmark("mane.left", -radius * 0.9f, 0, "mane");
        painter.Landmark("mane.right", radius * 0.9f, 0, "mane");
    }

    private void Ears()
    {
        var tips = _ears.Between(-8, 8);
        var lop = features.Ear == EarForm.Long && _ears.Chance(0.15) ? 150 : 0;
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            if (features.EarSize <= 0)
            {
                continue;
            }

            var root = At(side * features.EarX, features.EarY, features.Ear == EarForm.Flop ? 0.1f : -0.15f);
            var angle = side * (features.EarTurn + tips + _ears.Normal(0, 5) + lop);
            var squeeze = side * turn > 0 ? 1 - (0.25f * MathF.Abs(turn)) : 1;
            var matrix = SKMatrix.CreateTranslation(root.X, root.Y).PreConcat(SKMatrix.CreateRotationDegrees(angle))
                .PreConcat(SKMatrix.CreateScale(side * features.EarSize * squeeze, features.EarSize));
            // The units are mirrored on the left, where the painter exchanges the words: the right ear's name does for both.
            using var at = painter.Moved(matrix);
            Ear("ear.right");
        }
    }

    private void Ear(string name)
    {
        var shade = Tint.Shade(fur.Base, features.Species == "panda" ? 0.12f : 1);
        switch (features.Ear)
        {
            case EarForm.Pointed:
                painter.Polygon("ear", shade, new(-0.42f, 0.3f), new(0.05f, -1), new(0.45f, 0.45f));
                painter.Polygon("ear.inner", fur.Inner, new(-0.24f, 0.2f), new(0.06f, -0.72f), new(0.3f, 0.3f));
                Mark(name, 0.05f, -0.95f, 0.06f, -0.25f);
                break;
            case EarForm.Round:
                painter.Ellipse(0, -0.2f, 1, 1, "ear", shade);
                painter.Ellipse(0, -0.12f, 0.6f, 0.62f, "ear.inner", features.Species == "panda" ? Tint.Shade(shade, 0.7f) : fur.Inner);
                Mark(name, 0, -1.15f, 0, -0.15f);
                break;
            case EarForm.Flop:
                painter.Blob("ear", Tint.Shade(fur.Base, 0.78f), new(-0.3f, -0.2f), new(0.15f, -0.3f), new(0.42f, 0.2f), new(0.4f, 0.8f),
                    new(0.12f, 1.1f), new(-0.16f, 0.75f), new(-0.14f, 0.25f));
                if (fur.Shaded)
                {
                    painter.Curve("ear", 0.05f, Tint.Shade(fur.Base, 0.6f), new(-0.1f, 0), new(0.02f, 0.5f), new(0.1f, 0.95f));
                }

                painter.Landmark($"{name}.top", 0.05f, -0.24f, "ear");
                painter.Landmark($"{name}.middle", 0.15f, 0.4f, "ear");
                painter.Landmark($"{name}.lobe", 0.12f, 1.02f, "ear");
                return;
            case EarForm.Long:
                painter.Blob("ear", shade, new(-0.16f, 0.2f), new(-0.22f, -0.5f), new(0, -1.15f), new(0.24f, -0.5f), new(0.16f, 0.2f));
                painter.Blob("ear.inner", fur.Inner, new(-0.07f, 0.1f), new(-0.12f, -0.5f), new(0, -0.98f), new(0.13f, -0.5f),
                    new(0.07f, 0.1f));
                Mark(name, 0, -1.1f, 0, -0.45f);
                break;
            case EarForm.Leaf:
                painter.Blob("ear", shade, new(-0.18f, 0.2f), new(-0.36f, -0.4f), new(0.05f, -1.05f), new(0.34f, -0.45f),
                    new(0.22f, 0.15f));
                painter.Blob("ear.inner", fur.Inner, new(-0.06f, 0.05f), new(-0.2f, -0.4f), new(0.05f, -0.85f), new(0.2f, -0.42f),
                    new(0.1f, 0));
                Mark(name, 0.05f, -1, 0, -0.4f);
                break;
            case EarForm.Tuft:
                painter.Polygon("ear", Tint.Shade(fur.Base, 0.75f), new(-0.45f, 0.3f), new(0.2f, -0.9f), new(0.4f, 0.4f));
                painter.Landmark($"{name}.top", 0.2f, -0.86f, "ear");
                return;
        }
    }

    private void Mark(string name, float tipX, float tipY, float middleX, float middleY)
    {
        painter.Landmark($"{name}.top", tipX, tipY, "ear");
        painter.Landmark($"{name}.middle", middleX, middleY, "ear.inner");
    }

    private void Face()
    {
        var f = features;
        SKPoint[] edge =
        [
            At(0, -f.Rise, 0), At(f.Top * 0.6f, -f.Rise * 0.9f, 0), At(f.Top, -f.Rise * 0.42f, 0), At(f.Cheek, 0.22f, 0),
                At(f.Jaw, 0.68f * f.Chin, 0.15f),
            At(f.Jaw * 0.5f, f.Chin * 0.96f, 0.3f), At(0, f.Chin, 0.35f), At(-f.Jaw * 0.5f, f.Chin * 0.96f, 0.3f),
                At(-f.Jaw, 0.68f * f.Chin, 0.15f), At(-f.Cheek, 0.22f, 0),
            At(-f.Top, -f.Rise * 0.42f, 0), At(-f.Top * 0.6f, -f.Rise * 0.9f, 0),
        ];
        var outline = Curves.Closed(edge);
        if (f.Tufts > 0.02f)
        {
            using var tufts = new SKPath();
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                for (var i = 0; i < 3; i++)
                {
                    var y = 0.12f + (0.2f * i);
                    var x = f.Cheek - (0.1f * i * i);
                    tufts.AddPoly([At(side * (x - 0.3f), y - 0.12f, 0), At(side * (x + f.Tufts - (0.03f * i)), y + 0.12f + (0.06f * i), 0),
                        At(side * (x - 0.35f), y + 0.22f, 0)]);
                }
            }

            outline = Shapes.Union(outline, new SKPath(tufts));
        }

        painter.Fill(outline, "head", fur.Base);
        using (painter.Inside(outline))
        {
            Masks();
            if (fur.Shaded)
            {
                Shade();
            }
        }

        outline.Dispose();
    }

    private void Masks()
    {
        var f = features;
        switch (fur.Mask)
        {
            case Mask.Blaze:
                var wide = _face.Between(0.08f, 0.28f);
                painter.Blob("head", fur.Mark, At(0, -f.Rise * _face.Between(0.6f, 1.1f), 0.3f), At(wide * 0.8f, -0.3f, 0.5f),
                    At(wide * 1.5f, f.MuzzleTop + 0.1f, 0.5f), At(f.MuzzleX, f.Chin, 0.4f),
                    At(-f.MuzzleX, f.Chin, 0.4f), At(-wide * 1.5f, f.MuzzleTop + 0.1f, 0.5f), At(-wide * 0.8f, -0.3f, 0.5f));
                break;
            case Mask.Eyes:
                var one = f.Species is "dog" or "cow" or "pig" && _face.Chance(0.6);
                var only = _face.Chance(0.5) ? 1 : -1;
                foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                {
                    if (!one || side == only)
                    {
                        var eye = At(side * f.EyeX, f.EyeY, 0.35f);
                        using var at = painter.At(eye.X, eye.Y, f.EyeSize * 1.9f, side * 35);
                        painter.Ellipse(0, 0.1f, 0.85f, 1.15f, "head", fur.Mark);
                    }
                }

                break;
            case Mask.Half:
                var half = _face.Chance(0.5) ? 1 : -1;
                painter.Blob("head", fur.Mark, At(half * 0.1f, -f.Rise * 1.1f, 0.2f), At(half * f.Cheek * 1.3f, -f.Rise, 0),
                    At(half * f.Cheek * 1.3f, 0.4f, 0), At(half * 0.3f, 0.35f, 0.4f));
                break;
            case Mask.Stripes:
                Stripes();
                break;
            case Mask.Disc:
                foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                {
                    var eye = At(side * f.EyeX * 0.95f, f.EyeY + 0.05f, 0.3f);
                    painter.Ellipse(eye.X, eye.Y, f.EyeX * 0.98f, f.EyeX * 1.1f, "head", fur.Mark);
                }

                break;
            case Mask.Light:
                foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                {
                    painter.Blob("head", fur.Mark, At(side * 0.05f, f.NoseY, 0.5f),
                        At(side * f.EyeX * 0.8f, f.EyeY + f.EyeSize * 1.3f, 0.35f), At(side * f.Cheek * 1.3f, 0.1f, 0),
                        At(side * f.Jaw * 1.2f, f.Chin, 0.1f), At(side * 0.05f, f.Chin * 1.05f, 0.35f));
                    if (_face.Chance(0.7))
                    {
                        var brow = At(side * f.EyeX * 0.75f, f.EyeY - (f.EyeSize * 1.6f), 0.4f);
                        painter.Ellipse(brow.X, brow.Y, 0.11f, 0.07f, "head", fur.Mark);
                    }
                }

                break;
        }
    }

    private void Stripes()
    {
        var f = features;
        var width = _face.Between(0.05f, 0.1f);
        painter.Curve("head", width, fur.Mark, At(0, -f.Rise, 0), At(0, -f.Rise * 0.45f, 0.3f));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            painter.Curve("head", width, fur.Mark, At(side * 0.22f, -f.Rise, 0), At(side * 0.16f, -f.Rise * 0.65f, 0.2f),
                At(side * 0.26f, f.EyeY - (f.EyeSize * 1.5f), 0.3f));
            painter.Curve("head", width * 0.9f, fur.Mark, At(side * 0.5f, -f.Rise, 0), At(side * 0.48f, -f.Rise * 0.6f, 0.1f));
            for (var i = 0; i < 3; i++)
            {
                var y = -0.05f + (0.22f * i);
                painter.Curve("head", width * 0.9f, fur.Mark, At(side * f.Cheek * 1.1f, y + 0.05f, 0), At(side * f.Cheek * 0.8f, y, 0.1f),
                    At(side * f.Cheek * (0.66f - (0.05f * i)), y + 0.06f, 0.2f));
            }
        }
    }

    private void Shade()
    {
        var f = features;
        var dark = Tint.Shade(fur.Base, _face.Between(0.68f, 0.85f));
        var s = -_lightSide;
        painter.Blob("head", dark, At(s * f.Top * 0.75f, -f.Rise * 0.8f, 0), At(s * f.Cheek * 1.4f, -0.3f, 0),
            At(s * f.Cheek * 1.4f, f.Chin, 0), At(s * f.Jaw * 0.4f, f.Chin * 1.05f, 0.2f),
            At(s * f.Jaw * 0.75f, 0.5f, 0.1f), At(s * f.Cheek * 0.82f, 0.1f, 0));
        var light = Tint.Shade(fur.Base, _face.Between(1.06f, 1.2f));
        var top = At(-s * 0.2f, -f.Rise * 0.62f, 0.3f);
        painter.Ellipse(top.X, top.Y, f.Top * 0.35f, f.Rise * 0.16f, "head", light);
        if (fur.Mask is Mask.None or Mask.Stripes)
        {
            var cheek = At(-s * f.Cheek * 0.62f, 0.26f, 0.1f);
            painter.Ellipse(cheek.X, cheek.Y, 0.16f, 0.14f, "head", light);
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            painter.Curve("head", 0.06f, dark, At(side * 0.12f, f.EyeY - 0.1f, 0.5f), At(side * 0.13f, (f.EyeY + f.NoseY) / 2, 0.6f),
                At(side * f.NoseX, f.NoseY - 0.05f, 0.7f));
        }

        var count = _face.Chance(0.5) ? 26 : 0;
        for (var i = 0; i < count; i++)
        {
            var angle = _face.Between(0, 360);
            var (sin, cos) = MathF.SinCos(angle * MathF.PI / 180);
            var (x, y) = (cos * f.Cheek * 0.85f, -sin * 0.8f);
            painter.Curve("head", 0.022f, _face.Chance(0.5) ? dark : light, At(x * 0.82f, y * 0.82f, 0.1f), At(x, (y * 0.92f) + 0.02f, 0),
                At(x * 1.08f, (y * 1.05f) + 0.05f, 0));
        }
    }

    private void Horns()
    {
        var colour = Tint.Hsv(_crown.Between(25, 45), _crown.Between(0.1f, 0.5f), _crown.Between(0.3f, 0.95f));
        var (reach, rise) = (_crown.Between(0.25f, 0.7f), _crown.Between(0.3f, 0.8f));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var word = Word(side);
            var root = At(side * features.Top * 0.6f, -features.Rise * 0.85f, -0.1f);
            SKPoint tip;
            if (features.Crown == Crown.Antlers)
            {
                SKPoint[] beam = [root, Shapes.Add(root, side * 0.3f, -0.4f), Shapes.Add(root, side * (0.5f + reach), -0.4f - rise),
                    Shapes.Add(root, side * (0.3f + reach), -0.9f - rise)];
                painter.Curve("horn", 0.11f, colour, beam);
                for (var i = 0; i < 3; i++)
                {
                    var from = Shapes.Mix(beam[i], beam[i + 1], 0.55f);
                    painter.Curve("horn", 0.08f, colour, from, Shapes.Add(from, -side * 0.1f, -0.2f),
                        Shapes.Add(from, -side * 0.08f, -0.42f));
                }

                tip = beam[^1];
            }
            else
            {
                tip = Shapes.Add(root, side * reach, -rise);
                using var horn = Shapes.Limb([root, Shapes.Add(root, side * reach * 0.75f, -0.08f),
                    Shapes.Add(root, side * reach * 1.15f, -rise * 0.5f), tip], [0.13f, 0.12f, 0.08f, 0.02f]);
                painter.Fill(horn, "horn", colour);
            }

            painter.Landmark($"horn.{word}.base", root.X, root.Y, "horn");
            painter.Landmark($"horn.{word}.tip", tip.X, tip.Y, "horn");
        }
    }

    private void Wool(float size)
    {
        var colour = Tint.Hsv(40, _crown.Between(0, 0.15f), _crown.Between(0.8f, 1));
        using var curls = new SKPath { FillType = SKPathFillType.Winding };
        for (var i = 0; i < 9; i++)
        {
            var x = (i - 4) / 4f;
            var r = size * _crown.Between(0.75f, 1.1f);
            var place = At(x * features.Top, -features.Rise + (0.35f * x * x), 0);
            curls.AddOval(new(place.X - r, place.Y - r, place.X + r, place.Y + r));
        }

        painter.Fill(curls, "mane", colour);
        painter.Landmark(size > 0.3f ? "mane.top" : "mane.front", At(0, -features.Rise, 0).X, -features.Rise - (size > 0.3f ? 0.3f : 0),
            "mane");
    }

    private void Mark()
    {
        var f = features;
        var hairy = f.Crown is Crown.Wool or Crown.Forelock;
        Name("head.top", At(0, -f.Rise * 0.96f, 0), hairy ? "mane" : "head");
        Name("forehead.middle", At(0, (f.EyeY - f.Rise) * 0.55f, 0.4f), "head");
        Name("chin.bottom", At(0, f.Chin * 0.985f, 0.35f), "head");
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var word = Word(side);
            Name($"forehead.{word}", At(side * f.Top * 0.5f, (f.EyeY - f.Rise) * 0.55f, 0.3f), "head");
            Name($"temple.{word}", At(side * f.Top * 0.9f, -f.Rise * 0.4f, 0), "head");
            Name($"cheek.{word}", At(side * ((f.Cheek * 0.62f) + (f.MuzzleX * 0.2f)), 0.26f, 0.15f), "head");
            Name($"jaw.{word}", At(side * f.Jaw * 0.94f, 0.68f * f.Chin, 0.15f), "head");
            Name($"brow.{word}.middle", At(side * f.EyeX, f.EyeY - (f.EyeSize * 1.7f), 0.35f), "head");
        }
    }

    private void Name(string name, SKPoint place, string part) => painter.Landmark(name, place.X, place.Y, part);
}
