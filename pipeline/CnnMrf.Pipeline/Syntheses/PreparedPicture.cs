using CnnMrf.Core.Pictures;
using CnnMrf.Core.Tensors;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>
/// Decoded pictures in storage, value for value what the command line would decode: as PNG where eight bits hold them exactly, else (16
/// bits, a colour profile, transparency) as a tensor <c>rgb</c> of [height, width, 3], float16 where that holds them exactly, else float32.
/// </summary>
public static class PreparedPicture
{
    private const string TensorName = "rgb";
    private const int MostHeader = 1024;
    private const string PngExtension = ".png";
    private const string TensorExtension = ".safetensors";

    /// <summary>Encodes a picture.</summary>
    /// <returns>The bytes, the extension of the blob's name and its media type.</returns>
    public static (ReadOnlyMemory<byte> Bytes, string Extension, string ContentType) Write(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.IsEightBit())
        {
            return (PictureCodec.Encode(picture, PictureFormat.Png), PngExtension, "image/png");
        }

        long[] shape = [picture.Height, picture.Width, 3];
        var tensor = IsHalf(picture) ? TensorData.FromSinglesAsHalves(TensorName, shape, picture.Rgb)
            : TensorData.Over(TensorName, shape, picture.Rgb);

        // As large as it gets: a stream that grows would hold the picture once more.
        var bytes = new byte[MostHeader + tensor.Bytes.Length];
        using var stream = new MemoryStream(bytes);
        SafetensorsWriter.Write(stream, [tensor], new Dictionary<string, string>());
        return (bytes.AsMemory(0, (int)stream.Position), TensorExtension, "application/octet-stream");
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="bytes">What <see cref="Write"/> made.</param>
    /// <param name="name">The blob's name; its extension tells how.</param>
    /// <exception cref="PictureException">The PNG is damaged.</exception>
    /// <exception cref="SafetensorsException">The tensor file is damaged.</exception>
    public static Picture Read(ReadOnlyMemory<byte> bytes, string name)
    {
        if (!name.EndsWith(TensorExtension, StringComparison.Ordinal))
        {
            return PictureCodec.Decode(bytes.ToArray(), Unlimited, name);
        }

        var file = SafetensorsFile.Read(bytes, name);
        if (!file.Names.Contains(TensorName) || file[TensorName].Shape is not [var height, var width, 3])
        {
            throw new SafetensorsException($"{name} holds no picture: it has no tensor {TensorName} of [height, width, 3].");
        }

        return new((int)width, (int)height, file.ReadSingles(TensorName));
    }

    // Half floats are what deep and wide pictures are decoded through.
    private static bool IsHalf(Picture picture)
    {
        foreach (var value in picture.Rgb)
        {
            if ((float)(Half)value != value)
            {
                return false;
            }
        }

        return true;
    }

    // What was prepared was within the limits when it came; as PNG it may be larger.
    private static PictureLimits Unlimited { get; } = new() { MinSide = 1, MaxBytes = int.MaxValue };
}
