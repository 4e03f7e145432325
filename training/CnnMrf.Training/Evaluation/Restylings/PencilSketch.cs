using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>Brightness divided by its own blur: lines where it changes, white where it does not, and the grain of paper.</summary>
internal static class PencilSketch
{
    public static Picture Apply(Picture picture, SceneRandom random)
    {
        var luminance = Plane.Luminance(picture).Stretched();
        var around = luminance.Blurred(Strength.Scaled(Strength.PencilBlur, picture.Size.LongSide));
        var lines = luminance.With(around, (v, m) => Math.Clamp((v + 0.02f) / (m + 0.02f), 0, 1));
        var (paper, ink) = Ink.PaperAndInk(random);
        var result = new Picture(picture.Width, picture.Height);
        for (var i = 0; i < lines.Values.Length; i++)
        {
            // Squared, for a soft pencil.
            var cover = 1 - (lines.Values[i] * lines.Values[i]) + random.Normal(0, Strength.PencilGrain);
            System.Numerics.Vector3.Lerp(paper, ink, Math.Clamp(cover, 0, 1)).CopyTo(result.Rgb, 3 * i);
        }

        return result;
    }
}
