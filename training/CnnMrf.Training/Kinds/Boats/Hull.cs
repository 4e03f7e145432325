using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using CnnMrf.Training.Kinds.Views;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Boats;

/// <summary>
/// A hull in space: along it u (0 bow, 1 stern), down it v (0 the deck's edge, 1 the water). Parts: <c>hull</c>, <c>hull.stripe</c>,
/// <c>deck</c>, <c>boat.inside</c>, <c>thwart</c>.
/// </summary>
internal sealed class Hull
{
    private const int Pieces = 14;

    private readonly Painter _painter;
    private readonly SceneRandom _random;
    private readonly float _fullness;
    private readonly float _sinHeel;
    private readonly float _cosHeel;
    private readonly float _trim;

    /// <summary>A hull afloat.</summary>
    /// <param name="painter">Draws it.</param>
    /// <param name="random">Its details.</param>
    /// <param name="plan">Its measures.</param>
    /// <param name="view">The viewer.</param>
    /// <param name="air">The light.</param>
    /// <param name="heel">How far it leans over to the viewer, radians.</param>
    /// <param name="trim">How far its bow is down, radians.</param>
    public Hull(Painter painter, SceneRandom random, BoatPlan plan, ObliqueView view, Atmosphere air, float heel, float trim)
    {
        (_painter, _random, Plan, View, _trim) = (painter, random, plan, view, trim);
        (_sinHeel, _cosHeel) = MathF.SinCos(heel);
        _fullness = random.Between(0.45f, 0.9f);
        Colour = air.Lit(random.Below(7) switch
        {
            0 or 1 => Tint.Hsv(random.Between(30, 220), random.Between(0, 0.08f), random.Between(0.85f, 1)),
            2 => Tint.Hsv(random.Between(205, 230), random.Between(0.4f, 0.85f), random.Between(0.2f, 0.6f)),
            3 => Tint.Hsv(random.Between(15, 38), random.Between(0.4f, 0.75f), random.Between(0.25f, 0.7f)),
            4 => Tint.Hsv(random.Between(-10, 8), random.Between(0.6f, 0.9f), random.Between(0.4f, 0.8f)),
            5 => Tint.Hsv(random.Between(200, 240), random.Between(0, 0.2f), random.Between(0.1f, 0.3f)),
            _ => Tint.Any(random),
        });
        Deck = air.Lit(Tint.Hsv(random.Between(25, 45), random.Between(0.1f, 0.55f), random.Between(0.5f, 0.9f)));
        Flat = random.Chance(0.2);
    }

    /// <summary>The measures.</summary>
    public BoatPlan Plan { get; }

    /// <summary>The viewer.</summary>
    public ObliqueView View { get; }

    /// <summary>The hull's paint.</summary>
    public SKColor Colour { get; }

    /// <summary>Wood of the deck.</summary>
    public SKColor Deck { get; }

    /// <summary>Whether inner shading is left away.</summary>
    public bool Flat { get; }

    /// <summary>A place aboard in the picture.</summary>
    /// <param name="x">From the bow.</param>
    /// <param name="y">From the middle to the side that faces the viewer.</param>
    /// <param name="z">Above the water.</param>
    public SKPoint At(float x, float y, float z)
    {
        var turned = z - ((x - (Plan.Length / 2)) * -_trim);
        return View.Project(x, (y * _cosHeel) + (turned * _sinHeel), (turned * _cosHeel) - (y * _sinHeel));
    }

    /// <summary>Height of the deck's edge.</summary>
    public float Sheer(float u)
    {
        var (bow, stern) = (MathF.Max(0, 1 - (u / 0.6f)), MathF.Max(0, (u - 0.45f) / 0.55f));
        return Plan.Freeboard * (1 + (Plan.BowRise * bow * bow) + (Plan.SternRise * stern * stern));
    }

    /// <summary>Half the width of the deck.</summary>
    public float Width(float u)
    {
        var bow = MathF.Pow(MathF.Sin(MathF.Min(1, u / 0.55f) * MathF.PI / 2), _fullness);
        var stern = MathF.Max(0, (u - 0.5f) / 0.5f);
        return Plan.Beam * bow * (1 - ((1 - Plan.Stern) * stern * stern));
    }

