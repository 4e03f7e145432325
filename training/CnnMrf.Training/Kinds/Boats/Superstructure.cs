using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Boats;

/// <summary>
/// What stands on deck: cabins, funnels, cargo, rails. Parts: <c>cabin</c>, <c>cabin.roof</c>, <c>cabin.window</c>, <c>funnel</c>,
/// <c>smoke</c>, <c>cargo</c>, <c>railing</c>, <c>life.ring</c>.
/// </summary>
internal sealed class Superstructure(Painter painter, SceneRandom random, Hull hull, Atmosphere air, Rig rig)
{
    private readonly BoatPlan _plan = hull.Plan;
    private readonly SKColor _paint = air.Lit(random.Chance(0.65)
        ? Tint.Hsv(random.Between(30, 220), random.Between(0, 0.1f), random.Between(0.85f, 1))
        : Tint.Any(random));

    private readonly SKColor _glass = air.Hour == Hour.Night && random.Chance(0.6)
        ? new(250, 215, 120)
        : air.Lit(Tint.Hsv(random.Between(190, 230), random.Between(0.1f, 0.4f), random.Between(0.12f, 0.5f)));

    /// <summary>What belongs to the style.</summary>
    public void Draw()
    {
        switch (_plan.Style)
        {
            case BoatStyle.Fishing:
                Fishing();
                break;
            case BoatStyle.Motor:
                Cabin(0.32f, 0.72f, 0.72f, hull.Sheer(0.5f) - 0.05f, hull.Sheer(0.5f) + random.Between(0.7f, 1), 0.9f, 1, true);
                if (random.Chance(0.7))
                {
                    Cabin(0.45f, 0.68f, 0.6f, hull.Sheer(0.5f) + 0.8f, hull.Sheer(0.5f) + random.Between(1.3f, 1.6f), 0.5f, 1, false);
                }

                Rails(0.05f, 0.35f);
                break;
            case BoatStyle.Ship:
                Ship();
                break;
            case BoatStyle.Galleon:
                Cabin(0.78f, 0.99f, 0.85f, hull.Sheer(0.8f) - 0.2f, hull.Sheer(0.95f) + 0.4f, 0, 2, true);
                break;
            case BoatStyle.Sloop or BoatStyle.Schooner when random.Chance(0.75):
                Cabin(0.36f, 0.66f, 0.55f, hull.Sheer(0.5f) - 0.1f, hull.Sheer(0.5f) + random.Between(0.3f, 0.6f), 0.4f, 1, true);
                break;
            default:
                break;
        }
    }

    private void Fishing()
    {
        var from = random.Chance(0.5) ? random.Between(0.22f, 0.34f) : random.Between(0.55f, 0.66f);
        var to = from + random.Between(0.2f, 0.27f);
        var deck = hull.Sheer((from + to) / 2);
        rig.Mast(from < 0.45f ? 0.62f : 0.4f, _plan.Height, "mast", 0.09f);
        var top = deck + random.Between(1.4f, 2);
        Cabin(from, to, 0.6f, deck - 0.1f, top, -random.Between(-0.2f, 0.2f), 1, true);
        for (var i = random.Below(4); i > 0; i--)
        {
            var u = random.Between(0.72f, 0.9f);
            if (u < from || u > to + 0.06f)
            {
                Box(u, u + 0.07f, 0.3f, hull.Sheer(u) - 0.1f, hull.Sheer(u) + 0.35f, 0, "cargo", Tint.Any(random));
            }
        }

        if (random.Chance(0.5))
        {
            Rails(0.04f, from - 0.02f);
        }
    }

