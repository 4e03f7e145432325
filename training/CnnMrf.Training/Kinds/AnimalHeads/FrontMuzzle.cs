using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Animals;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.AnimalHeads;

/// <summary>
/// Muzzle, nose and mouth, or the beak. Parts: <c>muzzle</c>, <c>nose</c>, <c>nostril</c>, <c>mouth</c>, <c>tongue</c>, <c>teeth</c>,
/// <c>beak</c>, <c>whisker</c>.
/// </summary>
internal sealed class FrontMuzzle(Painter painter, Features features, Fur fur, Func<float, float, float, SKPoint> at, SceneRandom random)
{
    private const float Out = 0.75f;

    /// <summary>Draws them.</summary>
    public void Draw()
    {
        var f = features;
        if (f.Nose == NoseForm.Beak)
        {
            Beak();
            return;
        }

        var middle = (f.MuzzleTop + f.MuzzleLow) / 2;
        painter.Blob("muzzle", fur.Muzzle, at(0, f.MuzzleTop, Out), at(f.MuzzleX * 0.62f, f.MuzzleTop + 0.08f, 0.65f),
            at(f.MuzzleX, middle + 0.05f, 0.5f), at(f.MuzzleX * 0.72f, f.MuzzleLow - 0.05f, 0.55f),
            at(0, f.MuzzleLow, 0.55f), at(-f.MuzzleX * 0.72f, f.MuzzleLow - 0.05f, 0.55f), at(-f.MuzzleX, middle + 0.05f, 0.5f),
                at(-f.MuzzleX * 0.62f, f.MuzzleTop + 0.08f, 0.65f));
        if (fur.Shaded)
        {
            var low = at(0, f.MuzzleLow - 0.06f, 0.55f);
            painter.Ellipse(low.X, low.Y, f.MuzzleX * 0.55f, 0.06f, "muzzle", Tint.Shade(fur.Muzzle, 0.8f));
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                var puff = at(side * f.MuzzleX * 0.5f, f.NoseY + 0.08f, 0.6f);
                painter.Ellipse(puff.X, puff.Y, f.MuzzleX * 0.28f, 0.09f, "muzzle", Tint.Shade(fur.Muzzle, 1.1f));
            }
        }

