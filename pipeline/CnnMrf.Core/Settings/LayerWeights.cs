using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnMrf.Core.Settings;

/// <summary>A layer and the weight w_l of its energy.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Weight">Its weight, ≥ 0.</param>
public readonly record struct LayerWeight(LayerName Layer, double Weight);

/// <summary>
/// Layers with weights, in order, compared by value. In JSON an object (<c>{"relu3_1": 1, "relu4_1": 0.5}</c>) or, as on the
/// command line, a text (<c>"relu3_1:1,relu4_1:0.5"</c>; a weight left out is 1).
/// </summary>
[JsonConverter(typeof(LayerWeightsConverter))]
public sealed class LayerWeights : IReadOnlyList<LayerWeight>, IEquatable<LayerWeights>
{
    private readonly LayerWeight[] _items;

    /// <summary>Takes the layers in the given order.</summary>
    public LayerWeights(params IEnumerable<LayerWeight> items) => _items = [.. items];

    /// <summary>No layer at all.</summary>
    public static LayerWeights None { get; } = new();

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public LayerWeight this[int index] => _items[index];

    /// <summary>The layers without their weights.</summary>
    public IEnumerable<LayerName> Layers => _items.Select(i => i.Layer);

    /// <summary>Reads <c>relu3_1:1,relu4_1:0.5</c>; the empty text and <c>none</c> are no layer.</summary>
    /// <exception cref="SettingsException">A layer or a weight cannot be read.</exception>
    public static LayerWeights Parse(string text, string field = "mrfLayers")
    {
        if (string.IsNullOrWhiteSpace(text) || text == "none")
        {
            return None;
        }

        return new(text.Split(',', StringSplitOptions.TrimEntries).Select(part =>
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var layer = LayerName.Parse(colon < 0 ? part : part[..colon], field);
            if (colon < 0)
            {
                return new LayerWeight(layer, 1);
            }

            return double.TryParse(part.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
                ? new(layer, weight)
                : throw new SettingsException(field, $"'{part[(colon + 1)..]}' is no weight: write {layer}:0.5");
        }));
    }

    /// <inheritdoc/>
    public IEnumerator<LayerWeight> GetEnumerator() => ((IEnumerable<LayerWeight>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(LayerWeights? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LayerWeights);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Aggregate(_items.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(',', _items.Select(i => string.Create(CultureInfo.InvariantCulture, $"{i.Layer}:{i.Weight}")));
}

internal sealed class LayerWeightsConverter : JsonConverter<LayerWeights>
{
    public override LayerWeights Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return LayerWeights.Parse(reader.GetString()!, "layers");
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expects layers with weights: {\"relu3_1\": 1, \"relu4_1\": 1}");
        }

        var items = new List<LayerWeight>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var layer = LayerName.Parse(reader.GetString()!, "layers");
            reader.Read();
            items.Add(reader.TokenType == JsonTokenType.Number
                ? new(layer, reader.GetDouble())
                : throw new JsonException($"the weight of {layer} is no number"));
        }

        return new(items);
    }

    public override void Write(Utf8JsonWriter writer, LayerWeights value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var item in value)
        {
            writer.WriteNumber(item.Layer.ToString(), item.Weight);
        }

        writer.WriteEndObject();
    }
}
