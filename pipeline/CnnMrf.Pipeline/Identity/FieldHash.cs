using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CnnMrf.Pipeline.Identity;

/// <summary>SHA-256 over fields, each with its length before it, so that no two lists of fields run into the same bytes.</summary>
internal sealed class FieldHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins.</summary>
    /// <param name="purpose">What is hashed, with a version.</param>
    public FieldHash(string purpose) => Add(purpose);

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }

    /// <summary>Adds a text; null is unlike every text.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            Span<byte> nothing = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(nothing, -1);
            _hash.AppendData(nothing);
            return;
        }

        Add(Encoding.UTF8.GetBytes(text).AsSpan());
    }

    /// <summary>Adds a number.</summary>
    public void Add(int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        Add(bytes);
    }

    /// <summary>64 hexadecimal digits; begins anew.</summary>
    public string ToHex() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
