using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>Round dots on a turned grid, the larger the darker the picture is.</summary>
internal static class Halftone
{
    public static Picture Apply(Picture picture, SceneRandom random)
    {
        var distance = Strength.Scaled(Strength.DotDistance, picture.Size.LongSide);
        var angle = random.Between(0, MathF.PI / 2);
        var (cos, sin) = (MathF.Cos(angle), MathF.Sin(angle));
        var darkness = Plane.Luminance(picture).Stretched().Map(v => 1 - v).Blurred(distance / 3);
        var (paper, ink) = Ink.PaperAndInk(random);
        return Ink.Print(picture, paper, ink, (x, y) =>
        {
            var (u, v) = (((x * cos) + (y * sin)) / distance, ((y * cos) - (x * sin)) / distance);
            var (nearU, nearV) = (MathF.Round(u), MathF.Round(v));
            var (middleX, middleY) = (((nearU * cos) - (nearV * sin)) * distance, ((nearU * sin) + (nearV * cos)) * distance);
            var tone = darkness[(int)MathF.Round(middleX), (int)MathF.Round(middleY)];
            var away = MathF.Sqrt(((u - nearU) * (u - nearU)) + ((v - nearV) * (v - nearV))) * distance;

            // At this radius a dot covers its share of a cell; the darkest reach a little beyond the cell's corners.
            return Ink.Cover((MathF.Sqrt(tone / MathF.PI) * 1.25f * distance) - away);
        });
    }
}
