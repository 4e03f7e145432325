using System.Buffers.Binary;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Tests;

/// <summary>A folder of its own with pictures, good and bad.</summary>
public sealed class Workplace : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnnmrf-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A path in the folder.</summary>
    internal string this[string name] => Path.Combine(_folder, name);

    /// <summary>A soft picture with some structure.</summary>
    internal string Picture(string name, int width = 64, int height = 48, double phase = 0)
    {
        var picture = new Picture(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    picture[x, y, c] = (float)(0.5 + (0.4 * Math.Sin((x * 0.3) + phase + c) * Math.Cos(y * 0.2 * (c + 1))));
                }
            }
        }

        PictureCodec.Save(picture, this[name]);
        return this[name];
    }

    /// <summary>A file with any content.</summary>
    internal string File(string name, params byte[] bytes)
    {
        System.IO.File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>A text file.</summary>
    internal string Text(string name, string text)
    {
        System.IO.File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>The first part of a real picture.</summary>
    internal string Truncated(string name)
    {
        var bytes = System.IO.File.ReadAllBytes(Picture("whole-" + name));
        return File(name, bytes[..(bytes.Length / 2)]);
    }

    /// <summary>A PNG whose header claims a size, with the pixels of another.</summary>
    internal string Claiming(string name, int width, int height)
    {
        var bytes = System.IO.File.ReadAllBytes(Picture("honest-" + name, 16, 16));
        // Signature 8, length 4, "IHDR" 4, width 4, height 4, 5 more, CRC over type and data.
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc(bytes.AsSpan(12, 17)));
        return File(name, bytes);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }
}
