using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>
/// Draws a four-legged animal that faces right, in its skeleton's units. Parts: <c>body</c> (neck included), <c>leg</c>, <c>foot</c>,
/// <c>tail</c>, <c>mane</c>, <c>shell</c>, <c>collar</c> and those of <see cref="QuadrupedHead"/>.
/// </summary>
internal sealed class Quadruped(Painter painter, Skeleton bones, Coat coat, SceneRandom random)
{
    private readonly Build _build = bones.Build;
    private readonly SceneRandom _legs = random.Fork();
    private readonly SceneRandom _body = random.Fork();
    private readonly SceneRandom _head = random.Fork();
    private readonly SceneRandom _tail = random.Fork();

    /// <summary>Draws it.</summary>
    public void Draw()
    {
        var farShade = coat.Shaded ? _legs.Between(0.6f, 0.85f) : _legs.Between(0.75f, 1);
        Leg(bones.HindFar, hind: true, farShade);
        Leg(bones.FrontFar, hind: false, farShade);
        var tailFirst = _build.Tail != Tail.Hair;
        if (tailFirst)
        {
            TailHair();
        }

        var head = new QuadrupedHead(painter, bones, coat, _head);
        head.Behind();
        using (var trunk = Trunk())
        {
            if (_build.Cover == Cover.Wool)
            {
                using var lumps = Shapes.Lumps(trunk, _body, _build.Depth * _body.Between(0.08f, 0.15f));
                painter.Fill(lumps, "body", coat.Base);
            }

            painter.Fill(trunk, "body", coat.Base);
            using var inside = painter.Inside(trunk);
            new Markings(painter, bones, coat, _body).Draw();
        }

        if (_build.Cover == Cover.Shaggy)
        {
            Shag();
        }

        if (!tailFirst)
        {
            TailHair();
        }

        Leg(bones.HindNear, hind: true, 1);
        Leg(bones.FrontNear, hind: false, 1);
        if (_build.Cover == Cover.Shell)
        {
            Shell();
        }

        new ManeHair(painter, bones, coat, _tail.Fork()).Draw();
        Collar();
        head.Draw();
        Mark();
    }

    private SKPath Trunk()
    {
        var neck = Shapes.Limb(bones.NeckLine, bones.NeckRadii);
        return Shapes.Union(bones.Trunk(), neck);
    }

    private void Leg(Joints leg, bool hind, float shade)
    {
        var thigh = _build.Thigh * (hind ? 1.05f : 0.75f);
        var upper = hind ? _build.Thigh * 0.68f : MathF.Max(_build.Thigh * 0.5f, _build.Shin * 1.2f);
        var ankle = _build.Shin * (_build.Foot == Foot.Pad ? 1.05f : 0.95f);
        using var path = Shapes.Limb(
            [leg.Top, leg.Upper, leg.Lower, Shapes.Mix(leg.Lower, leg.Ankle, 0.85f), leg.Ankle],
            [thigh, upper, _build.Shin * 1.15f, ankle * 0.9f, ankle]);
        Toes(leg, shade);
        var colour = Tint.Shade(coat.Base, shade);
        painter.Fill(path, "leg", colour);
        using (painter.Inside(path))
        {
            var sock = Tint.Shade(coat.Sock, shade);
            var from = Shapes.Mix(leg.Upper, leg.Lower, _legs.Between(0.5f, 1.3f));
            painter.Curve("leg", _build.Shin * 5, sock, from, Shapes.Mix(from, leg.Ankle, 0.5f), leg.Ankle,
                Shapes.Add(leg.Ankle, 0.02f, 0.05f));
            if (coat.Pattern is Pattern.Stripes)
            {
                for (var i = 0; i < 5; i++)
                {
                    var place = Shapes.Mix(leg.Upper, leg.Lower, 0.3f * i);
                    painter.Curve("leg", 0.022f, Tint.Shade(coat.Mark, shade), Shapes.Add(place, -0.12f, 0.02f),
                        Shapes.Add(place, 0.1f, 0));
                }
            }

            if (coat.Shaded)
            {
                var dark = Tint.Shade(colour, 0.78f);
                painter.Curve("leg", _build.Shin * 0.9f, dark, Shapes.Add(leg.Upper, -upper * 0.9f, 0),
                    Shapes.Add(leg.Lower, -_build.Shin * 1.1f, 0), Shapes.Add(leg.Ankle, -ankle, 0));
            }
        }

        if (coat.Shaded && shade == 1 && hind && _legs.Chance(0.7))
        {
            painter.Curve("leg", 0.014f, Tint.Shade(coat.Base, 0.72f), Shapes.Add(leg.Top, thigh * 0.75f, -thigh * 0.2f),
                Shapes.Add(leg.Upper, upper * 0.95f, -upper * 0.4f), Shapes.Add(leg.Upper, upper * 0.7f, upper * 0.8f));
        }
    }

