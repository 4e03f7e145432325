using SkiaSharp;

namespace CnnMrf.Core.Pictures;

/// <summary>Reads pictures of any format that Skia knows, whatever their extension says, and writes PNG, JPEG and WebP.</summary>
/// <remarks>
/// Reading brings everything to one form: embedded colour profiles are converted to sRGB, the EXIF orientation is applied, alpha is
/// flattened on white (blended on the encoded values, as browsers do), 16-bit channels keep more than 8 bits, and of an animation
/// the first frame counts.
/// </remarks>
public static class PictureCodec
{
    /// <summary>Reads a picture file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the picture may be; <see cref="PictureLimits.Default"/> if null.</param>
    /// <exception cref="PictureException">The file is missing, unreadable, empty, no picture, truncated, or beyond a limit.</exception>
    public static Picture Decode(string path, PictureLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PictureDecoder.Decode(ReadFile(path, limits ?? PictureLimits.Default), path, limits ?? PictureLimits.Default);
    }

    /// <summary>Reads a picture from a stream, to its end.</summary>
    /// <param name="stream">The encoded picture; need not be seekable.</param>
    /// <param name="limits">What the picture may be; <see cref="PictureLimits.Default"/> if null.</param>
    /// <param name="source">What error messages call the picture.</param>
    /// <exception cref="PictureException">The stream is empty, no picture, truncated, or beyond a limit.</exception>
    public static Picture Decode(Stream stream, PictureLimits? limits = null, string source = "The picture")
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= PictureLimits.Default;
        return PictureDecoder.Decode(ReadBounded(stream, source, limits), source, limits);
    }

    /// <summary>Reads a picture from bytes.</summary>
    /// <param name="bytes">The encoded picture.</param>
    /// <param name="limits">What the picture may be; <see cref="PictureLimits.Default"/> if null.</param>
    /// <param name="source">What error messages call the picture.</param>
    /// <exception cref="PictureException">There are no bytes, or they are no picture, truncated, or beyond a limit.</exception>
    public static Picture Decode(byte[] bytes, PictureLimits? limits = null, string source = "The picture")
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return PictureDecoder.Decode(bytes, source, limits ?? PictureLimits.Default);
    }

    /// <summary>The sides that <see cref="Decode(string, PictureLimits?)"/> would give, from the header alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What the picture may be; <see cref="PictureLimits.Default"/> if null.</param>
    /// <exception cref="PictureException">The file is missing, unreadable, empty, no picture, or beyond a limit.</exception>
    public static PixelSize ReadSize(string path, PictureLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PictureDecoder.ReadSize(ReadFile(path, limits ?? PictureLimits.Default), path, limits ?? PictureLimits.Default);
    }

    /// <summary>The sides that <see cref="Decode(byte[], PictureLimits?, string)"/> would give, from the header alone.</summary>
    /// <param name="bytes">The encoded picture.</param>
    /// <param name="limits">What the picture may be; <see cref="PictureLimits.Default"/> if null.</param>
    /// <param name="source">What error messages call the picture.</param>
    /// <exception cref="PictureException">There are no bytes, or they are no picture, or beyond a limit.</exception>
    public static PixelSize ReadSize(byte[] bytes, PictureLimits? limits = null, string source = "The picture")
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return PictureDecoder.ReadSize(bytes, source, limits ?? PictureLimits.Default);
    }

    /// <summary>Encodes a picture. The same picture, format and quality give the same bytes.</summary>
    /// <param name="picture">The picture; values are clamped to 0…1 and rounded to 8 bits.</param>
    /// <param name="format">The format.</param>
    /// <param name="quality">1…100, for JPEG and WebP.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quality"/> is not in 1…100.</exception>
    /// <exception cref="PictureException">A value is not a number, or the format cannot hold a picture of this size.</exception>
    public static byte[] Encode(Picture picture, PictureFormat format, int quality = 92)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        using var bitmap = picture.ToBitmap();
        using var pixels = bitmap.PeekPixels();
        using var data = format switch
        {
            PictureFormat.Png => pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 6)),
            PictureFormat.Jpeg => pixels.Encode(new SKJpegEncoderOptions(
                quality,
                quality >= 90 ? SKJpegEncoderDownsample.Downsample444 : SKJpegEncoderDownsample.Downsample420,
                SKJpegEncoderAlphaOption.Ignore)),
            PictureFormat.WebP => pixels.Encode(new SKWebpEncoderOptions(
                quality == 100 ? SKWebpEncoderCompression.Lossless : SKWebpEncoderCompression.Lossy, quality == 100 ? 70 : quality)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
        };
        return data?.ToArray() ?? throw new PictureException(
            $"A picture of {picture.Size} pixels cannot be written as {format}. Write it as {PictureFormat.Png} or make it smaller.");
    }

    /// <summary>Encodes a picture into a stream.</summary>
    /// <param name="picture">The picture; values are clamped to 0…1 and rounded to 8 bits.</param>
    /// <param name="stream">Where the bytes go, from its present position on.</param>
    /// <param name="format">The format.</param>
    /// <param name="quality">1…100, for JPEG and WebP.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quality"/> is not in 1…100.</exception>
    /// <exception cref="PictureException">A value is not a number, or the format cannot hold a picture of this size.</exception>
    /// <exception cref="IOException">The stream does not take the bytes.</exception>
    public static void Encode(Picture picture, Stream stream, PictureFormat format, int quality = 92)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(Encode(picture, format, quality));
    }

    /// <summary>The format that a file name's extension stands for.</summary>
    /// <param name="path">A path ending in .png, .jpg, .jpeg or .webp, in any case.</param>
    /// <exception cref="PictureException">The extension is another; the message lists these.</exception>
    public static PictureFormat FormatOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".PNG" => PictureFormat.Png,
            ".JPG" or ".JPEG" => PictureFormat.Jpeg,
            ".WEBP" => PictureFormat.WebP,
            var other => throw new PictureException(
                $"{path} cannot be written: its extension \"{other.ToLowerInvariant()}\" is none of .png, .jpg, .jpeg and .webp. "
                + "Choose one of these."),
        };
    }

    /// <summary>Writes a picture in the format that the extension says: whole or not at all.</summary>
    /// <remarks>It is written beside the target, flushed to the disk and renamed. Missing folders are made.</remarks>
    /// <param name="picture">The picture; values are clamped to 0…1 and rounded to 8 bits.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="quality">1…100, for JPEG and WebP.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quality"/> is not in 1…100.</exception>
    /// <exception cref="PictureException">The extension is unknown, or the file cannot be written.</exception>
    public static void Save(Picture picture, string path, int quality = 92) =>
        PictureFile.Write(path, Encode(picture, FormatOf(path), quality));

    private static byte[] ReadFile(string path, PictureLimits limits)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            return ReadBounded(stream, path, limits);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PictureException($"{path} does not exist. Check the name and the folder.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new PictureException(
                Directory.Exists(path)
                    ? $"{path} is a folder. Name a picture file in it."
                    : $"{path} may not be read. Give yourself permission to read it.",
                exception);
        }
        catch (IOException exception)
        {
            throw new PictureException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    // Never holds more than the limit and one byte, whatever the stream claims about its length.
    private static byte[] ReadBounded(Stream stream, string source, PictureLimits limits)
    {
        if (stream.CanSeek)
        {
            limits.CheckBytes(source, stream.Length - stream.Position);
        }

        using var memory = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length - stream.Position, int.MaxValue) : 0);
        var buffer = new byte[1 << 16];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            limits.CheckBytes(source, memory.Length + read);
            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }
}
