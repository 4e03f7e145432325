using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Both brows.</summary>
internal sealed class Brows(Painter painter, Head head, Palette palette, Manner manner, SceneRandom random)
{
    /// <summary>Draws what can be seen of them; some faces have none.</summary>
    public void Draw()
    {
        if (random.Chance(manner.Cartoon ? 0.14 : 0.03))
        {
            return;
        }

        var thick = random.Between(0.03f, 0.075f) * (manner.Cartoon ? random.Between(0.6f, 1.7f) : 1);
        var inner = head.EyeX - (head.Width * random.Between(0.2f, 0.28f));
        var outer = head.EyeX + (head.Width * random.Between(0.26f, 0.36f));
        var raise = random.Normal(0, 0.04f);
        var arch = random.Between(-0.01f, 0.08f);
        var drop = random.Between(-0.03f, 0.08f);
        var shape = random.Below(3);
        var colour = random.Chance(manner.Cartoon ? 0.3 : 0.06) ? palette.Ink : palette.Brow;
        foreach (var (side, word) in Sides.Both)
        {
            var skew = random.Normal(0, 0.012f);
            if (!head.Sees(side * (inner + 0.08f), head.BrowLine))
            {
                continue;
            }

            SKPoint At(float along, float above) => head.At(
                side * (inner + (along * (outer - inner))),
                head.BrowLine + skew + raise - (2 * raise * along) - (arch * MathF.Sin(MathF.PI * Math.Min(1,
                along * 0.85f))) + (drop * along * along) - above,
                0.03f);
            if (shape == 0 || manner.Cartoon)
            {
                painter.Curve("brow", thick, colour, At(0, 0), At(0.35f, 0), At(0.7f, 0), At(1, 0));
            }
            else
            {
                painter.Blob("brow", colour,
                    At(0, thick * 0.45f), At(0.3f, thick * 0.6f), At(0.65f, thick * 0.55f), At(1, 0),
                    At(0.65f, -thick * 0.2f), At(0.3f, -thick * 0.45f), At(0, -thick * 0.5f));
                if (shape == 2)
                {
                    for (var i = 0; i < 6; i++)
                    {
                        var along = random.Between(0, 0.8f);
                        painter.Curve("brow", 0.01f, Tone.Near(random, colour, 0.35f), At(along, -thick * 0.5f),
                            At(along + 0.1f, thick * 0.6f));
                    }
                }
            }

            Mark($"brow.{word}.inner", At(0, 0));
            Mark($"brow.{word}.middle", At(0.5f, 0));
            Mark($"brow.{word}.outer", At(1, 0));
        }
    }

    private void Mark(string name, SKPoint place) => painter.Landmark(name, place.X, place.Y, "brow");
}
