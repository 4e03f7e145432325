using System.Globalization;

namespace CnnMrf.Core.Labels;

/// <summary>The colour that stands for a class in label maps: sRGB, 8 bits a channel.</summary>
/// <param name="Red">0…255.</param>
/// <param name="Green">0…255.</param>
/// <param name="Blue">0…255.</param>
public readonly record struct LabelColor(byte Red, byte Green, byte Blue)
{
    /// <summary><c>#rrggbb</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    internal int Packed => (Red << 16) | (Green << 8) | Blue;

    internal static LabelColor Of(int packed) => new((byte)(packed >> 16), (byte)(packed >> 8), (byte)packed);

    /// <summary>The greatest difference of a channel, 0…255.</summary>
    internal int Apart(LabelColor other) =>
        Math.Max(Math.Abs(Red - other.Red), Math.Max(Math.Abs(Green - other.Green), Math.Abs(Blue - other.Blue)));

    internal int SquaredDistance(LabelColor other)
    {
        var (r, g, b) = (Red - other.Red, Green - other.Green, Blue - other.Blue);
        return (r * r) + (g * g) + (b * b);
    }
}
