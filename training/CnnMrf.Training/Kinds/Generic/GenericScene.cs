using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>What the families of objects share: the painter, the random stream, and colours that go together.</summary>
internal sealed class GenericScene
{
    private readonly (float Hue, float Saturation, float Value)[] _palette;
    private readonly float _spread;
    private int _parts;

    public GenericScene(Painter painter, SceneRandom random)
    {
        (Painter, Random) = (painter, random);
        _palette = new (float, float, float)[2 + random.Below(7)];
        _spread = random.Between(0.02f, 0.15f);
        float hue = random.Next(), hues = random.Chance(0.5) ? random.Between(0.05f, 0.25f) : 1;
        float dull = random.Chance(0.6) ? random.Between(0.1f, 0.6f) : 1;
        for (var i = 0; i < _palette.Length; i++)
        {
            _palette[i] = (hue + (hues * random.Next()), dull * random.Next(), random.Between(0.08f, 1));
        }
    }

    public Painter Painter { get; }

    public SceneRandom Random { get; }

    /// <summary>The name of a new object.</summary>
    public string NewPart() => $"object.{++_parts}";

    /// <summary>One of the scene's colours, a little varied.</summary>
    public SKColor Colour()
    {
        var (hue, saturation, value) = _palette[Random.Below(_palette.Length)];
        hue += Random.Normal(0, 0.02f);
        return SKColor.FromHsv(
            360 * (hue - MathF.Floor(hue)),
            100 * Math.Clamp(saturation + Random.Normal(0, _spread), 0, 1),
            100 * Math.Clamp(value + Random.Normal(0, _spread), 0, 1));
    }

    /// <summary>A colour made lighter (positive) or darker.</summary>
    /// <param name="colour">The colour.</param>
    /// <param name="amount">−1 … 1 of the whole range.</param>
    public static SKColor Lighter(SKColor colour, float amount)
    {
        byte Channel(byte value) => (byte)Math.Clamp(MathF.Round(value + (255 * amount)), 0, 255);
        return new(Channel(colour.Red), Channel(colour.Green), Channel(colour.Blue));
    }

    /// <summary>A colour that can be told from another, barely or well.</summary>
    public SKColor Against(SKColor colour)
    {
        var amount = 0.02f * MathF.Pow(30, Random.Next());
        var luminance = ((0.3f * colour.Red) + (0.6f * colour.Green) + (0.1f * colour.Blue)) / 255;
        return Lighter(colour, Random.Chance(luminance) ? -amount : amount);
    }

    /// <summary>A point in an area.</summary>
    public SKPoint Place(SKRect area) => new(Random.Between(area.Left, area.Right), Random.Between(area.Top, area.Bottom));

    /// <summary>A size by a power law: as much area at each scale.</summary>
    public float Size(float least, float greatest)
    {
        // Density ∝ size⁻³: the inverse of its cumulative distribution.
        float a = 1 / (least * least), b = 1 / (greatest * greatest);
        return 1 / MathF.Sqrt(a + ((b - a) * Random.Next()));
    }

    /// <summary>A part of an area.</summary>
    /// <param name="area">The whole.</param>
    /// <param name="least">Least width and height, as a share of the whole's.</param>
    public SKRect Part(SKRect area, float least)
    {
        float width = area.Width * Random.Between(least, 1), height = area.Height * Random.Between(least, 1);
        float left = area.Left + (Random.Next() * (area.Width - width)), top = area.Top + (Random.Next() * (area.Height - height));
        return new(left, top, left + width, top + height);
    }
}
