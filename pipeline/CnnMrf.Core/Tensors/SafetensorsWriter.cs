using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CnnMrf.Core.Files;

namespace CnnMrf.Core.Tensors;

/// <summary>Writes safetensors files: the same input gives the same bytes.</summary>
public static class SafetensorsWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file atomically: a temporary one in the same folder, then a rename.</summary>
    /// <inheritdoc cref="Write"/>
    /// <inheritdoc cref="AtomicFile.Write"/>
    public static void WriteFile(
        string path, IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Writes the tensors in the order given, metadata sorted by key, the header padded with spaces to a multiple of 8.</summary>
    /// <exception cref="SafetensorsException">
    /// A name that occurs twice, is not text or is reserved; a shape that does not agree with the bytes.
    /// </exception>
    public static void Write(
        Stream stream, IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        Check(tensors, metadata);
        var json = Header(tensors, metadata);
        var padding = (8 - (json.Length % 8)) % 8;
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixLength];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)(json.Length + padding));
        stream.Write(prefix);
        stream.Write(json);
        stream.Write("       "u8[..padding]);
        foreach (var tensor in tensors) stream.Write(tensor.Bytes.Span);
    }

    private static void Check(IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "__metadata__" };
        foreach (var tensor in tensors)
        {
            RequireText(tensor.Name);
            if (!names.Add(tensor.Name)) throw new SafetensorsException($"Tensor name '{tensor.Name}' occurs twice or is reserved.");
            if (TensorTypes.ByteLength(tensor.Type, tensor.Shape) != tensor.Bytes.Length)
            {
                throw new SafetensorsException(
                    $"Tensor '{tensor.Name}': {tensor.Bytes.Length} bytes, not {tensor.Type} of shape {TensorTypes.Text(tensor.Shape)}.");
            }
        }

        foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
        {
            RequireText(key);
            RequireText(value);
        }
    }

    private static void RequireText(string text)
    {
        // The length suffices: a char takes at most 3 bytes of UTF-8.
        var bytes = ArrayPool<byte>.Shared.Rent(3 * text.Length);
        var status = Utf8.FromUtf16(text, bytes, out _, out _, replaceInvalidSequences: false);
        ArrayPool<byte>.Shared.Return(bytes);
        if (status != OperationStatus.Done)
            throw new SafetensorsException($"A name or metadata string has a lone surrogate: '{text}'.");
    }

    private static ReadOnlySpan<byte> Header(IReadOnlyList<TensorData> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 }) WriteMetadata(json, metadata);
            long offset = 0;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.ToString());
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [offset, offset + tensor.Bytes.Length]);
                json.WriteEndObject();
                offset += tensor.Bytes.Length;
            }

            json.WriteEndObject();
        }

        if (buffer.WrittenCount > SafetensorsHeader.MaxLength - 8)
            throw new SafetensorsException($"The header would have more than {SafetensorsHeader.MaxLength} bytes.");
        return buffer.WrittenSpan;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject("__metadata__");
        foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal)) json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