    private void Ship()
    {
        var freighter = random.Chance(0.5);
        var deck = hull.Sheer(0.5f) - 0.05f;
        if (freighter)
        {
            var gap = random.Between(0.005f, 0.03f);
            for (var u = 0.14f; u < 0.68f; u += 0.11f)
            {
                var z = deck;
                for (var i = 1 + random.Below(3); i > 0; i--)
                {
                    Box(u, u + 0.11f - gap, 0.8f, z, z + 0.42f, 0, "cargo", Tint.Hsv(random.Between(0, 360), random.Between(0.3f, 0.8f),
                        random.Between(0.4f, 0.85f)));
                    z += 0.42f;
                }
            }

            Cabin(0.74f, 0.9f, 0.8f, deck, deck + random.Between(1.4f, 2.2f), 0, 3, true);
            Funnel(0.9f, deck, deck + random.Between(1.6f, 2.4f), named: true);
        }
        else
        {
            var decks = 1 + random.Below(3);
            var (from, to) = (random.Between(0.2f, 0.3f), random.Between(0.75f, 0.88f));
            for (var i = 0; i < decks; i++)
            {
                var z = deck + (0.5f * i);
                Cabin(from + (0.05f * i), to - (0.06f * i), 0.85f - (0.1f * i), z, z + 0.5f, 0.15f, 1, i == 0);
            }

            var top = deck + (0.5f * decks);
            var count = 1 + random.Below(3);
            for (var i = 0; i < count; i++)
            {
                Funnel(0.42f + (0.16f * i), top, MathF.Min(_plan.Height, top + random.Between(0.9f, 1.5f)), named: i == 0);
            }
        }

        rig.Mast(random.Between(0.1f, 0.16f), _plan.Height, "mast", 0.06f);
        Rails(0.03f, 0.2f);
    }

