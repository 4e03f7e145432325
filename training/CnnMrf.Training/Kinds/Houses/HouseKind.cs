using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>
/// A house from the front or in three-quarter view: cottage, villa, town house in its row, barn, church with tower; roof, chimney, door,
/// windows, steps, garden or street. Landmarks: the roof's ends and middle, eaves, gable, chimney, door, the outer windows and their
/// corners, the walls' corners, path, ground and sky.
/// </summary>
public sealed class HouseKind : ISceneKind
{
    /// <inheritdoc/>
    public string Name => "house";

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var (setting, shape, drawing, around) = (random.Fork(), random.Fork(), random.Fork(), random.Fork());
        var sketch = new Sketch(painter);
        var air = Atmosphere.Any(setting);
        var plan = HousePlan.Any(shape, air, setting.Between(0.6f, 1));
        var view = ViewOf(setting, plan);
        var garden = new Garden(sketch, around, plan, view);
        Watch(sketch, view);
        garden.Behind();
        if (!plan.Church && !plan.Barn && plan.Roof is RoofSort.Gable or RoofSort.Along && plan.Floors >= 2 && around.Chance(0.4))
        {
            Row(sketch, around, plan, view);
        }

        var marks = HouseArt.Draw(sketch, drawing, plan, view);
        garden.Before(marks);
        foreach (var mark in marks)
        {
            painter.Landmark(mark.Name, mark.Place.X, mark.Place.Y, mark.Part);
        }

        sketch.Tell();
    }

    private static HouseView ViewOf(SceneRandom random, HousePlan plan)
    {
        var frontal = random.Chance(0.42);
        var degrees = frontal ? random.Normal(0, 1.5f) : random.Pick(-1f, 1f) * random.Between(12, 42);
        var (sin, cos) = MathF.SinCos(MathF.Abs(degrees) * MathF.PI / 180);
        var wide = (plan.Width * cos) + (plan.Depth * sin) + (2 * plan.Overhang) + (plan.Church ? 0.3f : 0);
        var scale = Math.Min(random.Between(0.5f, 0.95f) / wide, random.Between(0.55f, 0.9f) / plan.Top);
        var ground = Math.Clamp((scale * plan.Top) + random.Between(0.02f, 0.3f), 0.62f, 0.93f);
        return new(random.Between(0.42f, 0.58f), ground, scale, random.Between(0.08f, 0.5f) * plan.Height,
            degrees, frontal ? 0.05f : random.Between(0, 0.28f));
    }

    private static void Row(Sketch sketch, SceneRandom random, HousePlan plan, HouseView view)
    {
        // The neighbours share the front's plane; the far ones first.
        foreach (var side in (ReadOnlySpan<int>)(view.Degrees > 0 ? [1, -1] : [-1, 1]))
        {
            var edge = plan.Width / 2;
            for (var i = 0; i < 2; i++)
            {
                var other = HousePlan.Any(random, plan.Air, random.Pick(0.25f, 0.5f));
                other = other with
                {
                    Roof = plan.Roof,
                    Church = false,
                    Barn = false,
                    Arch = Arch.None,
                    Overhang = 0.02f,
                    Lit = plan.Lit,
                    Snow = plan.Snow,
                    Depth = plan.Depth,
                    Floors = plan.Floors,
                    Height = plan.Height * random.Between(0.85f, 1.2f),
                    Rise =
                        plan.Rise * random.Between(0.8f, 1.2f),
                };
                var x = side * (edge + (other.Width / 2));
                var place = view.At(x, 0, 0);
                var (sin, cos) = MathF.SinCos(view.Degrees * MathF.PI / 180);
                var near = 1 / (1 + (view.Perspective * x * sin));
                HouseArt.Draw(sketch, random, other, view with
                {
                    X = view.X + (view.Scale * near * x * cos),
                    Scale = view.Scale * near,
                    Ground = place.Y
                });
                edge += other.Width;
            }
        }
    }

    private static void Watch(Sketch sketch, HouseView view)
    {
        sketch.Watch("sky.top.left", 0.07f, 0.07f, Sketch.SkyParts);
        sketch.Watch("sky.top.right", 0.93f, 0.07f, Sketch.SkyParts);
        sketch.Watch("background.middle.left", 0.05f, view.Horizon * 0.6f);
        sketch.Watch("background.middle.right", 0.95f, view.Horizon * 0.6f);
        var low = (1 + view.Ground) / 2;
        sketch.Watch("ground.left", 0.06f, view.Ground + 0.02f, Sketch.GroundParts);
        sketch.Watch("ground.right", 0.94f, view.Ground + 0.02f, Sketch.GroundParts);
        sketch.Watch("foreground.left", 0.12f, low + 0.02f, Sketch.GroundParts);
        sketch.Watch("foreground.right", 0.88f, low + 0.02f, Sketch.GroundParts);
    }
}
