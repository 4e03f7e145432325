using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Landscapes;

/// <summary>What a landscape is made of.</summary>
internal enum LandSort
{
    Alpine,
    Farmland,
    Coast,
    Valley,
    Avenue,
    Lakeside,
    Dunes,
}

/// <summary>A landscape's plan and what is known of it while it is drawn.</summary>
internal sealed class Land(Sketch sketch, LandSort sort, Atmosphere air, float horizon, bool winter, bool flat, SKColor green)
{
    private readonly List<(SKPoint[] Ridge, string Part)> _ridges = [];

    /// <summary>Where it is drawn.</summary>
    public Sketch Sketch => sketch;

    /// <summary>What it is made of.</summary>
    public LandSort Sort => sort;

    /// <summary>Its light.</summary>
    public Atmosphere Air => air;

    /// <summary>The horizon's row.</summary>
    public float Horizon { get; } = horizon;

    /// <summary>Whether snow lies.</summary>
    public bool Winter => winter;

    /// <summary>Whether inner shading is left away.</summary>
    public bool Flat => flat;

    /// <summary>The plants' colour, unlit.</summary>
    public SKColor Green => green;

    /// <summary>The ground's part.</summary>
    public string Ground => winter ? "snow" : sort is LandSort.Dunes or LandSort.Coast ? "sand" : "grass";

    /// <summary>The ground's colour, unlit.</summary>
    public SKColor GroundColour => winter ? Tint.Hsv(210, 0.05f, 0.96f) : sort is LandSort.Dunes or LandSort.Coast
        ? Tint.Hsv(36, 0.45f, 0.85f) : green;

    /// <summary>The row from which on one can stand: the horizon, or the hither shore of the water.</summary>
    public float Shore { get; set; } = horizon;

    /// <summary>A row on firm ground.</summary>
    /// <param name="share">0 at the shore … 1 at the picture's lower edge.</param>
    public float RowAt(float share) => Shore + ((1 - Shore) * share);

    /// <summary>How large a thing of a man's height is whose foot stands in a row.</summary>
    public float SizeAt(float row) => Math.Max(0.004f, row - Horizon) * 0.9f;

    /// <summary>How much of the sky's colour a thing in a row takes.</summary>
    public float FarAt(float row) => Math.Clamp(0.5f * (1 - ((row - Horizon) / 0.25f)), 0, 0.5f);

    /// <summary>Fills below a ridge and remembers it for the skyline.</summary>
    public void Ridge(string part, SKColor colour, SKPoint[] ridge, bool smooth)
    {
        sketch.Below(part, colour, ridge, smooth);
        _ridges.Add((ridge, part));
    }

    /// <summary>A gently waved ridge.</summary>
    public static SKPoint[] Waves(SceneRandom random, float row, float swing, float step = 0.3f)
    {
        var points = new SKPoint[(int)(2.3f / step) + 2];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new(Sketch.Least - 0.05f + (i * step) + random.Between(-0.2f, 0.2f) * step, row + random.Between(-swing, swing));
        }

        return points;
    }

    /// <summary>Where the sky ends in a column, and at what.</summary>
    public (float Row, string Part) Skyline(float column)
    {
        var best = (Row: 2f, Part: "");
        foreach (var (ridge, part) in _ridges)
        {
            for (var i = 0; i + 1 < ridge.Length; i++)
            {
                var (a, b) = (ridge[i], ridge[i + 1]);
                if (a.X <= column && b.X > column)
                {
                    var row = a.Y + ((b.Y - a.Y) * (column - a.X) / (b.X - a.X));
                    best = row < best.Row ? (row, part) : best;
                }
            }
        }

        return best;
    }
}
