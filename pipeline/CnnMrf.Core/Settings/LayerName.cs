using System.Diagnostics.CodeAnalysis;

namespace CnnMrf.Core.Settings;

/// <summary>A layer of VGG-19 after its rectifier: <c>relu{Block}_{Position}</c>.</summary>
/// <param name="Block">1…5.</param>
/// <param name="Position">1…2 in blocks 1 and 2, 1…4 in blocks 3 to 5.</param>
public readonly record struct LayerName(int Block, int Position) : IComparable<LayerName>
{
    /// <summary>Pixels of the picture per cell of the layer's map, along each axis: 1, 2, 4, 8, 16.</summary>
    public int Scale => 1 << (Block - 1);

    /// <summary>How many convolutions a block has.</summary>
    public static int ConvolutionsIn(int block) => block <= 2 ? 2 : 4;

    /// <summary>Reads <c>relu3_1</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out LayerName layer)
    {
        layer = default;
        if (text is not { Length: 7 } || !text.StartsWith("relu", StringComparison.Ordinal) || text[5] != '_')
        {
            return false;
        }

        var (block, position) = (text[4] - '0', text[6] - '0');
        if (block is < 1 or > 5 || position < 1 || position > ConvolutionsIn(block))
        {
            return false;
        }

        layer = new(block, position);
        return true;
    }

    /// <summary>Reads <c>relu3_1</c>.</summary>
    /// <exception cref="SettingsException">No such layer.</exception>
    public static LayerName Parse(string text, string field = "layer") =>
        TryParse(text, out var layer)
            ? layer
            : throw new SettingsException(field, $"'{text}' is no layer of VGG-19: name one of relu1_1, relu1_2, relu2_1, relu2_2, "
                + "relu3_1 … relu3_4, relu4_1 … relu4_4, relu5_1 … relu5_4");

    /// <inheritdoc/>
    public int CompareTo(LayerName other) => (Block, Position).CompareTo((other.Block, other.Position));

    /// <inheritdoc/>
    public override string ToString() => $"relu{Block}_{Position}";

    /// <summary>Shallower first.</summary>
    public static bool operator <(LayerName a, LayerName b) => a.CompareTo(b) < 0;

    /// <summary>Deeper first.</summary>
    public static bool operator >(LayerName a, LayerName b) => a.CompareTo(b) > 0;

    /// <summary>Shallower, or the same.</summary>
    public static bool operator <=(LayerName a, LayerName b) => a.CompareTo(b) <= 0;

    /// <summary>Deeper, or the same.</summary>
    public static bool operator >=(LayerName a, LayerName b) => a.CompareTo(b) >= 0;
}
