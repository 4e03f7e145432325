using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>What it stands on and what stands before it. In the scene's units.</summary>
internal sealed class Ground(Painter painter, SceneRandom random)
{
    private SKColor _colour;
    private string _part = "grass";
    private bool _own;

    /// <summary>The ground, unless the backdrop's is left.</summary>
    /// <param name="feet">The height at which the feet are.</param>
    /// <param name="left">Where the animal begins.</param>
    /// <param name="right">Where it ends.</param>
    public void Draw(float feet, float left, float right)
    {
        _own = random.Chance(0.7);
        if (_own)
        {
            (_part, _colour) = random.Below(8) switch
            {
                0 or 1 or 2 or 3 => ("grass", Tint.Hsv(random.Between(50, 135), random.Between(0.25f, 0.75f),
                    random.Between(0.25f, 0.75f))),
                4 => ("sand", Tint.Hsv(random.Between(28, 48), random.Between(0.2f, 0.5f), random.Between(0.6f, 0.95f))),
                5 => ("ground", Tint.Hsv(random.Between(15, 40), random.Between(0.2f, 0.5f), random.Between(0.2f, 0.6f))),
                6 => ("floor", Tint.Hsv(random.Between(10, 45), random.Between(0, 0.6f), random.Between(0.2f, 0.9f))),
                _ => ("snow", Tint.Hsv(210, random.Between(0, 0.1f), random.Between(0.85f, 1))),
            };
            var top = feet - random.Between(0.02f, 0.3f);
            var tilt = _part == "floor" ? 0 : random.Normal(0, 0.02f);
            using var land = Curves.Open([new(-0.6f, top - tilt), new(0.2f, top + random.Normal(0, tilt)), new(0.7f, top),
                new(1.6f, top + tilt)]);
            land.LineTo(1.6f, 1.6f);
            land.LineTo(-0.6f, 1.6f);
            land.Close();
            painter.Fill(land, _part, _colour);
            using var inside = painter.Inside(land);
            for (var i = random.Below(6); i > 0; i--)
            {
                painter.Ellipse(random.Between(0, 1), random.Between(top, 1.1f), random.Between(0.1f, 0.4f), random.Between(0.01f, 0.04f),
                    _part,
                    Tint.Shade(_colour, random.Between(0.85f, 1.12f)));
            }

            if (random.Chance(0.65))
            {
                painter.Ellipse((left + right) / 2, feet - 0.005f, (right - left) * 0.45f, 0.022f, _part, Tint.Shade(_colour, 0.6f));
            }

            painter.Landmark("ground.below", (left + right) / 2, feet + 0.07f, _part);
        }
    }

    /// <summary>Blades of grass, or a fence, before it.</summary>
    /// <param name="feet">The height at which the feet are.</param>
    /// <param name="size">The animal's size.</param>
    public void Front(float feet, float size)
    {
        if (_own && _part == "grass" && random.Chance(0.4))
        {
            for (var i = 25 + random.Below(40); i > 0; i--)
            {
                var (x, y, h) = (random.Between(0, 1), feet + random.Between(0, 0.08f), size * random.Between(0.04f, 0.1f));
                painter.Curve("grass", 0.007f, Tint.Shade(_colour, random.Between(0.7f, 1.2f)), new(x, y),
                    new(x + random.Normal(0, 0.006f), y - (h * 0.6f)),
                    new(x + random.Normal(0, 0.02f), y - h));
            }
        }

        if (random.Chance(0.05))
        {
            var wood = Tint.Hsv(30, random.Between(0, 0.5f), random.Between(0.3f, 0.95f));
            var top = feet - (size * random.Between(0.15f, 0.45f));
            for (var i = 0; i < 2; i++)
            {
                painter.Curve("fence", 0.02f, wood, new(-0.5f, top + (i * 0.08f)), new(1.5f, top + (i * 0.08f)));
            }

            for (var x = random.Between(-0.1f, 0.1f); x < 1.2f; x += 0.3f)
            {
                painter.Curve("fence", 0.028f, Tint.Shade(wood, 0.9f), new(x, top - 0.04f), new(x, feet + 0.12f));
            }
        }
    }
}
