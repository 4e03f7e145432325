using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnMrf.Core.Settings;

/// <summary>
/// A setting that takes one value for all (levels, layers, style pictures) or one for each. Compared by value; in JSON a
/// single value or an array.
/// </summary>
[CollectionBuilder(typeof(ValuesBuilder), nameof(ValuesBuilder.Create))]
[JsonConverter(typeof(ValuesConverterFactory))]
public sealed class Values<T> : IReadOnlyList<T>, IEquatable<Values<T>>
    where T : struct
{
    private readonly T[] _items;

    /// <summary>Copies the items.</summary>
    public Values(ReadOnlySpan<T> items) => _items = items.ToArray();

    /// <summary>How many values were given.</summary>
    public int Count => _items.Length;

    /// <summary>The value at a position, as given.</summary>
    public T this[int index] => _items[index];

    /// <summary>The value that holds for item <paramref name="index"/>: the only one, or that item's own.</summary>
    public T For(int index) => _items.Length == 1 ? _items[0] : _items[index];

    /// <summary>True when the values fit <paramref name="count"/> items: one for all, or one each.</summary>
    public bool Fits(int count) => _items.Length == 1 || _items.Length == count;

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Values<T>? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Values<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Aggregate(_items.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', _items);
}

/// <summary>Makes collection expressions of <see cref="Values{T}"/>.</summary>
public static class ValuesBuilder
{
    /// <summary>Copies the items.</summary>
    public static Values<T> Create<T>(ReadOnlySpan<T> items)
        where T : struct => new(items);
}

internal sealed class ValuesConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert == typeof(Values<int>) || typeToConvert == typeof(Values<double>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(Values<int>)
            ? new ValuesConverter<int>(static (ref Utf8JsonReader r) => r.GetInt32(), static (w, v) => w.WriteNumberValue(v))
            : new ValuesConverter<double>(static (ref Utf8JsonReader r) => r.GetDouble(), static (w, v) => w.WriteNumberValue(v));
}

internal delegate T ReadValue<T>(ref Utf8JsonReader reader);

internal sealed class ValuesConverter<T>(ReadValue<T> read, Action<Utf8JsonWriter, T> write) : JsonConverter<Values<T>>
    where T : struct
{
    public override Values<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return [read(ref reader)];
            }

            var items = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                items.Add(read(ref reader));
            }

            return new(items.ToArray());
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw new JsonException($"expects {(typeof(T) == typeof(int) ? "a whole number" : "a number")} or a list of them");
        }
    }

    public override void Write(Utf8JsonWriter writer, Values<T> value, JsonSerializerOptions options)
    {
        if (value.Count == 1)
        {
            write(writer, value[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in value)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }
}
