using System.Text.Json;
using System.Text.Unicode;

namespace CnnMrf.Core.Tensors;

/// <summary>JSON to <see cref="SafetensorsHeader"/>, refusing whatever the format does not allow.</summary>
internal static class HeaderParser
{
    private const string MetadataName = "__metadata__";

    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, string source)
    {
        if (json.Length > SafetensorsHeader.MaxLength)
        {
            throw new SafetensorsException(
                $"{source}: the header has {json.Length} bytes; at most {SafetensorsHeader.MaxLength} are allowed.");
        }

        if (json.IsEmpty || json[0] != (byte)'{') throw new SafetensorsException($"{source}: the header does not start with '{{'.");
        if (!Utf8.IsValid(json)) throw new SafetensorsException($"{source}: the header is not valid UTF-8.");
        try
        {
            return ParseObject(json, source);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped lone surrogate, which is valid JSON but no text.
            throw new SafetensorsException($"{source}: the header is not valid JSON: {e.Message}", e);
        }
    }

    private static SafetensorsHeader ParseObject(ReadOnlySpan<byte> json, string source)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 4 });
        reader.Read();
        var tensors = new List<TensorInfo>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!names.Add(name)) throw new SafetensorsException($"{source}: '{name}' occurs twice in the header.");
            reader.Read();
            if (name == MetadataName) ParseMetadata(ref reader, metadata, source);
            else tensors.Add(ParseTensor(ref reader, name, source));
        }

        reader.Read(); // Only white space may follow; anything else throws.
        CheckLayout(tensors, source);
        return new SafetensorsHeader(tensors, metadata, json.Length, source);
    }

    private static void ParseMetadata(ref Utf8JsonReader reader, SortedDictionary<string, string> metadata, string source)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new SafetensorsException($"{source}: {MetadataName} is not an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw new SafetensorsException($"{source}: the value of '{key}' in {MetadataName} is not a string.");
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw new SafetensorsException($"{source}: '{key}' occurs twice in {MetadataName}.");
        }
    }

    private static TensorInfo ParseTensor(ref Utf8JsonReader reader, string name, string source)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw Refusal("its entry is not an object");
        TensorType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case "dtype" when type is null:
                    type = ParseType(ref reader, name, source);
                    break;
                case "shape" when shape is null:
                    shape = ParseNumbers(ref reader, key, name, source);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ParseNumbers(ref reader, key, name, source);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Refusal($"'{key}' occurs twice");
                default:
                    throw Refusal($"unknown key '{key}'");
            }
        }

        if (type is null || shape is null || offsets is null)
            throw Refusal($"no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw Refusal($"data_offsets {TensorTypes.Text(offsets)} are not a begin and an end");
        var length = TensorTypes.ByteLength(type.Value, shape) ?? throw Refusal($"shape {TensorTypes.Text(shape)} overflows");
        if (length != offsets[1] - offsets[0])
        {
            throw Refusal(
                $"shape {TensorTypes.Text(shape)} of {type} takes {length} bytes, but data_offsets give {offsets[1] - offsets[0]}");
        }

        return new TensorInfo(name, type.Value, shape, offsets[0], length);

        SafetensorsException Refusal(string reason) => new($"{source}: tensor '{name}': {reason}.");
    }

    private static TensorType ParseType(ref Utf8JsonReader reader, string name, string source)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        foreach (var type in Enum.GetValues<TensorType>())
        {
            if (type.ToString() == text) return type;
        }

        throw new SafetensorsException(
            $"{source}: tensor '{name}': dtype {text ?? "(not a string)"} is not one of {string.Join(", ", Enum.GetNames<TensorType>())}.");
    }

    private static long[] ParseNumbers(ref Utf8JsonReader reader, string key, string name, string source)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new SafetensorsException($"{source}: tensor '{name}': {key} is not an array.");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
                throw new SafetensorsException($"{source}: tensor '{name}': {key} holds something that is not a whole number ≥ 0.");
            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void CheckLayout(List<TensorInfo> tensors, string source)
    {
        long end = 0;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Offset).ThenBy(tensor => tensor.Length))
        {
            if (tensor.Offset < end)
                throw new SafetensorsException($"{source}: tensor '{tensor.Name}' overlaps the one before it in the data.");
            if (tensor.Offset > end)
                throw new SafetensorsException($"{source}: a hole of {tensor.Offset - end} bytes before tensor '{tensor.Name}'.");
            end = tensor.Offset + tensor.Length;
        }

        if (end > long.MaxValue - SafetensorsHeader.MaxLength - SafetensorsHeader.PrefixLength)
            throw new SafetensorsException($"{source}: the tensors would take {end} bytes.");
    }
}
