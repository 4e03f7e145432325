using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>A roof's shape.</summary>
internal enum RoofSort
{
    /// <summary>The ridge runs along the front: the slope faces the viewer.</summary>
    Along,

    /// <summary>The ridge runs to the back: the gable faces the viewer.</summary>
    Gable,

    /// <summary>As <see cref="Gable"/>, each slope broken once, as on barns.</summary>
    Gambrel,

    /// <summary>Slopes on all sides.</summary>
    Hip,

    /// <summary>A slab.</summary>
    Flat,
}

/// <summary>How a wall is made.</summary>
internal enum Masonry
{
    Plaster,
    Bricks,
    Boards,
    Planks,
    Timber,
    Stones,
}

/// <summary>A house's shape and natural colours.</summary>
/// <param name="Roof">The roof's shape.</param>
/// <param name="Width">Of the front, units.</param>
/// <param name="Depth">Units.</param>
/// <param name="Height">Of the walls, units.</param>
/// <param name="Rise">Of the roof, units.</param>
/// <param name="Floors">1…4.</param>
/// <param name="Columns">Windows and door beside each other.</param>
/// <param name="DoorColumn">Which of them is the door on the ground floor; −1: none.</param>
/// <param name="Masonry">The walls' make.</param>
/// <param name="Arch">The windows' heads.</param>
/// <param name="WallColour">Unlit.</param>
/// <param name="RoofColour">Unlit.</param>
/// <param name="FrameColour">Of the window frames, unlit.</param>
/// <param name="DoorColour">Unlit.</param>
/// <param name="TrimColour">Of shutters and beams, unlit.</param>
/// <param name="Air">The light.</param>
/// <param name="Detail">0 (far) … 1 (near).</param>
/// <param name="Flat">Whether inner shading is left away.</param>
internal sealed record HousePlan(RoofSort Roof, float Width, float Depth, float Height, float Rise, int Floors, int Columns, int DoorColumn,
    Masonry Masonry, Arch Arch, SKColor WallColour, SKColor RoofColour, SKColor FrameColour, SKColor DoorColour, SKColor TrimColour,
    Atmosphere Air, float Detail, bool Flat)
{
    /// <summary>How far the roof reaches over the walls, units.</summary>
    public float Overhang { get; init; } = 0.06f;

    /// <summary>Whether it is a barn: a gate with braces, few windows.</summary>
    public bool Barn { get; init; }

    /// <summary>Whether it is a church: a tower, tall windows.</summary>
    public bool Church { get; init; }

    /// <summary>Whether snow lies on the roof.</summary>
    public bool Snow { get; init; }

    /// <summary>Whether windows are lit from inside.</summary>
    public bool Lit { get; init; }

    /// <summary>The highest point, units.</summary>
    public float Top => Height + Rise + (Church ? 0.9f : 0);

    /// <summary>Some house.</summary>
    public static HousePlan Any(SceneRandom random, Atmosphere air, float detail)
    {
        var colours = random.Fork();
        var shape = random.Below(12);
        var (roof, floors, columns) = shape switch
        {
            0 or 1 or 2 => (RoofSort.Along, 1, 3 + random.Below(2)),
            3 or 4 => (RoofSort.Along, 2, 3 + random.Below(3)),
            5 or 6 => (RoofSort.Gable, 1 + random.Below(2), 2 + random.Below(2)),
            7 => (RoofSort.Gable, 3, 2 + random.Below(2)),
            8 => (RoofSort.Hip, 2, 3 + (2 * random.Below(2))),
            9 => (random.Pick(RoofSort.Gambrel, RoofSort.Gable, RoofSort.Along), 1, 3),
            10 => (random.Pick(RoofSort.Along, RoofSort.Gable), 1, 3),
            _ => (random.Pick(RoofSort.Flat, RoofSort.Hip, RoofSort.Along), 1 + random.Below(3), 3 + random.Below(2)),
        };
        var (barn, church) = (shape == 9, shape == 10);
        var storey = random.Between(0.3f, 0.42f) * (floors == 1 ? 1.2f : 1) * (church ? 1.35f : 1);
        var width = columns * random.Between(0.28f, 0.42f);
        if (barn)
        {
            (storey, width) = (random.Between(0.45f, 0.6f), random.Between(1, 1.3f));
        }

        var rise = roof switch
        {
            RoofSort.Flat => random.Between(0.03f, 0.08f),
            RoofSort.Hip => random.Between(0.25f, 0.45f),
            RoofSort.Gambrel => random.Between(0.5f, 0.7f),
            _ => random.Between(0.3f, 0.75f) * Math.Min(1.1f, width),
        };
        var wall = WallColourOf(colours, barn);
        var door = columns > 2 && random.Chance(0.65) ? columns / 2 : random.Below(columns);
        return new(roof, width, width * random.Between(0.6f, 1.15f), storey * floors, rise, floors, columns, door,
            colours.Pick(Masonry.Plaster, Masonry.Plaster, Masonry.Plaster, Masonry.Bricks, Masonry.Boards, barn ? Masonry.Planks
                : Masonry.Timber,
                Masonry.Stones),
            church ? random.Pick(Arch.Round, Arch.Pointed) : random.Chance(0.12) ? Arch.Round : Arch.None,
            wall, RoofColourOf(colours),
            colours.Chance(0.7) ? Tint.Hsv(45, colours.Between(0, 0.1f), colours.Between(0.85f, 1))
                : Tint.Vary(colours, Tint.Shade(wall, 0.45f), 0.2f),
            Tint.Hsv(colours.Between(0, 360), colours.Between(0.2f, 0.8f), colours.Between(0.2f, 0.75f)),
            Tint.Hsv(colours.Between(0, 360), colours.Between(0.15f, 0.75f), colours.Between(0.15f, 0.7f)),
            air, detail, random.Chance(0.25))
        {
            Overhang = roof == RoofSort.Flat ? random.Between(0, 0.08f) : random.Between(0.02f, 0.12f),
            Barn = barn,
            Church = church,
            Snow = random.Chance(0.07),
            Lit = air.Hour is Hour.Night or Hour.Dusk or Hour.Storm && random.Chance(0.6),
        };
    }

    /// <summary>A colour in the light.</summary>
    /// <param name="colour">Unlit.</param>
    /// <param name="side">−1: a side that faces left; 0: the front; 1: right.</param>
    public SKColor Seen(SKColor colour, int side = 0)
    {
        var facing = side == 0 ? 0.97f : (side < 0) == Air.FromLeft ? 1.02f : 0.72f;
        return Air.Lit(Tint.Shade(colour, Flat && side == 0 ? 1 : facing));
    }

    private static SKColor WallColourOf(SceneRandom random, bool barn) => barn && random.Chance(0.7)
        ? Tint.Hsv(random.Between(0, 25), random.Between(0.4f, 0.8f), random.Between(0.35f, 0.7f))
        : random.Below(4) switch
        {
            0 => Tint.Hsv(random.Between(0, 360), random.Between(0.1f, 0.55f), random.Between(0.5f, 0.95f)),
            1 => Tint.Hsv(random.Between(5, 30), random.Between(0.3f, 0.65f), random.Between(0.4f, 0.75f)),
            _ => Tint.Hsv(random.Between(25, 60), random.Between(0.02f, 0.35f), random.Between(0.75f, 1)),
        };

    private static SKColor RoofColourOf(SceneRandom random) => random.Below(5) switch
    {
        0 => Tint.Hsv(random.Between(190, 260), random.Between(0.05f, 0.35f), random.Between(0.2f, 0.55f)),
        1 => Tint.Hsv(random.Between(25, 50), random.Between(0.2f, 0.6f), random.Between(0.35f, 0.8f)),
        2 => Tint.Hsv(random.Between(0, 360), random.Between(0.1f, 0.6f), random.Between(0.25f, 0.7f)),
        _ => Tint.Hsv(random.Between(2, 26), random.Between(0.4f, 0.8f), random.Between(0.4f, 0.85f)),
    };
}
