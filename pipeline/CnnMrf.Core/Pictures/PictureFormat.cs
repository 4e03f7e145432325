namespace CnnMrf.Core.Pictures;

/// <summary>The formats that pictures are written in.</summary>
public enum PictureFormat
{
    /// <summary>Lossless, 8 bits a channel, sRGB.</summary>
    Png,

    /// <summary>Lossy; full chroma resolution from quality 90 on.</summary>
    Jpeg,

    /// <summary>Lossy below quality 100, lossless at 100.</summary>
    WebP,
}