    /// <summary>A place of the hull.</summary>
    /// <param name="u">From the bow (0) to the stern (1).</param>
    /// <param name="v">From the deck's edge (0) to the water (1) and below.</param>
    /// <param name="side">1: the side that faces the viewer; −1: the other.</param>
    public SKPoint On(float u, float v, int side)
    {
        var deck = u * Plan.Length;
        var water = Plan.BowRake + (u * (Plan.Length - Plan.BowRake - Plan.SternRake));
        var x = deck + ((water - deck) * MathF.Sqrt(MathF.Max(0, v)));
        return At(x, side * Width(u) * (1 - (0.28f * v * v)), Sheer(u) * (1 - v));
    }

    /// <summary>What of the hull between two heights is seen.</summary>
    public SKPath Band(float fromV, float toV)
    {
        var path = new SKPath { FillType = SKPathFillType.Winding };
        Span<SKPoint> quad = stackalloc SKPoint[4];
        foreach (var side in new[] { -1, 1 })
        {
            for (var i = 0; i < Pieces; i++)
            {
                var (a, b) = ((float)i / Pieces, (i + 1f) / Pieces);
                (quad[0], quad[1]) = (On(a, fromV, side), On(b, fromV, side));
                (quad[2], quad[3]) = (On(b, toV, side), On(a, toV, side));
                if (Area(quad) * side > 0)
                {
                    if (side < 0)
                    {
                        quad.Reverse();
                    }

                    path.AddPoly(quad.ToArray());
                }
            }
        }

        (quad[0], quad[1], quad[2], quad[3]) = (On(1, fromV, 1), On(1, fromV, -1), On(1, toV, -1), On(1, toV, 1));
        if (Area(quad) > 0)
        {
            path.AddPoly(quad.ToArray());
        }

        return path;
    }

    /// <summary>The deck's edge all round, as a closed path.</summary>
    /// <param name="inset">How far within it, as a share of the width.</param>
    /// <param name="drop">How far below it.</param>
    public SKPath Rim(float inset, float drop)
    {
        var path = new SKPath();
        for (var i = 0; i <= Pieces; i++)
        {
            var u = (float)i / Pieces;
            var place = At(u * Plan.Length, -Width(u) * (1 - inset), Sheer(u) - drop);
            if (i == 0)
            {
                path.MoveTo(place);
            }
            else
            {
                path.LineTo(place);
            }
        }

        for (var i = Pieces; i >= 0; i--)
        {
            var u = (float)i / Pieces;
            path.LineTo(At(u * Plan.Length, Width(u) * (1 - inset), Sheer(u) - drop));
        }

        path.Close();
        return path;
    }

    /// <summary>Deck or inside: what is behind the near side.</summary>
    public void Inside()
    {
        using var rim = Rim(0, 0);
        if (!Plan.Open)
        {
            _painter.Fill(rim, "deck", Deck);
            return;
        }

        var wood = _random.Chance(0.6) ? Tint.Shade(Deck, 0.8f) : Tint.Shade(Colour, 0.8f);
        _painter.Fill(rim, "boat.inside", wood);
        using (_painter.Inside(rim))
        {
            using var floor = Rim(0.25f, Plan.Freeboard * 0.7f);
            _painter.Fill(floor, "boat.inside", Tint.Shade(wood, 0.65f));
            foreach (var u in new[] { 0.28f, 0.52f, 0.76f })
            {
                var x = u * Plan.Length;
                var (w, z) = (Width(u) * 0.97f, Sheer(u) - (Plan.Freeboard * 0.25f));
                _painter.Polygon("thwart", Tint.Shade(Deck, 1.1f), At(x, -w, z), At(x + 0.35f, -w, z), At(x + 0.35f, w, z), At(x, w, z));
            }
        }
    }

