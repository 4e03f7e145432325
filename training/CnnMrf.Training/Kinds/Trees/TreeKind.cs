using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Trees;

/// <summary>
/// One tree: broad-leaved, cypress, conifer, palm, willow, bare or in blossom, on its ground, under its sky. Landmarks: the crown's
/// extremes, middle and slanted edges, the trunk's top, middle and foot, the first fork, the ground, the horizon and the sky.
/// </summary>
public sealed class TreeKind : ISceneKind
{
    /// <inheritdoc/>
    public string Name => "tree";

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var (setting, shape, behind, near) = (random.Fork(), random.Fork(), random.Fork(), random.Fork());
        var sketch = new Sketch(painter);
        var air = Atmosphere.Any(setting);
        var sort = TreePlan.AnySort(setting);
        var winter = sort is not TreeSort.Palm && setting.Chance(sort is TreeSort.Conifer or TreeSort.Bare ? 0.3 : 0.04);
        var height = setting.Between(0.55f, 0.95f);
        var foot = Math.Min(setting.Between(0.72f, 0.97f), Math.Max(0.75f, height + setting.Between(-0.08f, 0.25f)));
        var horizon = foot - setting.Between(0.03f, 0.3f);
        var plan = TreePlan.Of(shape, sort, air, setting.Between(0.3f, 0.7f), foot, height, 0, shape.Between(0.5f, 1)) with
        {
            Snow =
            winter
        };
        var ground = GroundOf(setting, sort, winter);
        Watch(sketch, horizon, foot);
        TreeSurroundings.Behind(sketch, behind, air, plan, horizon, ground);
        if (behind.Chance(0.75) && air.Hour is not Hour.Storm)
        {
            TreeArt.Shadow(sketch, behind, plan, ground.Part, air.Lit(ground.Colour));
        }

        var marks = TreeArt.Draw(sketch, shape, plan);
        TreeSurroundings.Before(sketch, near, air, plan, ground);
        foreach (var mark in marks)
        {
            painter.Landmark(mark.Name, mark.Place.X, mark.Place.Y, mark.Part);
        }

        painter.Landmark("ground.left", Math.Max(0.05f, plan.X - 0.28f), foot, ground.Part);
        painter.Landmark("ground.right", Math.Min(0.95f, plan.X + 0.28f), foot, ground.Part);
        sketch.Tell();
    }

    private static void Watch(Sketch sketch, float horizon, float foot)
    {
        sketch.Watch("sky.top.left", 0.07f, 0.07f, Sketch.SkyParts);
        sketch.Watch("sky.top.right", 0.93f, 0.07f, Sketch.SkyParts);
        sketch.Watch("sky.left", 0.06f, horizon * 0.55f, Sketch.SkyParts);
        sketch.Watch("sky.right", 0.94f, horizon * 0.55f, Sketch.SkyParts);
        sketch.Watch("horizon.left", 0.06f, horizon);
        sketch.Watch("horizon.right", 0.94f, horizon);
        if (foot < 0.94f)
        {
            sketch.Watch("foreground.left", 0.1f, (1 + foot) / 2, Sketch.GroundParts);
            sketch.Watch("foreground.right", 0.9f, (1 + foot) / 2, Sketch.GroundParts);
            sketch.Watch("foreground.middle", 0.5f, (1 + foot) / 2, Sketch.GroundParts);
        }
    }

    private static (string Part, SKColor Colour) GroundOf(SceneRandom random, TreeSort sort, bool winter)
    {
        if (winter)
        {
            return ("snow", Tint.Hsv(210, random.Between(0, 0.08f), random.Between(0.88f, 0.99f)));
        }

        var sand = random.Chance(sort == TreeSort.Palm ? 0.6 : 0.04);
        return sand ? ("sand", Tint.Hsv(random.Between(28, 50), random.Between(0.2f, 0.5f), random.Between(0.7f, 0.95f)))
            : random.Chance(0.1) ? ("earth", Tint.Hsv(random.Between(20, 40), random.Between(0.25f, 0.6f), random.Between(0.3f, 0.65f)))
            : ("grass", OutdoorBackdrops.Grass(random));
    }
}
