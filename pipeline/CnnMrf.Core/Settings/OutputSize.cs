using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnMrf.Core.Settings;

/// <summary>
/// Size of the result in pixels: a long side (the other follows the content's proportions; a texture is square), or both sides
/// (textures only). In JSON a number or a text <c>"512x256"</c>.
/// </summary>
/// <param name="Width">Width, or the long side when <paramref name="Height"/> is 0.</param>
/// <param name="Height">Height, or 0.</param>
[JsonConverter(typeof(OutputSizeConverter))]
public readonly record struct OutputSize(int Width, int Height)
{
    /// <summary>True when both sides were given.</summary>
    public bool IsExact => Height > 0;

    /// <summary>The long side, px.</summary>
    public int LongSide => Math.Max(Width, Height);

    /// <summary>A long side alone.</summary>
    public static OutputSize OfLongSide(int side) => new(side, 0);

    /// <summary>Reads <c>384</c> or <c>512x256</c>.</summary>
    /// <exception cref="SettingsException">Neither.</exception>
    public static OutputSize Parse(string text)
    {
        var parts = text.Split('x', 'X', '×');
        var numbers = parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).ToArray();
        return numbers is [> 0] ? OfLongSide(numbers[0])
            : numbers is [> 0, > 0] ? new(numbers[0], numbers[1])
            : throw new SettingsException("size", $"'{text}' is no size: give the long side (384) or, for a texture, both (512x256)");
    }

    /// <inheritdoc/>
    public override string ToString() => IsExact ? $"{Width}x{Height}" : Width.ToString(CultureInfo.InvariantCulture);
}

internal sealed class OutputSizeConverter : JsonConverter<OutputSize>
{
    public override OutputSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt32(out var side) => OutputSize.OfLongSide(side),
            JsonTokenType.String => OutputSize.Parse(reader.GetString()!),
            _ => throw new JsonException("expects a whole number of pixels, or \"512x256\""),
        };

    public override void Write(Utf8JsonWriter writer, OutputSize value, JsonSerializerOptions options)
    {
        if (value.IsExact)
        {
            writer.WriteStringValue(value.ToString());
        }
        else
        {
            writer.WriteNumberValue(value.Width);
        }
    }
}
