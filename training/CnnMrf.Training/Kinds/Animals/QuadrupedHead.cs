using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>
/// Draws the head from the side; its units are heads, x from the skull's middle to the nose. Parts: <c>head</c>, <c>muzzle</c>,
/// <c>nose</c>, <c>nostril</c>, <c>mouth</c>, <c>tongue</c>, <c>ear</c>, <c>horn</c>, <c>tusk</c>, <c>eye.white</c>, <c>iris</c>,
/// <c>pupil</c>, <c>glint</c>, <c>mane</c>.
/// </summary>
internal sealed class QuadrupedHead(Painter painter, Skeleton bones, Coat coat, SceneRandom random)
{
    private readonly Build _build = bones.Build;
    private readonly float _s = bones.Build.Skull;
    private readonly float _m = bones.Build.Muzzle;
    private readonly float _stop = bones.Build.Stop;
    private readonly float _earTurn = random.Normal(0, 14);
    private readonly float _eye = random.Between(0.045f, 0.075f) * (random.Chance(0.2) ? 1.7f : 1);
    private readonly SceneRandom _horns = random.Fork();
    private readonly ulong _hornSeed = random.NextBits();

    /// <summary>What lies behind neck and head: the far ear and horn.</summary>
    public void Behind()
    {
        using var at = Units();
        Horn(0.1f, 0.72f, far: true);
        if (_build.Ear is not (Ear.Fan or Ear.Flop))
        {
            DrawEar(0.13f, -0.03f, 0.75f, far: true);
        }
    }

    /// <summary>The head itself.</summary>
    public void Draw()
    {
        using var at = Units();
        if (_build.Proboscis)
        {
            Proboscis();
        }

        SKPoint chin = new(0.86f, _m * 0.95f);
        using (var outline = Curves.Closed([
            new(-_s * 0.95f, 0.05f), new(-_s * 0.55f, -_s * 0.82f), new(0, -_s), new(_stop * 0.55f, -_s * 0.88f),
            new(_stop, -((_s * 0.38f) + (_m * 0.55f))), new((_stop + 1) / 2, -_m * 1.02f), new(0.94f, -_m * 0.85f), new(1, -_m * 0.25f),
            new(0.97f, _m * 0.5f), chin, new(0.62f, _m * 1.05f), new(_stop * 0.7f, MathF.Max(_m * 1.1f, _s * 0.72f)),
                new(-_s * 0.35f, _s * 0.8f)]))
        {
            painter.Fill(outline, "head", coat.Face);
            using var inside = painter.Inside(outline);
            Face();
        }

        Mouth();
        Nose();
        Eye();
        Horn(-0.03f, 1, far: false);
        DrawEar(0, 0, 1, far: false);
        if (_build.Mane == Mane.Crest && random.Chance(0.8))
        {
            painter.Blob("mane", coat.Mane, new(-_s * 0.5f, -_s * 1.05f), new(0.05f, -_s * 1.1f), new(_stop * 0.6f, -_s * 0.9f),
                new(_stop * random.Between(0.5f, 0.9f), -_s * random.Between(0.3f, 0.7f)), new(0, -_s * 0.75f));
        }

        Mark();
    }

    private IDisposable Units() => painter.At(bones.Skull.X, bones.Skull.Y, _build.Head, bones.HeadAngle);

