using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>The guided filter of He, Sun and Tang, each channel guided by itself: smooth surfaces, edges kept; the light changes.</summary>
internal static class GuidedFilter
{
    public static Picture Apply(Picture picture, SceneRandom random)
    {
        var radius = Math.Max(1, (int)MathF.Round(Strength.Scaled(Strength.GuidedRadius, picture.Size.LongSide)));
        var variance = Strength.GuidedVariance * random.Between(0.7f, 1.3f);
        var result = new Picture(picture.Width, picture.Height);
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = Plane.Channel(picture, channel);
            var mean = plane.Mean(radius);
            var square = plane.Map(v => v * v).Mean(radius);
            var slope = square.With(mean, (s, m) => Math.Max(0, s - (m * m)) / (Math.Max(0, s - (m * m)) + variance));
            var offset = slope.With(mean, (a, m) => (1 - a) * m);
            var smooth = slope.Mean(radius).With(plane, (a, v) => a * v).With(offset.Mean(radius), (v, b) => v + b);
            for (var i = 0; i < smooth.Values.Length; i++)
            {
                result.Rgb[(3 * i) + channel] = smooth.Values[i];
            }
        }

        return ColourChanges.Relight(result, random);
    }
}
