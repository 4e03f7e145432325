using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>Every pixel takes the mean colour of the commonest brightness around it; the light changes.</summary>
internal static class OilPaint
{
    public static Picture Apply(Picture picture, SceneRandom random)
    {
        var radius = Strength.Scaled(Strength.OilRadius, picture.Size.LongSide) * random.Between(0.85f, 1.15f);
        var reach = (int)MathF.Ceiling(radius);
        var level = Plane.Luminance(picture).Map(v => Math.Clamp((int)(v * Strength.OilLevels), 0, Strength.OilLevels - 1));
        var (width, height) = (picture.Width, picture.Height);
        var result = new Picture(width, height);
        Span<float> red = stackalloc float[Strength.OilLevels];
        Span<float> green = stackalloc float[Strength.OilLevels];
        Span<float> blue = stackalloc float[Strength.OilLevels];
        Span<int> count = stackalloc int[Strength.OilLevels];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                red.Clear();
                green.Clear();
                blue.Clear();
                count.Clear();
                for (var row = Math.Max(0, y - reach); row <= Math.Min(height - 1, y + reach); row++)
                {
                    for (var column = Math.Max(0, x - reach); column <= Math.Min(width - 1, x + reach); column++)
                    {
                        if (((column - x) * (column - x)) + ((row - y) * (row - y)) > radius * radius)
                        {
                            continue;
                        }

                        var at = (row * width) + column;
                        var bin = (int)level.Values[at];
                        count[bin]++;
                        red[bin] += picture.Rgb[3 * at];
                        green[bin] += picture.Rgb[(3 * at) + 1];
                        blue[bin] += picture.Rgb[(3 * at) + 2];
                    }
                }

                var best = 0;
                for (var bin = 1; bin < count.Length; bin++)
                {
                    best = count[bin] > count[best] ? bin : best;
                }

                result[x, y, 0] = red[best] / count[best];
                result[x, y, 1] = green[best] / count[best];
                result[x, y, 2] = blue[best] / count[best];
            }
        }

        return ColourChanges.Relight(result, random);
    }
}
