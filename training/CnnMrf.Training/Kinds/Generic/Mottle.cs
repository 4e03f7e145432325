using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>
/// Surfaces with detail at all scales, as stone, foliage and skin have it: marks in octaves, each half as large and four times as many as
/// the one before. Marks of one octave and tone are one path, so that hundreds cost little.
/// </summary>
internal static class Mottle
{
    /// <summary>Draws marks over an area.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="area">Where.</param>
    /// <param name="part">The name of what they lie on.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="marks">About how many in all.</param>
    public static void Draw(GenericScene scene, SKRect area, string part, SKColor colour, int marks)
    {
        var random = scene.Random;
        var contrast = 0.03f * MathF.Pow(8, random.Next());
        var fading = random.Between(0.6f, 1.1f);
        var largest = MathF.Min(area.Width, area.Height) * random.Between(0.06f, 0.25f);
        var own = random.Chance(0.5);
        float stretch = random.Chance(0.4) ? random.Between(1.5f, 5) : 1, angle = random.Between(0, MathF.PI);
        var octaves = 0;
        for (var size = largest; size > 0.004f && octaves < 5; size /= 2)
        {
            octaves++;
        }

        // Four times as many each octave, up to the number asked for.
        var count = MathF.Max(2, marks * 3f / MathF.Pow(4, octaves));
        for (var octave = 0; octave < octaves; octave++, largest /= 2, contrast *= fading, count *= 4)
        {
            for (var tone = -1; tone <= 1; tone += 2)
            {
                using var path = new SKPath();
                for (var i = (int)(count / 2); i >= 0; i--)
                {
                    Mark(path, random, scene.Place(area), largest * random.Between(0.4f, 1), stretch, angle + random.Normal(0, 0.2f));
                }

                var name = own ? $"{part}.{(tone < 0 ? "dark" : "light")}{octave}" : part;
                scene.Painter.Fill(path, name, GenericScene.Lighter(colour, tone * contrast * random.Between(0.5f, 1)));
            }
        }
    }

    /// <summary>An uneven round mark.</summary>
    private static void Mark(SKPath path, SceneRandom random, SKPoint at, float radius, float stretch, float angle)
    {
        // A mark of a pixel or two needs no curves.
        var small = radius * stretch < 0.02f;
        Span<SKPoint> corners = stackalloc SKPoint[small ? 4 : 5];
        var (turnSin, turnCos) = MathF.SinCos(angle);
        for (var i = 0; i < corners.Length; i++)
        {
            var (sin, cos) = MathF.SinCos(MathF.Tau * (i + random.Between(-0.3f, 0.3f)) / corners.Length);
            float along = cos * radius * stretch, across = sin * radius * random.Between(0.5f, 1);
            corners[i] = new(at.X + (along * turnCos) - (across * turnSin), at.Y + (along * turnSin) + (across * turnCos));
        }

        if (small)
        {
            path.AddPoly(corners.ToArray());
            return;
        }

        path.MoveTo(Middle(corners[^1], corners[0]));
        for (var i = 0; i < corners.Length; i++)
        {
            path.QuadTo(corners[i], Middle(corners[i], corners[(i + 1) % corners.Length]));
        }

        path.Close();
    }

    private static SKPoint Middle(SKPoint a, SKPoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);
}
