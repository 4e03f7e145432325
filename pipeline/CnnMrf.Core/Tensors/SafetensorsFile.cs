using System.Diagnostics.CodeAnalysis;

namespace CnnMrf.Core.Tensors;

/// <summary>A safetensors file in memory, read strictly.</summary>
public sealed class SafetensorsFile
{
    private readonly ReadOnlyMemory<byte> _data;

    private SafetensorsFile(SafetensorsHeader header, ReadOnlyMemory<byte> data)
    {
        Header = header;
        _data = data;
        Names = [.. header.Tensors.Select(tensor => tensor.Name)];
    }

    /// <summary>The checked header.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>The tensors' names in the header's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The free-form strings of the file; empty when it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => Header.Metadata;

    /// <summary>What the header says about a tensor.</summary>
    /// <exception cref="SafetensorsException">There is none of that name.</exception>
    public TensorInfo this[string name] => Header[name];

    /// <summary>Reads a whole file, at most 2 GB.</summary>
    /// <exception cref="SafetensorsException">The file is not valid; the message names it and the reason.</exception>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    public static SafetensorsFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream to its end, at most 2 GB.</summary>
    /// <param name="stream">From its start when it can seek, from where it is otherwise.</param>
    /// <param name="source">What messages call the file.</param>
    /// <exception cref="SafetensorsException">The content is not valid.</exception>
    public static SafetensorsFile Read(Stream stream, string source = "safetensors")
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Read(copy.GetBuffer().AsMemory(0, (int)copy.Length), source);
        }

        var header = SafetensorsHeader.Read(stream, source);
        if (header.DataLength > Array.MaxLength)
            throw new SafetensorsException($"{source}: {header.DataLength} bytes are too many to hold in memory.");
        var data = new byte[header.DataLength];
        if (stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length)
            throw new SafetensorsException($"{source}: truncated within its data.");
        return new SafetensorsFile(header, data);
    }

    /// <summary>Reads a file that is in memory already; the bytes are not copied.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="source">What messages call the file.</param>
    /// <exception cref="SafetensorsException">The content is not valid.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> bytes, string source = "safetensors")
    {
        var length = SafetensorsHeader.ParseLength(bytes.Span, source);
        SafetensorsHeader.RequireRoom(length, bytes.Length, source);
        var header = SafetensorsHeader.Parse(bytes.Span.Slice(SafetensorsHeader.PrefixLength, length), source);
        header.RequireFileLength(bytes.Length);
        return new SafetensorsFile(header, bytes[(int)header.DataStart..]);
    }

    /// <summary>Parses a header alone, without the eight bytes before it: see <see cref="SafetensorsHeader.Parse"/>.</summary>
    /// <exception cref="SafetensorsException">The header is not valid.</exception>
    public static SafetensorsHeader ParseHeader(ReadOnlySpan<byte> json, string source = "safetensors") =>
        SafetensorsHeader.Parse(json, source);

    /// <summary>Looks a tensor up by name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out TensorInfo? info) => Header.TryGet(name, out info);

    /// <summary>The bytes of a tensor as they lie in the file.</summary>
    /// <exception cref="SafetensorsException">There is none of that name.</exception>
    public ReadOnlyMemory<byte> Bytes(string name)
    {
        var info = Header[name];
        return _data.Slice((int)info.Offset, (int)info.Length);
    }

    /// <summary>The values of a floating-point tensor as binary32, row-major.</summary>
    /// <exception cref="SafetensorsException">There is none of that name, or it holds whole numbers.</exception>
    public float[] ReadSingles(string name) => TensorValues.ToSingles(Header[name], Bytes(name).Span);

    /// <summary>The values of a floating-point tensor as binary64, row-major.</summary>
    /// <exception cref="SafetensorsException">There is none of that name, or it holds whole numbers.</exception>
    public double[] ReadDoubles(string name) => TensorValues.ToDoubles(Header[name], Bytes(name).Span);

    /// <summary>The values of a tensor of 32-bit integers, row-major.</summary>
    /// <exception cref="SafetensorsException">There is none of that name, or it is of another type.</exception>
    public int[] ReadIntegers(string name) => TensorValues.ToIntegers(Header[name], Bytes(name).Span);
}