    private void Face()
    {
        if (coat.Shaded)
        {
            painter.Ellipse(_stop * 0.2f, _s * 0.95f, _s * 1.2f, _s * 0.45f, "head", Tint.Shade(coat.Face, 0.78f));
            painter.Ellipse(_stop * 0.15f, _s * 0.25f, _s * 0.5f, _s * 0.42f, "head", Tint.Shade(coat.Face, 1.08f));
            painter.Curve("head", 0.06f, Tint.Shade(coat.Face, 1.15f), new(0.05f, -_s * 0.93f), new(_stop * 0.6f, -_s * 0.8f),
                new((_stop + 1) / 2, -_m * 0.95f));
        }

        if (random.Chance(0.25))
        {
            painter.Curve("head", _s * random.Between(0.2f, 0.5f), random.Pick(SKColors.White, coat.Mark), new(0, -_s),
                new(_stop * 0.8f, -_s * 0.85f), new(0.9f, -_m));
        }

        if (coat.Pattern is Pattern.Stripes)
        {
            for (var i = 0; i < 5; i++)
            {
                var x = -0.1f + (0.16f * i);
                painter.Curve("head", 0.04f, coat.Mark, new(x, -_s), new(x - 0.06f, -_s * 0.4f),
                    new(x - 0.2f, _s * random.Between(-0.2f, 0.5f)));
            }
        }

        var from = _stop + ((1 - _stop) * random.Between(0, 0.55f));
        painter.Blob("muzzle", coat.Muzzle, new(from + 0.05f, -_m * 1.4f), new(1.2f, -_m * 1.5f), new(1.2f, _m * 1.5f),
            new(from, _m * 1.5f),
            new(from - 0.06f, _m * 0.2f));
        if (coat.Shaded)
        {
            painter.Ellipse(0.8f, _m * 1.15f, 0.35f, _m * 0.4f, "muzzle", Tint.Shade(coat.Muzzle, 0.75f));
        }
    }

    private SKPoint Corner => new(MathF.Min(0.8f, (_stop * 0.6f) + 0.3f), _m * 0.5f);

    private void Mouth()
    {
        var corner = Corner;
        if (_build.Foot == Foot.Paw && random.Chance(0.3))
        {
            var gape = random.Between(0.5f, 1.3f) * _m;
            painter.Blob("head", coat.Face, Shapes.Add(corner, -0.1f, -_m * 0.1f), new(0.85f, _m * 0.55f), new(0.9f, _m + (gape * 0.95f)),
                new(0.7f, (_m * 1.15f) + (gape * 0.75f)), Shapes.Add(corner, -0.08f, _m * 0.8f));
            painter.Polygon("mouth", new(110, 35, 40), corner, new(0.95f, _m * 0.5f), new(0.84f, _m * 0.65f + (gape * 0.8f)));
            if (random.Chance(0.7))
            {
                painter.Blob("tongue", new(225, 115, 125), Shapes.Add(corner, 0.05f, 0.03f), new(0.85f, _m * 0.75f + (gape * 0.4f)),
                    new(0.95f, _m * 0.9f + (gape * 0.9f)), new(0.82f, _m * 0.85f + (gape * 0.9f)));
            }

            return;
        }

        painter.Curve("mouth", 0.03f, Tint.Shade(coat.Muzzle, 0.35f), new(0.97f, _m * 0.35f), new((corner.X + 1) / 2, _m * 0.58f), corner,
            Shapes.Add(corner, -0.04f, -_m * random.Between(0, 0.25f)));
    }

    private void Nose()
    {
        switch (_build.Foot)
        {
            case Foot.Paw:
                painter.Blob("nose", coat.Nose, new(0.88f, -_m * 0.9f), new(1.0f, -_m * 0.85f), new(1.05f, -_m * 0.45f),
                    new(0.99f, -_m * 0.05f),
                    new(0.91f, -_m * 0.35f));
                painter.Ellipse(0.96f, -_m * 0.42f, 0.02f, _m * 0.12f, "nostril", Tint.Shade(coat.Nose, 0.5f));
                break;
            default:
                if (_build.HeadAngle < 30 && _build.Tail == Tail.Curl)
                {
                    painter.Ellipse(1, -_m * 0.1f, 0.07f, _m * 0.85f, "nose", Tint.Shade(coat.Muzzle, 0.85f));
                }

                painter.Ellipse(0.92f, -_m * 0.35f, 0.035f, _m * random.Between(0.15f, 0.28f), "nostril", Tint.Shade(coat.Muzzle, 0.3f));
                break;
        }
    }

    private SKPoint EyePlace => new(_stop * 0.55f, -_s * 0.34f);