        Mouth();
        Nose();
        Mark();
    }

    /// <summary>Draws whiskers over everything.</summary>
    public void Whiskers()
    {
        if (!features.Whiskers || random.Chance(0.25))
        {
            return;
        }

        var colour = random.Pick(SKColors.White, Tint.Shade(fur.Base, 0.35f));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            for (var i = 0; i < 3; i++)
            {
                var y = features.NoseY + 0.1f + (0.07f * i);
                var from = at(side * features.MuzzleX * 0.65f, y, 0.6f);
                painter.Curve("whisker", 0.018f, colour, from, Shapes.Add(from, side * 0.4f, -0.06f + (0.06f * i)),
                    Shapes.Add(from, side * random.Between(0.65f, 0.9f), -0.06f + (0.13f * i)));
            }
        }
    }

    private void Beak()
    {
        var f = features;
        var colour = Tint.Hsv(random.Between(25, 50), random.Between(0.1f, 0.85f), random.Between(0.3f, 0.95f));
        painter.Blob("beak", colour, at(0, f.NoseY - 0.22f, 0.5f), at(f.NoseX, f.NoseY - 0.08f, 0.55f),
            at(f.NoseX * 0.6f, f.NoseY + 0.12f, 0.65f), at(0, f.NoseY + 0.26f, 0.75f),
            at(-f.NoseX * 0.6f, f.NoseY + 0.12f, 0.65f), at(-f.NoseX, f.NoseY - 0.08f, 0.55f));
        painter.Curve("beak", 0.03f, Tint.Shade(colour, 0.6f), at(-f.NoseX * 0.9f, f.NoseY, 0.55f), at(0, f.NoseY + 0.06f, 0.7f),
            at(f.NoseX * 0.9f, f.NoseY, 0.55f));
        for (var i = 0; i < 16 && fur.Shaded; i++)
        {
            var place = at(random.Between(-0.5f, 0.5f), random.Between(0.45f, 0.8f), 0.3f);
            painter.Curve("head", 0.03f, Tint.Shade(fur.Base, random.Pick(0.75f, 1.2f)), place, Shapes.Add(place, 0.03f, 0.05f),
                Shapes.Add(place, 0, 0.1f));
        }

        Name("nose.bridge", at(0, f.EyeY, 0.5f), "head");
        Name("nose.tip", at(0, f.NoseY + 0.22f, 0.75f), "beak");
        Name("nose.middle", at(0, f.NoseY - 0.12f, 0.55f), "beak");
    }

    private void Nose()
    {
        var f = features;
        var place = at(0, f.NoseY, 1);
        using var units = painter.At(place.X, place.Y, f.NoseX);
        var dark = Tint.Shade(fur.Nose, 0.45f);
        switch (f.Nose)
        {
            case NoseForm.Triangle:
                painter.Blob("nose", fur.Nose, new(-0.95f, -0.5f), new(0, -0.62f), new(0.95f, -0.5f), new(0.55f, 0.2f), new(0, 0.6f),
                    new(-0.55f, 0.2f));
                painter.Ellipse(-0.42f, 0.05f, 0.16f, 0.1f, "nostril", dark);
                painter.Ellipse(0.42f, 0.05f, 0.16f, 0.1f, "nostril", dark);
                Nostrils(0.42f, 0.05f);
                break;
            case NoseForm.Wide:
                painter.Blob("nose", fur.Nose, new(-0.85f, -0.5f), new(0, -0.66f), new(0.85f, -0.5f), new(1.02f, 0), new(0.5f, 0.5f),
                    new(0, 0.62f), new(-0.5f, 0.5f), new(-1.02f, 0));
                painter.Ellipse(-0.48f, 0.1f, 0.22f, 0.15f, "nostril", dark);
                painter.Ellipse(0.48f, 0.1f, 0.22f, 0.15f, "nostril", dark);
                Nostrils(0.48f, 0.1f);
                break;
            case NoseForm.Disc:
                painter.Ellipse(0, 0, 1, 0.78f, "nose", Tint.Shade(fur.Muzzle, 0.88f));
                painter.Ellipse(-0.35f, 0.05f, 0.16f, 0.3f, "nostril", Tint.Shade(fur.Muzzle, 0.4f));
                painter.Ellipse(0.35f, 0.05f, 0.16f, 0.3f, "nostril", Tint.Shade(fur.Muzzle, 0.4f));
                Nostrils(0.35f, 0.05f);
                break;
            case NoseForm.Broad:
                foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                {
                    using var at2 = painter.At(side * 0.95f, 0, 1, side * 35);
                    painter.Ellipse(0, 0, 0.2f, 0.34f, "nostril", Tint.Shade(fur.Muzzle, 0.3f));
                }

                painter.Ellipse(0, 0.25f, 0.35f, 0.3f, "nose", Tint.Shade(fur.Muzzle, 0.92f));
                Nostrils(0.95f, 0);
                break;
            default:
                painter.Ellipse(-0.4f, 0, 0.28f, 0.16f, "nostril", Tint.Shade(fur.Muzzle, 0.4f));
                painter.Ellipse(0.4f, 0, 0.28f, 0.16f, "nostril", Tint.Shade(fur.Muzzle, 0.4f));
                painter.Curve("nose", 0.14f, Tint.Shade(fur.Muzzle, 0.75f), new(-0.85f, 0.2f), new(0, 0.4f), new(0.85f, 0.2f));
                Nostrils(0.4f, 0);
                break;
        }

        if (f.Nose is NoseForm.Triangle or NoseForm.Wide && fur.Shaded)
        {
            painter.Ellipse(-0.15f, -0.36f, 0.4f, 0.12f, "nose", Tint.Shade(fur.Nose, 1.4f));
        }
    }

    private void Nostrils(float x, float y)
    {
        painter.Landmark("nostril.left", -x, y, "nostril");
        painter.Landmark("nostril.right", x, y, "nostril");
    }

    /// <summary>The line's height in its middle.</summary>
    private float Line() => features.Nose switch
    {
        NoseForm.Broad => (features.NoseY + features.MuzzleLow) / 2,
        NoseForm.Disc => features.NoseY + (features.NoseX * 1.05f),
        _ => features.NoseY + (features.NoseX * 0.6f) + (0.4f * (features.MuzzleLow - features.NoseY - (features.NoseX * 0.6f))),
    };

    private void Mouth()
    {
        var f = features;
        var line = Line();
        var (smile, open) = (random.Between(-0.04f, 0.1f), random.Chance(0.3)
            && f.Nose is NoseForm.Wide or NoseForm.Triangle or NoseForm.Flat or NoseForm.Disc);
        var ink = Tint.Shade(fur.Muzzle, 0.3f);
        var (left, right) = (at(-f.MouthX, line - smile + 0.03f, 0.6f), at(f.MouthX, line - smile + 0.03f, 0.6f));
        var middle = at(0, line, 0.8f);
        if (open && random.Chance(0.4))
        {
            var depth = random.Between(0.15f, 0.36f);
            var chin = at(0, line + depth, 0.6f);
            painter.Blob("muzzle", fur.Muzzle, left, right, at(f.MouthX * 0.8f, line + depth + 0.05f, 0.55f),
                at(0, line + depth + 0.12f, 0.55f), at(-f.MouthX * 0.8f, line + depth + 0.05f, 0.55f));
            using var hole = Curves.Closed([left, middle, right, at(f.MouthX * 0.6f, line + (depth * 0.75f), 0.6f), chin,
                at(-f.MouthX * 0.6f, line + (depth * 0.75f), 0.6f)]);
            painter.Fill(hole, "mouth", new(105, 30, 38));
            using (painter.Inside(hole))
            {
                painter.Ellipse(chin.X, chin.Y - 0.02f, f.MouthX * 0.55f, depth * 0.55f, "tongue", new(228, 118, 128));
                if (random.Chance(0.5))
                {
                    foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                    {
                        var x = middle.X + (side * f.MouthX * 0.55f);
                        painter.Polygon("teeth", new(250, 248, 238), new(x - 0.05f, line - 0.05f), new(x + 0.05f, line - 0.05f),
                            new(x, line + 0.12f));
                    }
                }
            }

            Name("mouth.lower", chin, "tongue");
        }
        else
        {
            if (f.Nose is not (NoseForm.Broad or NoseForm.Flat or NoseForm.Disc))
            {
                painter.Curve("mouth", 0.03f, ink, at(0, f.NoseY + (f.NoseX * 0.4f), 0.95f), middle);
                var bow = (line - f.NoseY) * 0.3f;
                painter.Curve("mouth", 0.034f, ink, left, Shapes.Add(Shapes.Mix(left, middle, 0.5f), 0, bow), middle,
                    Shapes.Add(Shapes.Mix(right, middle, 0.5f), 0, bow), right);
            }
            else
            {
                painter.Curve("mouth", 0.034f, ink, left, Shapes.Mix(left, Shapes.Add(middle, 0, 0.05f), 0.5f), middle,
                    Shapes.Mix(right, Shapes.Add(middle, 0, 0.05f), 0.5f), right);
            }

            if (fur.Shaded)
            {
                var lip = at(0, (line + f.MuzzleLow) / 2 + 0.03f, 0.6f);
                painter.Ellipse(lip.X, lip.Y, f.MouthX * 0.4f, 0.04f, "muzzle", Tint.Shade(fur.Muzzle, 1.08f));
            }

            if (features.Species == "rabbit" && random.Chance(0.5))
            {
                painter.Polygon("teeth", SKColors.White, new(middle.X - 0.07f, line), new(middle.X + 0.07f, line),
                    new(middle.X + 0.06f, line + 0.14f), new(middle.X - 0.06f, line + 0.14f));
            }
        }

        Name("mouth.left", left, "mouth");
        Name("mouth.right", right, "mouth");
        Name("mouth.middle", middle, "mouth");
    }

    private void Mark()
    {
        var f = features;
        Name("nose.bridge", at(0, f.EyeY, 0.5f), "head");
        Name("nose.middle", at(0, (f.EyeY + f.NoseY) / 2, 0.7f), f.MuzzleTop < (f.EyeY + f.NoseY) / 2 ? "muzzle" : "head");
        Name("nose.tip", at(0, f.NoseY, 1), "nose");
        Name("chin.middle", at(0, f.MuzzleLow - 0.03f, 0.55f), "muzzle");
        Name("muzzle.left", at(-f.MuzzleX * 0.62f, f.NoseY + 0.12f, 0.6f), "muzzle");
        Name("muzzle.right", at(f.MuzzleX * 0.62f, f.NoseY + 0.12f, 0.6f), "muzzle");
    }

    private void Name(string name, SKPoint place, string part) => painter.Landmark(name, place.X, place.Y, part);
}
