using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using CnnMrf.Training.Kinds.Trees;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Landscapes;

/// <summary>
/// A landscape: sky, mountains, hills, fields, water, ways, trees, houses, at all times of the day and the year. Landmarks: places of the
/// sky, the skyline, the main peak, sun and cloud, the river's or path's course, the nearest tree, a house, and places of the ground.
/// </summary>
public sealed class LandscapeKind : ISceneKind
{
    private static readonly HashSet<string> Distance = ["hill", "mountain"];
    private static readonly HashSet<string> Water = ["water"];

    /// <inheritdoc/>
    public string Name => "landscape";

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var (setting, sky, ground, growth, small) = (random.Fork(), random.Fork(), random.Fork(), random.Fork(), random.Fork());
        var sketch = new Sketch(painter);
        var sort = setting.Pick(LandSort.Alpine, LandSort.Alpine, LandSort.Farmland, LandSort.Farmland, LandSort.Coast, LandSort.Valley,
            LandSort.Valley,
            LandSort.Avenue, LandSort.Lakeside, LandSort.Lakeside, LandSort.Dunes);
        var winter = sort is not (LandSort.Dunes or LandSort.Coast) && setting.Chance(0.12);
        var land = new Land(sketch, sort, Atmosphere.Any(setting), setting.Between(0.25f, 0.68f), winter, setting.Chance(0.2),
            OutdoorBackdrops.Grass(setting));
        Watch(sketch, land.Horizon);
        Sky(land, sky);
        Ground(land, ground);
        var tree = sort is LandSort.Dunes or LandSort.Coast ? TreeSort.Palm
            : winter ? growth.Pick(TreeSort.Conifer, TreeSort.Bare)
            : sort == LandSort.Alpine ? growth.Pick(TreeSort.Conifer, TreeSort.Conifer, TreeSort.Broad)
            : TreePlan.AnySort(growth) is var any && any == TreeSort.Palm ? TreeSort.Broad : any;
        if (sort is not (LandSort.Dunes or LandSort.Coast) && growth.Chance(0.45))
        {
            Growth.House(land, growth);
        }

        if (land.Shore < 1 && (sort is not (LandSort.Dunes or LandSort.Coast) || growth.Chance(0.4)))
        {
            Growth.Trees(land, growth, tree);
        }

        Growth.Small(land, small);
        foreach (var (name, column) in new[] { ("skyline.left", 0.1f), ("skyline.middle", 0.5f), ("skyline.right", 0.9f) })
        {
            var (row, part) = land.Skyline(column);
            painter.Landmark(name, column, row, part);
        }