    private void Funnel(float u, float foot, float top, bool named)
    {
        var x = u * _plan.Length;
        var (wide, lean) = (0.26f, random.Between(0, 0.25f));
        var colour = air.Lit(random.Pick(new SKColor(190, 60, 45), new(225, 165, 60), new(40, 40, 46), new(235, 232, 225)));
        Span<SKPoint> body = [hull.At(x - wide, 0, foot), hull.At(x - wide + lean, 0, top), hull.At(x + wide + lean, 0, top),
            hull.At(x + wide, 0, foot)];
        if (random.Chance(0.35))
        {
            var smoke = Tint.Mix(air.Low, random.Pick(SKColors.White, new SKColor(60, 58, 60)), random.Between(0.4f, 0.9f));
            for (var i = 0; i < 5; i++)
            {
                var place = hull.At(x + lean + (i * 0.5f), 0, top + 0.2f + (i * 0.35f));
                var r = (0.22f + (0.12f * i)) * hull.View.Scale;
                painter.Ellipse(place.X, place.Y, r * 1.2f, r, "smoke", Tint.Mix(smoke, air.Low, i / 9f));
            }
        }

        painter.Polygon("funnel", colour, body);
        SKPoint Between(SKPoint from, SKPoint to, float share) =>
            new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));
        painter.Polygon("funnel", Tint.Shade(colour, 0.4f), body[1], body[2], Between(body[2], body[3], 0.22f),
            Between(body[1], body[0], 0.22f));
        if (!hull.Flat)
        {
            painter.Polygon("funnel", Tint.Shade(colour, 0.75f), Between(body[3], body[0], 0.35f), Between(body[2], body[1], 0.35f),
                body[2], body[3]);
        }

        if (named)
        {
            hull.Name("funnel.top", Between(body[1], body[2], 0.5f), "funnel");
            hull.Name("funnel.middle", Between(body[0], body[2], 0.5f), "funnel");
        }
    }

    private void Cabin(float from, float to, float share, float low, float high, float rake, int rows, bool named)
    {
        var (x0, x1) = (from * _plan.Length, to * _plan.Length);
        var wide = hull.Width((from + to) / 2) * share;
        Box(from, to, wide, low, high, rake, "cabin", _paint);
        Windows(x0 + rake, x1, wide, low, high, rows, named);
        var roof = Tint.Shade(_paint, random.Pick(0.6f, 1.2f));
        if (random.Chance(0.6))
        {
            Box(from + ((rake - 0.1f) / _plan.Length), to + 0.015f, wide * 1.06f, high, high + 0.09f, 0, "cabin.roof", roof);
        }

        if (named)
        {
            hull.Name("cabin.front.top", hull.At(x0 + rake + 0.05f, wide, high - 0.05f), "cabin");
            hull.Name("cabin.rear.top", hull.At(x1 - 0.05f, wide, high - 0.05f), "cabin");
            hull.Name("cabin.front.foot", hull.At(x0 + 0.1f, wide, low + 0.12f), "cabin");
            hull.Name("cabin.rear.foot", hull.At(x1 - 0.05f, wide, low + 0.12f), "cabin");
        }

        if (random.Chance(0.2))
        {
            var place = hull.At(x1 - 0.3f, wide, (low + high) / 2);
            using var ring = new SKPath();
            ring.AddCircle(place.X, place.Y, 0.16f * hull.View.Scale);
            painter.Line(ring, 0.08f * hull.View.Scale, "life.ring", new(225, 90, 50));
        }
    }

    private void Windows(float x0, float x1, float wide, float low, float high, int rows, bool named)
    {
        var length = x1 - x0;
        var size = MathF.Min(0.42f, (high - low) / rows * 0.5f);
        var count = Math.Clamp((int)(length / (size * 1.7f)), 1, 12);
        var round = random.Chance(0.2);
        for (var r = 0; r < rows; r++)
        {
            var z = low + ((high - low) * (r + 0.58f) / rows);
            for (var i = 0; i < count; i++)
            {
                var x = x0 + (length * (i + 0.5f) / count);
                var half = length / count * 0.36f;
                if (round)
                {
                    var place = hull.At(x, wide, z);
                    painter.Ellipse(place.X, place.Y, size * 0.45f * hull.View.Scale, size * 0.45f * hull.View.Scale, "cabin.window",
                        _glass);
                }
                else
                {
                    painter.Polygon("cabin.window", _glass, hull.At(x - half, wide, z - (size / 2)),
                        hull.At(x - half, wide, z + (size / 2)),
                        hull.At(x + half, wide, z + (size / 2)), hull.At(x + half, wide, z - (size / 2)));
                }

                if (named && r == rows - 1 && i == 0)
                {
                    hull.Name("cabin.window.front", hull.At(x, wide, z), "cabin.window");
                }
            }
        }

        if (hull.View.Yaw > 15)
        {
            // The wheelhouse looks ahead.
            var z = low + ((high - low) * (rows - 0.42f) / rows);
            for (var i = -1; i <= 1; i += 2)
            {
                painter.Polygon("cabin.window", _glass, hull.At(x0, i * wide * 0.15f, z - (size / 2)),
                    hull.At(x0, i * wide * 0.15f, z + (size / 2)),
                    hull.At(x0, i * wide * 0.85f, z + (size / 2)), hull.At(x0, i * wide * 0.85f, z - (size / 2)));
            }
        }
    }

    private void Box(float from, float to, float wide, float low, float high, float rake, string part, SKColor colour)
    {
        var (x0, x1) = (from * _plan.Length, to * _plan.Length);
        Span<SKPoint> side = [hull.At(x0, wide, low), hull.At(x0 + rake, wide, high), hull.At(x1, wide, high), hull.At(x1, wide, low)];
        Span<SKPoint> front = [hull.At(x0, -wide, low), hull.At(x0 + rake, -wide, high), side[1], side[0]];
        Span<SKPoint> back = [side[3], side[2], hull.At(x1, -wide, high), hull.At(x1, -wide, low)];
        Span<SKPoint> top = [hull.At(x0 + rake, -wide, high), hull.At(x1, -wide, high), side[2], side[1]];
        var shades = hull.Flat ? (1f, 0.92f, 1.1f) : (random.Between(0.9f, 1), random.Between(0.72f, 0.95f), random.Between(1.05f, 1.25f));
        if (Hull.Area(top) > 0)
        {
            painter.Polygon(part, Tint.Shade(colour, shades.Item3), top);
        }

        if (Hull.Area(back) > 0)
        {
            painter.Polygon(part, Tint.Shade(colour, shades.Item2), back);
        }

        if (Hull.Area(front) > 0)
        {
            painter.Polygon(part, Tint.Shade(colour, shades.Item2), front);
        }

        painter.Polygon(part, Tint.Shade(colour, shades.Item1), side);
    }

    private void Rails(float from, float to)
    {
        if (to - from < 0.08f)
        {
            return;
        }

        using var path = new SKPath();
        for (var i = 0; i <= 6; i++)
        {
            var u = from + ((to - from) * i / 6);
            var (x, y, z) = (u * _plan.Length, hull.Width(u) * 0.97f, hull.Sheer(u));
            path.MoveTo(hull.At(x, y, z));
            path.LineTo(hull.At(x, y, z + 0.4f));
            if (i > 0)
            {
                var v = from + ((to - from) * (i - 1) / 6);
                path.LineTo(hull.At(v * _plan.Length, hull.Width(v) * 0.97f, hull.Sheer(v) + 0.4f));
            }
        }

        painter.Line(path, 0.03f * hull.View.Scale, "railing", air.Lit(random.Pick(SKColors.White, new SKColor(90, 90, 95))));
    }
}
