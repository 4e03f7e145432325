using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks;

/// <summary>How a part's areas are filled and outlined, besides its colour. Shares are compared with the part's own numbers.</summary>
internal sealed record FillScheme
{
    /// <summary>The share of parts that take a gradient over each area.</summary>
    public float Gradients { get; init; }

    /// <summary>The share of parts that take a soft inner shading, like a ball's.</summary>
    public float Balls { get; init; }

    /// <summary>Greatest change of lightness by either.</summary>
    public float Strength { get; init; }

    /// <summary>Where the light comes from in the picture, radians.</summary>
    public float Light { get; init; }

    /// <summary>How softly shading within a part begins: blur of its edge as a share of the area's size; 0: sharp.</summary>
    public float Soft { get; init; }

    /// <summary>How far edges stray, px at 128 px a side.</summary>
    public float Uneven { get; init; }

    /// <summary>The share of parts with an outline.</summary>
    public float Outlined { get; init; }

    /// <summary>Whether areas after a part's first one are outlined too.</summary>
    public bool OutlineAll { get; init; }

    /// <summary>Width of outlines, px at 128 px a side.</summary>
    public float OutlineWidth { get; init; }

    /// <summary>Their colour; none: a darker or lighter shade of the part's.</summary>
    public System.Numerics.Vector3? OutlineColour { get; init; }

    /// <summary>The shade, where there is no colour: −1 black … 1 white.</summary>
    public float OutlineShade { get; init; } = -0.6f;

    /// <summary>Whether outlines have gaps.</summary>
    public bool Broken { get; init; }

    /// <summary>Scale of the widths of drawn lines.</summary>
    public float LineScale { get; init; } = 1;
}

/// <summary>What a look's seed says of a part.</summary>
/// <param name="Colour">Of its colour.</param>
/// <param name="Fill">0…1: which filling.</param>
/// <param name="Strength">0…1: its strength.</param>
/// <param name="Outline">0…1: outlined if it is less than the scheme's share.</param>
/// <param name="Turn">By how much its light's direction differs, radians.</param>
internal readonly record struct PartStyle(PartColour Colour, float Fill, float Strength, float Outline, float Turn)
{
    public static PartStyle Of(ulong seed, string part)
    {
        var random = SceneRandom.For(seed, Hash(part));
        return new(PartColour.Of(random), random.Next(), random.Next(), random.Next(), random.Normal(0, 0.3f));
    }

    /// <summary>A number for a name, the same everywhere (FNV-1a).</summary>
    public static ulong Hash(string part)
    {
        var hash = 14695981039346656037;
        foreach (var letter in part)
        {
            hash = (hash ^ letter) * 1099511628211;
        }

        return hash;
    }
}
