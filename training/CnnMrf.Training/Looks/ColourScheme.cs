using System.Numerics;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks;

/// <summary>Where a part's colour comes from.</summary>
internal enum ColourSource
{
    /// <summary>Nature.</summary>
    Natural,

    /// <summary>A palette, at random: which part is lighter than which is arbitrary.</summary>
    Palette,

    /// <summary>The natural luminance, on a ramp between two colours.</summary>
    Ramp,
}

/// <summary>How a look colours parts. All of it is decided by the look's seed and the part's name.</summary>
internal sealed record ColourScheme
{
    public ColourSource Source { get; init; }

    /// <summary>The colours of <see cref="ColourSource.Palette"/>.</summary>
    public IReadOnlyList<Vector3> Palette { get; init; } = [];

    /// <summary>The ramp's colour for black.</summary>
    public Vector3 Dark { get; init; }

    /// <summary>The ramp's colour for white.</summary>
    public Vector3 Light { get; init; } = Vector3.One;

    /// <summary>Standard deviation of a part's own shift in each channel.</summary>
    public float Jitter { get; init; }

    /// <summary>How much of the differences in natural colour within a part (shading) remains.</summary>
    public float Shading { get; init; } = 1;

    /// <summary>0: grey; 1: as it is.</summary>
    public float Saturation { get; init; } = 1;

    /// <summary>The share of parts whose lightness is inverted.</summary>
    public float Inverted { get; init; }

    /// <summary>The light's colour.</summary>
    public Vector3 Tint { get; init; } = Vector3.One;

    /// <summary>Scale of the distances from <see cref="Pivot"/>.</summary>
    public float Contrast { get; init; } = 1;

    /// <summary>The luminance that <see cref="Contrast"/> leaves as it is.</summary>
    public float Pivot { get; init; } = 0.5f;

    /// <summary>Levels a channel; 0: as many as there are.</summary>
    public int Levels { get; init; }

    /// <summary>A part's colour.</summary>
    /// <param name="own">What the seed says of the part.</param>
    /// <param name="natural">The natural colour of this area.</param>
    /// <param name="first">The natural colour of the part's first area.</param>
    public Vector3 Colour(PartColour own, Vector3 natural, Vector3 first)
    {
        var shading = (natural - first) * Shading;
        var colour = Source switch
        {
            ColourSource.Palette => Palette[own.Index % Palette.Count] + shading,
            _ => first + shading,
        };
        colour += own.Shift * Jitter;
        if (own.Inversion < Inverted)
        {
            colour += new Vector3(1 - (2 * Colours.Luminance(colour)));
        }

        var luminance = Colours.Luminance(colour);
        colour = Source == ColourSource.Ramp
            ? Vector3.Lerp(Dark, Light, Math.Clamp(luminance, 0, 1))
            : new Vector3(luminance) + ((colour - new Vector3(luminance)) * Saturation);
        colour = new Vector3(Pivot) + ((colour - new Vector3(Pivot)) * Contrast);
        colour = Vector3.Clamp(colour * Tint, Vector3.Zero, Vector3.One);
        if (Levels > 1)
        {
            colour = Vector3.Round(colour * (Levels - 1)) / (Levels - 1);
        }

        return colour;
    }
}

/// <summary>What a look's seed says of a part's colour.</summary>
/// <param name="Index">Which colour of a palette, modulo its count.</param>
/// <param name="Shift">A shift in each channel, deviation 1; mostly of lightness.</param>
/// <param name="Inversion">0…1: inverted if it is less than the scheme's share.</param>
internal readonly record struct PartColour(int Index, Vector3 Shift, float Inversion)
{
    public static PartColour Of(SceneRandom random)
    {
        var lightness = random.Normal();
        return new(
            random.Below(1 << 16),
            (new Vector3(lightness) * 0.8f) + (new Vector3(random.Normal(), random.Normal(), random.Normal()) * 0.6f),
            random.Next());
    }
}