    private void Toes(Joints leg, float shade)
    {
        // The foot lies flat when it is on the ground and hangs when it is lifted.
        var lifted = -leg.Ankle.Y > _build.Shin * 3;
        var size = _build.Shin * (_build.Foot == Foot.Pad ? 1.15f : 1.45f);
        using var at = painter.At(leg.Ankle.X, leg.Ankle.Y, size, lifted ? _legs.Between(15, 70) : 0);
        switch (_build.Foot)
        {
            case Foot.Hoof:
                painter.Polygon("foot", Tint.Shade(coat.Hoof, shade), new(-0.62f, -0.3f), new(0.6f, -0.3f), new(1, 0.9f), new(-0.8f, 0.9f));
                break;
            case Foot.Paw:
                var paw = Tint.Shade(coat.Sock, shade);
                painter.Blob("foot", paw, new(-0.7f, -0.5f), new(0.4f, -0.6f), new(1.5f, 0), new(1.7f, 0.7f), new(1, 0.9f),
                    new(-0.6f, 0.88f));
                if (coat.Shaded)
                {
                    painter.Curve("foot", 0.12f, Tint.Shade(paw, 0.6f), new(1.2f, 0.3f), new(1.15f, 0.85f));
                    painter.Curve("foot", 0.12f, Tint.Shade(paw, 0.6f), new(0.75f, 0.35f), new(0.7f, 0.85f));
                }

                break;
            default:
                var pad = Tint.Shade(coat.Base, shade * 0.95f);
                painter.Blob("foot", pad, new(-0.8f, -0.6f), new(0.8f, -0.6f), new(1.15f, 0.6f), new(0.95f, 0.95f), new(-0.9f, 0.95f));
                for (var i = 0; i < 3; i++)
                {
                    painter.Ellipse(0.95f - (0.45f * i), 0.72f, 0.18f, 0.2f, "foot", Tint.Mix(pad, SKColors.White, 0.5f));
                }

                break;
        }
    }