    private void Eye()
    {
        var (x, y) = (EyePlace.X, EyePlace.Y);
        if (coat.Shaded)
        {
            painter.Ellipse(x, y, _eye * 1.9f, _eye * 1.6f, "head", Tint.Shade(coat.Face, random.Pick(0.7f, 0.85f, 1.15f)));
        }

        if (random.Chance(0.35))
        {
            painter.Ellipse(x, y, _eye * 1.5f, _eye * 1.2f, "eye.white", new(245, 242, 235));
        }

        painter.Ellipse(x, y, _eye * 1.05f, _eye, "iris", coat.Iris);
        painter.Ellipse(x + (_eye * 0.1f), y, _eye * 0.65f, _eye * 0.75f, "pupil", new(12, 10, 12));
        painter.Curve("head", _eye * 0.4f, Tint.Shade(coat.Face, 0.4f), new(x - (_eye * 1.5f), y - (_eye * 0.2f)),
            new(x, y - (_eye * 1.15f)),
            new(x + (_eye * 1.5f), y + (_eye * 0.1f)));
        if (random.Chance(0.7))
        {
            painter.Ellipse(x + (_eye * 0.3f), y - (_eye * 0.35f), _eye * 0.22f, _eye * 0.22f, "glint", SKColors.White);
        }
    }

    private void DrawEar(float dx, float dy, float shade, bool far)
    {
        var size = _build.EarSize;
        var colour = Tint.Shade(_build.Ear == Ear.Flop ? Tint.Shade(coat.Face, 0.8f) : coat.Face, shade);
        var inner = Tint.Mix(Tint.Shade(colour, 0.75f), new(230, 150, 140), 0.3f);
        var turn = _earTurn + (far ? 12 : 0) + bones.HeadAngle;
        using var at = painter.At((-_s * 0.38f) + dx, (-_s * 0.72f) + dy, size, _build.Ear == Ear.Fan ? _earTurn - bones.HeadAngle
            : _earTurn - _build.EarLean - (bones.HeadAngle * 0.6f));
        switch (_build.Ear)
        {
            case Ear.Pricked:
                painter.Polygon("ear", colour, new(-0.38f, 0.25f), new(-0.12f, -1), new(0.38f, 0.15f));
                painter.Polygon("ear.inner", inner, new(-0.14f, 0.1f), new(-0.08f, -0.72f), new(0.26f, 0.06f));
                Mark(far, "ear.tip", -0.12f, -0.97f);
                break;
            case Ear.Round:
                painter.Ellipse(0, -0.3f, 0.52f, 0.55f, "ear", colour);
                painter.Ellipse(0.08f, -0.25f, 0.3f, 0.34f, "ear.inner", inner);
                Mark(far, "ear.tip", 0, -0.82f);
                break;
            case Ear.Leaf or Ear.Long:
                var back = _build.Ear == Ear.Long ? -0.15f : -0.45f;
                painter.Blob("ear", colour, new(-0.16f, 0.12f), new(-0.36f + (back * 0.4f), -0.5f), new(back, -1),
                    new(0.1f + (back * 0.4f), -0.6f), new(0.2f, 0.1f));
                painter.Blob("ear.inner", inner, new(-0.05f, 0), new(-0.18f + (back * 0.4f), -0.45f), new(back * 0.95f, -0.82f),
                    new(0.02f + (back * 0.3f), -0.5f), new(0.1f, 0));
                Mark(far, "ear.tip", back, -0.97f);
                break;
            case Ear.Flop:
                painter.Blob("ear", colour, new(-0.3f, -0.15f), new(0.2f, -0.2f), new(0.36f, 0.4f), new(0.15f, 1), new(-0.25f, 0.85f),
                    new(-0.42f, 0.3f));
                painter.Curve("ear", 0.05f, Tint.Shade(colour, 0.7f), new(0.22f, -0.05f), new(0.26f, 0.45f), new(0.1f, 0.9f));
                Mark(far, "ear.tip", 0.05f, 0.94f);
                break;
            case Ear.Fan:
                var wave = turn * 0.004f;
                painter.Blob("ear", Tint.Shade(colour, 0.93f), new(0.2f, -0.2f), new(-0.2f, -0.42f + wave), new(-0.75f, -0.3f),
                    new(-0.95f, 0.25f), new(-0.7f, 0.85f),
                    new(-0.35f, 1.15f), new(-0.08f, 0.85f), new(0.1f, 0.55f), new(0.26f, 0.2f));
                painter.Curve("ear", 0.04f, Tint.Shade(colour, 0.7f), new(0.15f, -0.1f), new(0.05f, 0.4f), new(-0.15f, 0.8f));
                Mark(far, "ear.tip", -0.35f, 1.1f);
                break;
            case Ear.None:
                break;
        }

        if (_build.Ear != Ear.None)
        {
            Mark(far, "ear.base", 0, 0.05f);
        }
    }

