using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>How a face is told: what a photograph would show, or what a cartoonist leaves of it.</summary>
/// <param name="Cartoon">Simplified features and freer proportions.</param>
/// <param name="Shaded">Whether there is inner shading at all.</param>
/// <param name="Depth">How dark shadows are, 0…1.</param>
/// <param name="Light">Where the light comes from: −1 the left, 1 the right.</param>
/// <param name="TwoTone">Whether one half of the face lies in shadow, as painters do.</param>
/// <param name="Ink">The width of drawn lines in half heights of the head.</param>
internal sealed record Manner(bool Cartoon, bool Shaded, float Depth, int Light, bool TwoTone, float Ink)
{
    /// <summary>A manner by chance.</summary>
    public static Manner Of(SceneRandom random)
    {
        var cartoon = random.Chance(0.35);
        var shaded = random.Chance(cartoon ? 0.3 : 0.85);
        return new(
            cartoon,
            shaded,
            random.Between(0.12f, 0.5f),
            random.Chance(0.5) ? 1 : -1,
            random.Chance(shaded ? 0.22 : 0.08),
            random.Between(0.018f, cartoon ? 0.06f : 0.036f));
    }
}