        sketch.Tell();
    }

    private static void Sky(Land land, SceneRandom random)
    {
        var (sketch, air, horizon) = (land.Sketch, land.Air, land.Horizon);
        Skies.Plain(sketch, random, air, horizon);
        if (air.Hour == Hour.Night)
        {
            Skies.Stars(sketch, random, horizon);
        }

        if (random.Chance(0.08))
        {
            Skies.Eddies(sketch, random, air, horizon);
        }

        if (random.Chance(air.Hour is Hour.Overcast or Hour.Storm ? 0.05 : 0.55))
        {
            Skies.Light(sketch, random, air, random.Between(0.08f, 0.92f), horizon * random.Between(0.12f, 0.9f),
                random.Between(0.02f, 0.1f), true);
        }

        var clouds = random.Chance(0.25) ? 0 : 1 + random.Below(6);
        Skies.Clouds(sketch, random, air, horizon, clouds);
        if (clouds > 0 && random.Chance(0.6))
        {
            var (x, y, width) = (random.Between(0.15f, 0.85f), horizon * random.Between(0.2f, 0.6f), random.Between(0.3f, 0.6f));
            Skies.Cumulus(sketch, random, air, x, y, width);
            sketch.Painter.Landmark("cloud", x, y - (width * 0.06f), "cloud");
        }
    }

    private static void Ground(Land land, SceneRandom random)
    {
        SKPoint[] behind = [];
        if (land.Sort == LandSort.Alpine || random.Chance(land.Sort is LandSort.Lakeside or LandSort.Valley ? 0.6 : 0.25))
        {
            behind = Mountains.Draw(land, random);
        }

        if (random.Chance(land.Sort == LandSort.Coast ? 0.3 : 0.6))
        {
            Mountains.Hills(land, random, 1 + random.Below(3), random.Between(0.03f, 0.14f));
        }

        switch (land.Sort)
        {
            case LandSort.Coast:
                Waters.Sea(land, random);
                if (random.Chance(0.7))
                {
                    Waters.Beach(land, random);
                }

                return;
            case LandSort.Dunes:
                Dunes(land, random);
                return;
        }

        Fields.Plain(land, random);
        var farX = random.Between(0.2f, 0.8f);
        switch (land.Sort)
        {
            case LandSort.Lakeside:
                Waters.Lake(land, random, behind);
                return;
            case LandSort.Alpine when random.Chance(0.35):
                Waters.Lake(land, random, behind);
                return;
            case LandSort.Farmland:
                if (random.Chance(0.5))
                {
                    Fields.Patchwork(land, random);
                }

                if (random.Chance(0.65))
                {
                    Fields.Furrows(land, random);
                }

                break;
            case LandSort.Valley:
                Waters.Way(land, random, land.Horizon + random.Between(0.005f, 0.05f), river: random.Chance(0.65), farX);
                return;
        }

        if (random.Chance(land.Sort == LandSort.Avenue ? 0.9 : 0.45))
        {
            Waters.Way(land, random, land.Horizon + random.Between(0.005f, 0.08f), river: random.Chance(0.2), farX);
        }
    }

    private static void Dunes(Land land, SceneRandom random)
    {
        var hue = random.Between(18, 46);
        var rows = 2 + random.Below(4);
        for (var i = 0; i < rows; i++)
        {
            var t = (float)i / rows;
            var sand = Tint.Hsv(hue, random.Between(0.3f, 0.6f), random.Between(0.7f, 0.95f));
            var ridge = Land.Waves(random, land.Horizon + ((1 - land.Horizon) * t), 0.02f + (0.06f * t), random.Between(0.3f, 0.5f));
            land.Ridge("sand", land.Air.Far(sand, 0.4f * (1 - t)), ridge, smooth: true);
        }
    }

    private static void Watch(Sketch sketch, float horizon)
    {
        sketch.Watch("sky.top.left", 0.07f, 0.07f, Sketch.SkyParts);
        sketch.Watch("sky.top.middle", 0.5f, 0.07f, Sketch.SkyParts);
        sketch.Watch("sky.top.right", 0.93f, 0.07f, Sketch.SkyParts);
        sketch.Watch("sky.middle.left", 0.1f, horizon * 0.5f, Sketch.SkyParts);
        sketch.Watch("sky.middle", 0.5f, horizon * 0.5f, Sketch.SkyParts);
        sketch.Watch("sky.middle.right", 0.9f, horizon * 0.5f, Sketch.SkyParts);
        sketch.Watch("sky.low.left", 0.25f, horizon * 0.8f, Sketch.SkyParts);
        sketch.Watch("sky.low.right", 0.75f, horizon * 0.8f, Sketch.SkyParts);
        sketch.Watch("distance.left", 0.2f, horizon - 0.02f, Distance);
        sketch.Watch("distance.middle", 0.5f, horizon - 0.02f, Distance);
        sketch.Watch("distance.right", 0.8f, horizon - 0.02f, Distance);
        sketch.Watch("water.near.left", 0.1f, 0.93f, Water);
        sketch.Watch("water.near.right", 0.9f, 0.93f, Water);
        var (far, middle) = (horizon + ((1 - horizon) * 0.15f), horizon + ((1 - horizon) * 0.45f));
        sketch.Watch("ground.far.left", 0.12f, far, Sketch.GroundParts);
        sketch.Watch("ground.far.middle", 0.5f, far, Sketch.GroundParts);
        sketch.Watch("ground.far.right", 0.88f, far, Sketch.GroundParts);
        sketch.Watch("ground.middle.left", 0.1f, middle, Sketch.GroundParts);
        sketch.Watch("ground.middle", 0.5f, middle, Sketch.GroundParts);
        sketch.Watch("ground.middle.right", 0.9f, middle, Sketch.GroundParts);
        sketch.Watch("foreground.left", 0.1f, 0.93f, Sketch.GroundParts);
        sketch.Watch("foreground.middle", 0.5f, 0.94f, Sketch.GroundParts);
        sketch.Watch("foreground.right", 0.9f, 0.93f, Sketch.GroundParts);
    }
}
