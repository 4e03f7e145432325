using System.Runtime.InteropServices;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Tensors;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>
/// Decoded pictures in storage, value for value what the command line would decode: as PNG where eight bits hold them exactly, else (16
/// bits,
/// a colour profile, transparency) as a float32 tensor <c>rgb</c> of [height, width, 3].
/// </summary>
public static class PreparedPicture
{
    private const string TensorName = "rgb";
    private const string PngExtension = ".png";
    private const string TensorExtension = ".safetensors";

    /// <summary>Encodes a picture.</summary>
    /// <returns>The bytes, the extension of the blob's name and its media type.</returns>
    public static (byte[] Bytes, string Extension, string ContentType) Write(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var png = PictureCodec.Encode(picture, PictureFormat.Png);
        if (PictureCodec.Decode(png, Unlimited).Rgb.AsSpan().SequenceEqual(picture.Rgb))
        {
            return (png, PngExtension, "image/png");
        }

        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream,
            [new(TensorName, TensorType.F32, [picture.Height, picture.Width, 3], MemoryMarshal.AsBytes(picture.Rgb.AsSpan()).ToArray())],
            new Dictionary<string, string>());
        return (stream.ToArray(), TensorExtension, "application/octet-stream");
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

    // What was prepared was within the limits when it came; as PNG it may be larger.
    private static PictureLimits Unlimited { get; } = new() { MinSide = 1, MaxBytes = int.MaxValue };
}