    /// <summary>The sides, with stripes, planks and shade.</summary>
    public void Sides()
    {
        using var whole = Band(0, 1.12f);
        _painter.Fill(whole, "hull", Colour);
        if (!Flat)
        {
            Stripe(0.7f, 1.12f, "hull", Tint.Shade(Colour, _random.Between(0.6f, 0.9f)));
        }

        if (_random.Chance(0.55))
        {
            Stripe(_random.Between(0.72f, 0.85f), 1.12f, "hull.stripe",
                _random.Pick(new SKColor(150, 40, 35), new(40, 60, 110), new(30, 30, 34),
                Tint.Any(_random)));
        }

        if (_random.Chance(0.5))
        {
            var from = _random.Between(0.03f, 0.2f);
            Stripe(from, from + _random.Between(0.05f, 0.14f), "hull.stripe", _random.Chance(0.5) ? SKColors.White : Tint.Any(_random));
        }

        if (_random.Chance(0.35))
        {
            for (var v = 0.15f; v < 0.95f; v += 0.2f)
            {
                Edge(v, 0.03f, "hull", Tint.Shade(Colour, 0.72f));
            }
        }

        Edge(0, _random.Between(0.05f, 0.12f), "gunwale", _random.Chance(0.5) ? Tint.Shade(Deck, 0.75f) : Tint.Shade(Colour, 1.35f));
        if (Plan.Style is BoatStyle.Ship or BoatStyle.Galleon or BoatStyle.Motor && _random.Chance(0.7))
        {
            var count = 5 + _random.Below(8);
            var size = (Plan.Style == BoatStyle.Motor ? 0.13f : 0.1f) * View.Scale;
            for (var i = 0; i < count; i++)
            {
                var place = On(0.2f + (0.65f * i / count), 0.35f, 1);
                _painter.Ellipse(place.X, place.Y, size, size, "porthole", new(35, 42, 55));
            }
        }

        Names();
    }

    /// <summary>Twice a polygon's area; positive if it runs clockwise in the picture.</summary>
    public static float Area(ReadOnlySpan<SKPoint> corners)
    {
        var sum = 0f;
        for (var i = 0; i < corners.Length; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Length]);
            sum += (a.X * b.Y) - (b.X * a.Y);
        }

        return sum;
    }

    /// <summary>Names a place.</summary>
    public void Name(string name, SKPoint place, string part) => _painter.Landmark(name, place.X, place.Y, part);

    private void Names()
    {
        Name("hull.bow.top", On(0.01f, 0.02f, 1), "hull");
        Name("hull.bow.middle", On(0.02f, 0.5f, 1), "hull");
        Name("hull.bow.water", On(0.02f, 0.92f, 1), "water.foam");
        Name("hull.stern.top", On(0.99f, 0.04f, 1), "hull");
        Name("hull.stern.water", On(0.98f, 0.95f, 1), "water.foam");
        foreach (var (word, u) in new[] { ("front", 0.25f), ("middle", 0.5f), ("rear", 0.75f) })
        {
            Name($"hull.{word}", On(u, 0.5f, 1), "hull");
            Name($"gunwale.{word}", On(u, 0, 1), "gunwale");
            Name($"waterline.{word}", On(u, 1, 1), "water.foam");
        }

        if (Plan.Open)
        {
            Name("inside.middle", At(0.5f * Plan.Length, 0, Sheer(0.5f) - (Plan.Freeboard * 0.3f)), "thwart");
        }
    }

    private void Stripe(float fromV, float toV, string part, SKColor colour)
    {
        using var path = Band(fromV, toV);
        if (!path.IsEmpty)
        {
            _painter.Fill(path, part, colour);
        }
    }

    private void Edge(float v, float width, string part, SKColor colour)
    {
        using var path = new SKPath();
        path.MoveTo(On(0, v, 1));
        for (var i = 1; i <= Pieces; i++)
        {
            path.LineTo(On((float)i / Pieces, v, 1));
        }

        if (View.Yaw < 0)
        {
            path.LineTo(On(1, v, -1));
        }

        _painter.Line(path, width * View.Scale, part, colour);
    }
}
