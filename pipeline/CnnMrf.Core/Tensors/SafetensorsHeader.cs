using System.Buffers.Binary;

namespace CnnMrf.Core.Tensors;

/// <summary>
/// The header of a safetensors file, checked: known types, shapes that agree with lengths, no duplicate, no overlap, no hole.
/// Useful on its own where only some of the tensors are wanted.
/// </summary>
public sealed class SafetensorsHeader
{
    /// <summary>The bytes before the header: its length as a little-endian unsigned 64-bit number.</summary>
    public const int PrefixLength = 8;

    /// <summary>The longest header that the format allows, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    private readonly Dictionary<string, TensorInfo> _byName;

    internal SafetensorsHeader(
        IReadOnlyList<TensorInfo> tensors, IReadOnlyDictionary<string, string> metadata, int length, string source)
    {
        Tensors = tensors;
        Metadata = metadata;
        Length = length;
        Source = source;
        _byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        DataLength = tensors.Count == 0 ? 0 : tensors.Max(tensor => tensor.Offset + tensor.Length);
    }

    /// <summary>The tensors in the header's order.</summary>
    public IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>The free-form strings of the file; empty when it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Bytes of the header itself, without the eight before it.</summary>
    public int Length { get; }

    /// <summary>Where the data section starts in the file, in bytes.</summary>
    public long DataStart => PrefixLength + Length;

    /// <summary>Bytes of the data section.</summary>
    public long DataLength { get; }

    /// <summary>Bytes that the whole file must have.</summary>
    public long FileLength => DataStart + DataLength;

    /// <summary>What messages call the file.</summary>
    public string Source { get; }

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="SafetensorsException">There is none.</exception>
    public TensorInfo this[string name] => TryGet(name, out var info)
        ? info
        : throw new SafetensorsException($"{Source}: there is no tensor '{name}'.");

    /// <summary>Looks a tensor up by name.</summary>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TensorInfo? info) =>
        _byName.TryGetValue(name, out info);

    /// <summary>Reads the header's length from the first eight bytes of a file.</summary>
    /// <param name="prefix">At least <see cref="PrefixLength"/> bytes.</param>
    /// <param name="source">What messages call the file.</param>
    /// <returns>2 … <see cref="MaxLength"/>.</returns>
    /// <exception cref="SafetensorsException">Too few bytes, or a length that no safetensors file has.</exception>
    public static int ParseLength(ReadOnlySpan<byte> prefix, string source = "safetensors")
    {
        if (prefix.Length < PrefixLength)
        {
            throw new SafetensorsException(
                $"{source}: {prefix.Length} bytes are too few for a safetensors file; it is empty, truncated or something else.");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length is < 2 or > MaxLength)
        {
            throw new SafetensorsException(
                $"{source}: not a safetensors file: its header would have {length} bytes (2 to {MaxLength} are allowed).");
        }

        return (int)length;
    }

    /// <summary>Parses a header, the JSON text alone.</summary>
    /// <param name="json">The header's bytes, padding included, the eight before it not.</param>
    /// <param name="source">What messages call the file.</param>
    /// <exception cref="SafetensorsException">The header is not valid.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, string source = "safetensors") =>
        HeaderParser.Parse(json, source);

    /// <summary>Reads and checks the header at the start of a seekable stream, whose length must be exactly the file's.</summary>
    /// <param name="stream">Seekable; left at the start of the data section.</param>
    /// <param name="source">What messages call the file.</param>
    /// <exception cref="SafetensorsException">The header is not valid, or the length of the stream is another.</exception>
    public static SafetensorsHeader Read(Stream stream, string source = "safetensors")
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Position = 0;
        Span<byte> prefix = stackalloc byte[PrefixLength];
        var got = stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false);
        var length = ParseLength(prefix[..got], source);
        RequireRoom(length, stream.Length, source);
        var json = new byte[length];
        if (stream.ReadAtLeast(json, length, throwOnEndOfStream: false) < length)
            throw new SafetensorsException($"{source}: truncated within its header.");
        var header = Parse(json, source);
        header.RequireFileLength(stream.Length);
        return header;
    }

    /// <summary>Refuses a file whose length is not what the header asks for.</summary>
    /// <param name="fileLength">Bytes of the whole file.</param>
    /// <exception cref="SafetensorsException">The file is truncated or has bytes that belong to no tensor.</exception>
    public void RequireFileLength(long fileLength)
    {
        if (fileLength < FileLength)
        {
            throw new SafetensorsException(
                $"{Source}: truncated: it has {fileLength} bytes, its header asks for {FileLength}. Fetch or copy it again.");
        }

        if (fileLength > FileLength)
        {
            throw new SafetensorsException(
                $"{Source}: {fileLength - FileLength} bytes after the last tensor belong to none.");
        }
    }

    internal static void RequireRoom(int headerLength, long fileLength, string source)
    {
        if (headerLength > fileLength - PrefixLength)
        {
            throw new SafetensorsException(
                $"{source}: truncated, or not a safetensors file: a header of {headerLength} bytes does not fit into {fileLength}.");
        }
    }
}