    private void TailHair()
    {
        var tail = bones.Tail;
        var thick = _build.Tail switch
        {
            Tail.Bush => 0.075f,
            Tail.Hair => 0.06f,
            Tail.Stub => _build.Cover is Cover.Wool or Cover.Shaggy ? 0.06f : 0.045f,
            Tail.Thin => 0.03f,
            _ => 0.02f,
        };
        var colour = _build.Tail == Tail.Hair ? coat.Mane : coat.Base;
        if (_build.Tail == Tail.Curl)
        {
            var o = tail[0];
            painter.Curve("tail", 0.028f, colour, Shapes.Add(o, 0.03f, 0), Shapes.Add(o, -0.06f, -0.02f), Shapes.Add(o, -0.1f, -0.08f),
                Shapes.Add(o, -0.06f, -0.12f), Shapes.Add(o, -0.03f, -0.07f), Shapes.Add(o, -0.09f, -0.03f), Shapes.Add(o, -0.15f, -0.07f));
        }
        else
        {
            var radii = _build.Tail switch
            {
                Tail.Bush => new[] { thick * 0.5f, thick, thick * 1.15f, thick * 0.35f },
                Tail.Hair => [thick * 0.6f, thick, thick * 1.1f, thick * 0.3f],
                Tail.Stub => [thick, thick, thick * 0.8f, thick * 0.4f],
                _ => [thick * 1.25f, thick, thick * 0.85f, thick * 0.6f],
            };
            using var path = Shapes.Limb(tail, radii);
            painter.Fill(path, "tail", colour);
            if (_build.Tail == Tail.Hair || (_build.Tail == Tail.Bush && coat.Shaded))
            {
                for (var i = 0; i < 4; i++)
                {
                    var shift = _tail.Between(-0.7f, 0.7f) * thick;
                    painter.Curve("tail", 0.01f, Tint.Shade(colour, _tail.Pick(0.7f, 1.3f)), Shapes.Add(tail[1], shift, shift * 0.2f),
                        Shapes.Add(tail[2], shift, 0), Shapes.Add(tail[3], shift * 0.4f, 0));
                }
            }
        }

        if (_build.Tail == Tail.Tuft)
        {
            var (end, before) = (tail[3], tail[2]);
            var on = Shapes.Add(end, (end.X - before.X) * 0.7f, (end.Y - before.Y) * 0.7f);
            using var tuft = Shapes.Limb([Shapes.Mix(before, end, 0.7f), end, on], [0.018f, 0.045f, 0.01f]);
            painter.Fill(tuft, "tail", coat.Mane);
        }
        else if (_build.Tail == Tail.Bush && _tail.Chance(0.5))
        {
            using var end = Shapes.Limb([Shapes.Mix(tail[2], tail[3], 0.4f), tail[3]], [thick * 0.85f, thick * 0.3f]);
            painter.Fill(end, "tail", coat.Belly);
        }

        painter.Landmark("tail.base", tail[0].X - 0.02f, tail[0].Y, "tail");
        if (_build.Tail is not (Tail.Stub or Tail.Curl))
        {
            painter.Landmark("tail.upper", tail[1].X, tail[1].Y, "tail");
            painter.Landmark("tail.lower", tail[2].X, tail[2].Y, "tail");
            painter.Landmark("tail.tip", tail[3].X, tail[3].Y, "tail");
        }
    }

    private void Shag()
    {
        var colour = coat.Shaded ? Tint.Shade(coat.Base, 0.85f) : coat.Base;
        (SKPoint From, SKPoint To)[] hems = [(bones.Flank, bones.Belly), (bones.Belly, bones.Girth), (bones.Girth, bones.Chest),
            (bones.Chest, bones.Breast)];
        foreach (var (from, to) in hems)
        {
            for (var i = 0; i < 4; i++)
            {
                var a = Shapes.Mix(from, to, i / 4f);
                var b = Shapes.Mix(from, to, (i + 1.2f) / 4f);
                var tip = Shapes.Add(Shapes.Mix(a, b, 0.3f), -0.01f, _body.Between(0.02f, 0.06f));
                painter.Polygon("body", colour, Shapes.Add(a, 0, -0.04f), Shapes.Add(b, 0, -0.04f), tip);
            }
        }
    }

    private void Shell()
    {
        var w = bones.Withers;
        var c = bones.Croup;
        var rise = _body.Between(0.08f, 0.25f);
        var rim = bones.Middle.Y + (_build.Depth * _body.Between(0.05f, 0.3f));
        using var dome = Curves.Closed([
            new(w.X + 0.16f, rim - 0.02f), new(w.X + 0.02f, w.Y - (rise * 0.35f)), new((w.X + c.X) / 2, w.Y - rise),
                new(c.X - 0.02f, c.Y - (rise * 0.35f)),
            new(c.X - 0.2f, rim - 0.02f), new((w.X + c.X) / 2, rim + 0.03f)]);
        painter.Fill(dome, "shell", coat.Shell);
        using (painter.Inside(dome))
        {
            var dark = Tint.Shade(coat.Shell, _body.Between(0.45f, 0.75f));
            if (coat.Shaded)
            {
                painter.Ellipse(0, rim + 0.06f, 0.7f, 0.13f, "shell", Tint.Shade(coat.Shell, 0.75f));
                painter.Ellipse(0.05f, w.Y - (rise * 0.6f), 0.25f, rise * 0.3f, "shell", Tint.Shade(coat.Shell, 1.18f));
            }

            var columns = 3 + _body.Below(3);
            for (var i = 0; i <= columns; i++)
            {
                var x = -0.5f + ((float)i / columns);
                painter.Curve("shell", 0.016f, dark, new(x, rim + 0.05f), new(x * 0.9f, (rim + w.Y) / 2), new(x * 0.55f, w.Y - rise));
            }

            painter.Curve("shell", 0.016f, dark, new(-0.7f, (rim * 0.7f) + (w.Y * 0.3f)), new(0, (rim * 0.55f) + (w.Y * 0.45f)),
                new(0.7f, (rim * 0.7f) + (w.Y * 0.3f)));
        }

        painter.Curve("shell", 0.04f, Tint.Shade(coat.Shell, 0.85f), new(w.X + 0.17f, rim), new(0, rim + 0.03f), new(c.X - 0.2f, rim));
    }

