using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace CnnMrf.Core.Pictures;

internal static class PictureDecoder
{
    public static PixelSize ReadSize(byte[] bytes, string source, PictureLimits limits)
    {
        using var data = Pin(bytes, source, limits);
        using var codec = Open(data, source, limits);
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        return Orientation.Swaps(codec.EncodedOrigin) ? new PixelSize(height, width) : new PixelSize(width, height);
    }

    public static Picture Decode(byte[] bytes, string source, PictureLimits limits)
    {
        using var data = Pin(bytes, source, limits);
        using var codec = Open(data, source, limits);
        using var sRgb = SKColorSpace.CreateSrgb();

        // Eight bits are read as such, exactly; what has more, or loses by a conversion, goes through half floats.
        var alreadySRgb = codec.Info.ColorSpace is null || codec.Info.ColorSpace.IsSrgb;
        var colorType = IsDeepPng(bytes) || !alreadySRgb ? SKColorType.RgbaF16 : SKColorType.Rgba8888;
        var opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        var info = new SKImageInfo(
            codec.Info.Width, codec.Info.Height, colorType, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul, sRgb);

        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info, info.RowBytes))
        {
            throw new PictureException($"{source} is {info.Width}×{info.Height} pixels: there is not enough memory to decode it.");
        }

        switch (codec.GetPixels(info, bitmap.GetPixels()))
        {
            case SKCodecResult.Success:
                break;
            case SKCodecResult.IncompleteInput:
                throw new PictureException($"{source} is truncated: it ends before its last pixel. Copy or download it again.");
            case SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput:
                throw new PictureException($"{source} is damaged or truncated: its pixels cannot be decoded. Copy or download it again.");
            case var result:
                throw new PictureException($"{source} cannot be decoded ({result}). Save it as PNG or JPEG and try again.");
        }

        return Orientation.Apply(Flatten(bitmap, opaque), codec.EncodedOrigin);
    }

    private static SKData Pin(byte[] bytes, string source, PictureLimits limits)
    {
        if (bytes.Length == 0)
        {
            throw new PictureException($"{source} is empty (0 bytes). Give a PNG, JPEG, WebP, GIF or BMP picture.");
        }

        limits.CheckBytes(source, bytes.Length);
        return SKData.CreateCopy(bytes);
    }

    private static SKCodec Open(SKData data, string source, PictureLimits limits)
    {
        var codec = SKCodec.Create(data) ?? throw new PictureException(
            $"{source} is not a picture that can be read. Give a PNG, JPEG, WebP, GIF or BMP picture, whole and undamaged.");
        try
        {
            limits.CheckSize(source, codec.Info.Width, codec.Info.Height);
            return codec;
        }
        catch
        {
            codec.Dispose();
            throw;
        }
    }

    // IHDR comes first in every PNG; its bit depth is the ninth byte of its data.
    private static bool IsDeepPng(byte[] bytes) =>
        bytes.Length > 24 && BinaryPrimitives.ReadUInt64BigEndian(bytes) == 0x89504E470D0A1A0A && bytes[24] == 16;

    private static Picture Flatten(SKBitmap bitmap, bool opaque)
    {
        if (bitmap.ColorType == SKColorType.Rgba8888)
        {
            return bitmap.ToPicture();
        }

        var picture = new Picture(bitmap.Width, bitmap.Height);
        var pixels = MemoryMarshal.Cast<byte, Half>(bitmap.GetPixelSpan());
        var halves = bitmap.RowBytes / 2;
        for (var y = 0; y < bitmap.Height; y++)
        {
            var from = pixels.Slice(y * halves, 4 * bitmap.Width);
            var to = picture.Row(y);
            for (int i = 0, j = 0; i < to.Length; i += 3, j += 4)
            {
                var alpha = opaque ? 1 : Math.Clamp((float)from[j + 3], 0, 1);
                for (var channel = 0; channel < 3; channel++)
                {
                    // Colours outside sRGB end at its border.
                    to[i + channel] = (Math.Clamp((float)from[j + channel], 0, 1) * alpha) + (1 - alpha);
                }
            }
        }

        return picture;
    }
}
