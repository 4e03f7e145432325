using System.Buffers.Binary;
using System.IO.Compression;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Tests.Pictures;

/// <summary>Pictures and encoded files made by hand, for what Skia reads but does not write.</summary>
internal static class TestPictures
{
    public static Picture Constant(int width, int height, float red, float green, float blue)
    {
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            (picture.Rgb[i], picture.Rgb[i + 1], picture.Rgb[i + 2]) = (red, green, blue);
        }

        return picture;
    }

    public static Picture Random(int width, int height, int seed)
    {
        var random = new Random(seed);
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i++)
        {
            picture.Rgb[i] = random.Next(256) / 255f;
        }

        return picture;
    }

    public static float LargestDifference(Picture a, Picture b)
    {
        Assert.Equal(a.Size, b.Size);
        return a.Rgb.Zip(b.Rgb, (x, y) => Math.Abs(x - y)).Max();
    }

    /// <summary>A PNG file of the given raw samples (rows without their filter bytes).</summary>
    public static byte[] Png(int width, int height, byte depth, byte colorType, params byte[][] rows)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colorType);
        Chunk(file, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }

        Chunk(file, "IDAT"u8, data.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>The JPEG with an EXIF segment that says the orientation (1…8).</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg.AsSpan(0, 2), .. exif, .. jpeg.AsSpan(2)];
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, byte[] data)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. type, .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
