using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>Lines in three directions on paper, the more and the wider the darker the picture is.</summary>
internal static class Hatching
{
    // Darkness at which the lines of each direction begin, and how much further it must grow until they are full.
    private static readonly float[] Beginnings = [0.12f, 0.4f, 0.65f];
    private const float Full = 0.35f;

    // Share of the paper that full lines of one direction cover.
    private const float Widest = 0.6f;

    public static Picture Apply(Picture picture, SceneRandom random)
    {
        var distance = Strength.Scaled(Strength.HatchDistance, picture.Size.LongSide);
        var angle = random.Between(0, MathF.PI);
        var darkness = Plane.Luminance(picture).Stretched().Map(v => 1 - v);
        var (paper, ink) = Ink.PaperAndInk(random);
        var directions = Beginnings
            .Select((_, i) => angle + (i * MathF.PI / 3)).Select(a => (X: MathF.Cos(a), Y: MathF.Sin(a))).ToArray();
        return Ink.Print(picture, paper, ink, (x, y) =>
        {
            var dark = darkness[(int)MathF.Round(x), (int)MathF.Round(y)];
            var bare = 1f;
            for (var i = 0; i < directions.Length; i++)
            {
                var width = Math.Clamp((dark - Beginnings[i]) / Full, 0, 1) * Widest * distance;
                var across = ((x * directions[i].X) + (y * directions[i].Y)) / distance;
                var away = MathF.Abs(across - MathF.Round(across)) * distance;
                bare *= 1 - Ink.Cover((width / 2) - away);
            }

            return 1 - bare;
        });
    }
}
