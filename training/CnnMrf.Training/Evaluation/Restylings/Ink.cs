using System.Numerics;
using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>Printing with one ink on paper.</summary>
internal static class Ink
{
    private const int Samples = 3;

    /// <summary>A light paper and a dark ink, now and then the reverse; of any hue.</summary>
    public static (Vector3 Paper, Vector3 Ink) PaperAndInk(SceneRandom random)
    {
        var light = Vector3.Lerp(Vector3.One, Any(random), random.Between(0, Strength.PaperColour));
        var dark = Any(random) * random.Between(0, Strength.InkColour);
        return random.Chance(Strength.Negative) ? (dark, light) : (light, dark);
    }

    /// <summary>The share of a point that ink covers, by its depth inside the inked area, px.</summary>
    public static float Cover(float depth) => Math.Clamp((depth * Samples) + 0.5f, 0, 1);

    /// <summary>A picture of the size of another.</summary>
    /// <param name="like">Gives the size.</param>
    /// <param name="paper">Its colour.</param>
    /// <param name="ink">Its colour.</param>
    /// <param name="cover">The share of ink at a place, px; it is asked several times a pixel.</param>
    public static Picture Print(Picture like, Vector3 paper, Vector3 ink, Func<float, float, float> cover)
    {
        var result = new Picture(like.Width, like.Height);
        for (var y = 0; y < like.Height; y++)
        {
            for (var x = 0; x < like.Width; x++)
            {
                var sum = 0f;
                for (var i = 0; i < Samples * Samples; i++)
                {
                    sum += cover(x + (((i % Samples) - 1f) / Samples), y + (((i / Samples) - 1f) / Samples));
                }

                var colour = Vector3.Lerp(paper, ink, sum / (Samples * Samples));
                colour.CopyTo(result.Rgb, 3 * ((y * like.Width) + x));
            }
        }

        return result;
    }

    private static Vector3 Any(SceneRandom random) => new(random.Next(), random.Next(), random.Next());
}
