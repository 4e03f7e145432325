using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Glasses, clear or dark.</summary>
internal sealed class Glasses(Painter painter, Head head, SceneRandom random)
{
    /// <summary>Draws them, if there are any.</summary>
    public void Draw(Eyewear kind)
    {
        if (kind == Eyewear.None)
        {
            return;
        }

        var frame = random.Chance(0.6) ? Tone.Near(random, new(24, 22, 24), 0.15f) : Tone.Any(random, 20, 90, 20, 80);
        var thick = random.Between(0.018f, 0.055f);
        var half = Math.Min(head.EyeX * 0.88f, head.Width * random.Between(0.3f, 0.42f));
        var height = half * random.Between(0.6f, 1);
        var square = random.Between(1, 0.7f);
        var lens = Tone.Darker(Tone.Any(random, 0, 60, 20, 50), random.Between(0.2f, 0.7f));
        SKPoint At(int side, float outwards, float down) =>
            head.At(side * (head.EyeX + outwards), head.EyeLine + 0.02f + down, 0.06f);
        foreach (var (side, word) in Sides.Both)
        {
            if (!head.Sees(side * head.EyeX * 0.7f, head.EyeLine))
            {
                continue;
            }

            var corner = 0.72f + (0.24f * (1 - square) / 0.3f);
            using var rim = Curves.Closed(
            [
                At(side, -half, 0), At(side, -half * corner, -height * corner), At(side, 0, -height),
                At(side, half * corner, -height * corner),
                At(side, half, 0), At(side, half * corner, height * corner), At(side, 0, height), At(side, -half * corner, height * corner),
            ]);
            if (kind == Eyewear.Dark)
            {
                painter.Fill(rim, "lens", lens);
                painter.Curve("lens", 0.04f, Tone.Lighter(lens, 0.4f), At(side, -half * 0.5f, height * 0.2f),
                    At(side, half * 0.1f, -height * 0.6f));
                var middle = At(side, 0, 0);
                painter.Landmark($"lens.{word}", middle.X, middle.Y, "lens");
            }
            else if (random.Chance(0.25))
            {
                painter.Curve("glint", 0.02f, new(236, 242, 248), At(side, half * 0.4f, height * 0.55f),
                    At(side, half * 0.7f, height * 0.1f));
            }

            painter.Line(rim, thick, "glasses", frame);
            if (!head.IsFar(side))
            {
                painter.Curve("glasses", thick, frame, At(side, half, -height * 0.3f), head.Around(side * 0.98f, head.EyeLine - 0.06f));
            }
        }

        painter.Curve("glasses", thick, frame, At(-1, -half, -height * 0.15f), head.At(0, head.EyeLine - (height * 0.2f), 0.1f),
            At(1, -half, -height * 0.15f));
    }
}
