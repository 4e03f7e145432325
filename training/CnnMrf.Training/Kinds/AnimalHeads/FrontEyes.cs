using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.AnimalHeads;

/// <summary>Both eyes. Parts: <c>eye.white</c>, <c>iris</c>, <c>pupil</c>, <c>glint</c>, <c>lash</c> (the lids' rims).</summary>
internal sealed class FrontEyes(Painter painter, Features features, Fur fur, Func<float, float, float, SKPoint> at, SceneRandom random)
{
    private readonly bool _white = random.Chance(0.25);
    private readonly bool _slit = features.Slit && random.Chance(0.5);
    private readonly float _iris = random.Between(0.85f, 1.15f);
    private readonly float _pupil = random.Between(0.4f, 0.85f);
    private readonly float _gazeX = random.Normal(0, 0.12f);
    private readonly float _gazeY = random.Normal(0, 0.08f);
    private readonly float _lid = random.Chance(0.25) ? random.Between(0.1f, 0.5f) : 0;
    private readonly bool _dots = random.Chance(0.1);
    private readonly float _rim = random.Between(0.1f, 0.22f);

    /// <summary>Draws them.</summary>
    public void Draw()
    {
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var place = at(side * features.EyeX, features.EyeY, 0.35f);
            var matrix = SKMatrix.CreateTranslation(place.X,
                place.Y).PreConcat(SKMatrix.CreateScale(side * features.EyeSize, features.EyeSize))
                .PreConcat(SKMatrix.CreateRotationDegrees(-features.EyeTilt));
            using var moved = painter.Moved(matrix);
            // In these units x points outwards; on the left they are mirrored, so the words are exchanged there.
            Eye("eye.right", side);
        }
    }

    private void Eye(string name, int side)
    {
        if (_dots)
        {
            painter.Ellipse(0, 0, 0.55f, 0.65f, "pupil", new(15, 12, 12));
            painter.Ellipse(0.18f * side, -0.22f, 0.16f, 0.16f, "glint", SKColors.White);
            painter.Landmark($"{name}.pupil", 0, 0, "pupil");
            return;
        }

        var open = features.EyeOpen;
        if (fur.Shaded)
        {
            painter.Ellipse(0, -0.05f, 1.35f, open * 1.4f, "head",
                Tint.Shade(fur.Mask is Mask.Eyes or Mask.Disc ? fur.Mark : fur.Base, random.Pick(0.65f, 0.8f, 1.15f)));
        }

        SKPoint[] edge =
        [
            new(-1.02f, 0.12f), new(-0.5f, -open * 0.72f), new(0.1f, -open), new(0.7f, -open * 0.62f), new(1, -0.02f),
                new(0.6f, open * 0.6f), new(0, open * 0.85f), new(-0.6f, open * 0.62f),
        ];
        using (var outline = Curves.Closed(edge))
        {
            painter.Fill(outline, "eye.white", Tint.Hsv(40, 0.06f, 0.95f));
            using var inside = painter.Inside(outline);
            var reach = _white ? 0.72f * open * _iris : 1.25f;
            var (x, y) = (_white ? _gazeX * side : _gazeX * side * 0.5f, _gazeY);
            painter.Ellipse(x, y, reach, reach, "iris", fur.Iris);
            if (fur.Shaded)
            {
                painter.Ellipse(x, y + 0.35f, reach * 0.6f, reach * 0.35f, "iris", Tint.Shade(fur.Iris, 1.25f));
                painter.Curve("iris", 0.25f, Tint.Shade(fur.Iris, 0.5f), new(-0.9f, -open * 0.4f), new(0, -open * 0.85f),
                    new(0.9f, -open * 0.35f));
            }

            var width = (_white ? reach * 0.62f : open * 0.85f * _pupil) * (_slit ? 0.35f : 1);
            painter.Ellipse(x, y, width, _slit ? open * 0.8f : (_white ? reach * 0.62f : open * 0.85f * _pupil), "pupil", new(12, 10, 12));
            if (_lid > 0)
            {
                painter.Blob("head", Tint.Shade(fur.Base, 0.85f), new(-1.4f, -1.3f), new(1.4f, -1.3f), new(1.3f, -open * (0.9f - _lid)),
                    new(0, -open * (1 - _lid)), new(-1.3f, -open * (0.9f - _lid)));
            }

            painter.Landmark($"{name}.pupil", x, y, "pupil");
        }

        var dark = Tint.Shade(fur.Base, 0.2f);
        using (var upper = Curves.Open([edge[0], edge[1], edge[2], edge[3], edge[4]]))
        {
            painter.Line(upper, _rim * 1.4f, "lash", dark);
        }

        using (var lower = Curves.Open([edge[4], edge[5], edge[6], edge[7], edge[0]]))
        {
            painter.Line(lower, _rim * 0.8f, "lash", dark);
        }

        painter.Ellipse(0.25f * side, -open * 0.38f, 0.17f, 0.17f, "glint", SKColors.White);
        painter.Landmark($"{name}.inner", edge[0].X, edge[0].Y, "lash");
        painter.Landmark($"{name}.outer", edge[4].X, edge[4].Y, "lash");
        painter.Landmark($"{name}.top", edge[2].X, edge[2].Y, "lash");
        painter.Landmark($"{name}.bottom", edge[6].X, edge[6].Y, "lash");
    }
}