    private void Mark(bool far, string name, float x, float y)
    {
        if (!far)
        {
            painter.Landmark(name, x, y, "ear");
        }
    }

    private void Horn(float dx, float shade, bool far)
    {
        var own = SceneRandom.For(_hornSeed, 0);
        var length = own.Between(0.7f, 1.3f);
        var colour = Tint.Shade(coat.Horn, shade);
        var from = new SKPoint((_s * 0.05f) + dx, -_s * 0.9f);
        SKPoint tip;
        switch (_build.Horns)
        {
            case Horns.Short:
                tip = Shapes.Add(from, -0.08f, -0.32f * length);
                Bone(colour, 0.05f, 0.05f, from, tip);
                painter.Ellipse(tip.X, tip.Y, 0.06f, 0.05f, "horn", Tint.Shade(colour, 0.6f));
                break;
            case Horns.Cow:
                tip = Shapes.Add(from, 0.25f * length, -0.5f * length);
                Bone(colour, 0.08f, 0.02f, from, Shapes.Add(from, 0.12f * length, -0.12f * length),
                    Shapes.Add(from, 0.28f * length, -0.3f * length), tip);
                break;
            case Horns.Goat:
                tip = Shapes.Add(from, -0.75f * length, -0.65f * length);
                Bone(colour, 0.09f, 0.02f, from, Shapes.Add(from, -0.1f * length, -0.4f * length),
                    Shapes.Add(from, -0.4f * length, -0.65f * length), tip);
                break;
            case Horns.Ram:
                from = Shapes.Add(from, -0.1f, 0.08f);
                tip = Shapes.Add(from, 0.12f, 0.4f);
                Bone(colour, 0.13f, 0.03f, from, Shapes.Add(from, -0.25f, -0.2f), Shapes.Add(from, -0.5f, 0.1f),
                    Shapes.Add(from, -0.35f, 0.5f),
                    Shapes.Add(from, -0.02f, 0.55f), tip);
                break;
            case Horns.Antlers:
                tip = Antler(own, colour, from, length);
                break;
            default:
                return;
        }

        if (!far)
        {
            painter.Landmark("horn.base", from.X, from.Y, "horn");
            painter.Landmark("horn.tip", tip.X, tip.Y, "horn");
        }
    }

    private SKPoint Antler(SceneRandom own, SKColor colour, SKPoint from, float length)
    {
        SKPoint[] beam =
        [
            from, Shapes.Add(from, -0.28f * length, -0.4f * length), Shapes.Add(from, -0.35f * length, -0.85f * length),
            Shapes.Add(from, -0.12f * length, -1.25f * length),
        ];
        painter.Curve("horn", 0.085f, colour, beam);
        var tines = 2 + own.Below(3);
        for (var i = 0; i < tines; i++)
        {
            var place = (i + 0.5f) / tines * 2.6f;
            var start = Shapes.Mix(beam[(int)place], beam[(int)place + 1], place - (int)place);
            painter.Curve("horn", 0.065f, colour, start, Shapes.Add(start, 0.18f * length, -0.08f * length),
                Shapes.Add(start, 0.27f * length, -0.32f * length));
        }

        return beam[^1];
    }