    private void Collar()
    {
        if (_build.Foot == Foot.Paw && !_build.Pillar && _build.Mane == Mane.None && _body.Chance(0.25))
        {
            var (up, down) = (bones.OnNeck(0.62f, 1), bones.OnNeck(0.62f, -1));
            var colour = Tint.Hsv(_body.Between(0, 360), 0.8f, _body.Between(0.3f, 0.9f));
            painter.Curve("collar", 0.035f, colour, up, Shapes.Add(Shapes.Mix(up, down, 0.5f), 0.02f, 0.02f), down);
            painter.Ellipse(down.X, down.Y + 0.03f, 0.02f, 0.025f, "collar", Tint.Hsv(45, 0.6f, 0.9f));
        }
    }

    private void Mark()
    {
        var shell = _build.Cover == Cover.Shell;
        var body = shell ? "shell" : "body";
        Name("back.middle", shell ? Shapes.Add(bones.Back, 0, -0.02f) : bones.Back, body);
        Name("body.middle", bones.Middle, body);
        Name("withers", bones.Withers, body);
        Name("croup", bones.Croup, body);
        Name("body.front", Shapes.Mix(bones.Middle, Shapes.Mix(bones.Withers, bones.Girth, 0.4f), 0.5f), body);
        Name("body.hind", Shapes.Mix(bones.Middle, Shapes.Mix(bones.Croup, bones.Flank, 0.4f), 0.5f), body);
        Name("rump", bones.Buttock, bones.Pose is Pose.Sit or Pose.Lie ? "leg" : body);
        Name("belly.middle", bones.Belly, "body");
        Name("chest.front", bones.Breast, "body");
        Name("neck.middle", bones.OnNeck(0.55f, 0), _build.Mane == Mane.Ruff ? "mane" : "body");
        Name("neck.nape", bones.OnNeck(0.5f, 1), _build.Mane == Mane.None ? "body" : "mane");
        Name("neck.throat", bones.OnNeck(0.6f, -1), _build.Mane == Mane.Ruff ? "mane" : "body");
        Name("shoulder", bones.Shoulder, "leg");
        Name("thigh", Shapes.Mix(bones.HindNear.Top, bones.HindNear.Upper, 0.5f), "leg");
        Names("leg.front.near", bones.FrontNear);
        Names("leg.hind.near", bones.HindNear);
        Names("leg.front.far", bones.FrontFar);
        Names("leg.hind.far", bones.HindFar);
    }

    private void Names(string leg, Joints joints)
    {
        // Folded legs are not comparable with standing ones in their joints.
        if (bones.Pose != Pose.Lie)
        {
            Name($"{leg}.upper", joints.Upper, "leg");
            Name($"{leg}.joint", joints.Lower, "leg");
            Name($"{leg}.shin", Shapes.Mix(joints.Lower, joints.Ankle, 0.5f), "leg");
        }

        Name($"{leg}.foot", Shapes.Add(joints.Ankle, _build.Shin * 0.3f, _build.Shin * 0.6f), "foot");
    }

    private void Name(string name, SKPoint place, string part) => painter.Landmark(name, place.X, place.Y, part);
}
