using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Samples;

/// <summary>The sample pair: a content picture and a style picture that belong to nobody, because this code draws them.</summary>
internal static class SampleScenes
{
    /// <summary>The width of the committed samples in pixels.</summary>
    public const int Width = 480;

    /// <summary>The height of the committed samples in pixels.</summary>
    public const int Height = 360;

    /// <summary>The content picture's file name.</summary>
    public const string PhotographName = "photograph.jpg";

    /// <summary>The style picture's file name.</summary>
    public const string PaintingName = "painting.jpg";

    /// <summary>A soft, photographic landscape: lake, mountains, trees, house, path. Composed for 4:3.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels; everything scales with it.</param>
    /// <param name="seed">Chooses clouds, crests, leaves and flowers.</param>
    public static Picture DrawPhotograph(int width = Width, int height = Height, int seed = 7) =>
        PhotographScene.Draw(width, height, seed);

    /// <summary>A landscape of the same things, arranged otherwise, in thousands of brush strokes. Composed for 4:3.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels; everything scales with it.</param>
    /// <param name="seed">Chooses the strokes and the colours' variation.</param>
    public static Picture DrawPainting(int width = Width, int height = Height, int seed = 7) =>
        PaintingScene.Draw(width, height, seed);

    /// <summary>Writes both samples as they are committed.</summary>
    /// <param name="folder">Where to; made if missing.</param>
    /// <exception cref="PictureException">A file cannot be written.</exception>
    public static void Write(string folder)
    {
        PictureCodec.Save(DrawPhotograph(), Path.Combine(folder, PhotographName), quality: 92);
        PictureCodec.Save(DrawPainting(), Path.Combine(folder, PaintingName), quality: 90);
    }
}