    private void Bone(SKColor colour, float thick, float thin, params ReadOnlySpan<SKPoint> joints)
    {
        Span<float> radii = stackalloc float[joints.Length];
        for (var i = 0; i < radii.Length; i++)
        {
            radii[i] = thick + ((thin - thick) * i / (radii.Length - 1));
        }

        using var path = Shapes.Limb(joints, radii);
        painter.Fill(path, "horn", colour);
    }

    private void Proboscis()
    {
        var down = -bones.HeadAngle;
        var raised = _horns.Chance(0.3);
        var from = new SKPoint(0.72f, 0);
        var first = Shapes.Polar(from, -90 - down + _horns.Between(-5, 15), 0.55f);
        var second = Shapes.Polar(first, -90 - down + (raised ? 70 : _horns.Between(-15, 10)), 0.5f);
        var third = Shapes.Polar(second, -90 - down + (raised ? 150 : _horns.Between(-30, 40)), 0.4f);
        using (var path = Shapes.Limb([new(0.45f, 0), from, first, second, third], [0.3f, 0.25f, 0.17f, 0.13f, 0.09f]))
        {
            painter.Fill(path, "proboscis", coat.Face);
            using var inside = painter.Inside(path);
            for (var i = 0; i < 6 && coat.Shaded; i++)
            {
                var place = i < 3 ? Shapes.Mix(first, from, 0.3f * i) : Shapes.Mix(first, second, 0.3f * (i - 2));
                painter.Curve("proboscis", 0.02f, Tint.Shade(coat.Face, 0.75f), Shapes.Add(place, -0.25f, -0.02f),
                    Shapes.Add(place, 0.25f, 0.02f));
            }
        }

        painter.Landmark("proboscis.upper", first.X, first.Y, "proboscis");
        painter.Landmark("proboscis.tip", third.X, third.Y, "proboscis");
        if (_horns.Chance(0.7))
        {
            Tusk(from);
        }
    }

    private void Tusk(SKPoint from)
    {
        var angle = -50 + bones.HeadAngle;
        var (a, b) = (Shapes.Add(from, -0.12f, 0.12f), Shapes.Polar(Shapes.Add(from, -0.1f, 0.12f), angle, 0.3f));
        var tip = Shapes.Polar(b, angle + 35, 0.3f);
        using var path = Shapes.Limb([a, b, tip], [0.06f, 0.05f, 0.015f]);
        painter.Fill(path, "tusk", new(245, 238, 215));
        painter.Landmark("tusk.tip", tip.X, tip.Y, "tusk");
    }

    private void Mark()
    {
        var eye = EyePlace;
        Name("eye.pupil", new(eye.X + (_eye * 0.1f), eye.Y), "pupil");
        Name("head.top", new(0, -_s * 0.97f), "head");
        Name("forehead", new(_stop * 0.5f, -_s * 0.72f), "head");
        Name("cheek", new(_stop * 0.25f, _s * 0.3f), "head");
        Name("jaw", new(_stop * 0.5f, MathF.Max(_m, _s * 0.65f)), "head");
        if (_build.Proboscis)
        {
            return;
        }

        Name("nose.bridge", new((_stop + 0.9f) / 2, -_m * 0.9f), _stop > 0.6f ? "head" : "muzzle");
        Name("nose.tip", new(1, -_m * 0.4f), _build.Foot == Foot.Paw ? "nose" : "muzzle");
        Name("nostril", _build.Foot == Foot.Paw ? new(0.96f, -_m * 0.42f) : new(0.92f, -_m * 0.35f), "nostril");
        Name("mouth.corner", Corner, "mouth");
        Name("chin", new(0.86f, _m * 0.85f), "muzzle");
        Name("muzzle.middle", new(0.84f, _m * 0.1f), "muzzle");
    }

    private void Name(string name, SKPoint place, string part) => painter.Landmark(name, place.X, place.Y, part);
}
