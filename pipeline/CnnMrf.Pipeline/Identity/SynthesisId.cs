using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnMrf.Pipeline.Identity;

/// <summary>The id of a synthesis: a slug, a hyphen and 16 hexadecimal digits. Safe in paths and URLs as it is.</summary>
[JsonConverter(typeof(SynthesisIdConverter))]
public readonly record struct SynthesisId
{
    /// <summary>Digits of the hash.</summary>
    public const int HashLength = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? _value;

    private SynthesisId(string value) => _value = value;

    /// <summary>The text.</summary>
    /// <exception cref="InvalidOperationException">This is no id but <c>default</c>.</exception>
    public string Value => _value ?? throw new InvalidOperationException("No id was given.");

    /// <summary>An id of a slug and a hash.</summary>
    /// <param name="slug">See <see cref="Slug"/>.</param>
    /// <param name="hash">Hexadecimal; its first 16 digits count.</param>
    public static SynthesisId Create(string slug, string hash) => Parse($"{slug}-{hash[..HashLength].ToLowerInvariant()}");

    /// <summary>Reads an id.</summary>
    public static bool TryParse(string? text, out SynthesisId id)
    {
        id = default;
        var cut = (text?.Length ?? 0) - HashLength - 1;
        if (cut < 1 || text![cut] != '-' || !Slug.IsSlug(text.AsSpan(0, cut)) || text.AsSpan(cut + 1).ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        id = new(text);
        return true;
    }

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SynthesisId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("That is no id of a synthesis: expects a name of a-z, 0-9 and -, "
            + "a hyphen and 16 hexadecimal digits.");

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}

internal sealed class SynthesisIdConverter : JsonConverter<SynthesisId>
{
    public override SynthesisId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && SynthesisId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("expects the id of a synthesis");

    public override void Write(Utf8JsonWriter writer, SynthesisId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
