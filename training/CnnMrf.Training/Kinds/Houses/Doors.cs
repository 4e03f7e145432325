using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>Draws doors, gates and what leads to them.</summary>
internal static class Doors
{
    /// <summary>A door with frame, panels, handle, at times steps and a canopy.</summary>
    public static void Draw(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, float u, float width, float height,
        List<HouseMark> marks)
    {
        var door = plan.Seen(plan.DoorColour);
        var frame = plan.Seen(plan.FrameColour);
        var (left, right, f) = (u - (width / 2), u + (width / 2), random.Between(0.012f, 0.03f));
        var arch = plan.Arch != Arch.None ? plan.Arch : random.Chance(0.12) ? Arch.Round : Arch.None;
        using (var outer = wall.Opening(left - f, 0, right + f, height + f, arch))
        {
            sketch.Fill(outer, "door.frame", frame);
        }

        using (var leaf = wall.Opening(left, 0, right, height, arch))
        {
            sketch.Fill(leaf, "door", door);
        }

        Panels(sketch, random, plan, wall, left, right, height);
        var onLeft = random.Chance(0.5);
        var handle = wall.At(onLeft ? left + (width * 0.14f) : right - (width * 0.14f), height * 0.45f);
        var r = 0.016f * wall.Scale;
        sketch.Ellipse(handle.X, handle.Y, r, r, "door.handle",
            plan.Air.Lit(Tint.Hsv(45, random.Between(0, 0.7f), random.Pick(0.15f, 0.85f))));
        if (random.Chance(0.25))
        {
            var canopy = plan.Seen(plan.RoofColour);
            sketch.Polygon("roof", canopy, wall.At(left - 0.06f, height + 0.03f), wall.At(u, height + random.Between(0.08f, 0.16f)),
                wall.At(right + 0.06f, height + 0.03f));
        }

        if (random.Chance(0.4))
        {
            var stone = plan.Air.Lit(Tint.Hsv(35, 0.08f, random.Between(0.55f, 0.85f)));
            for (var i = 0; i < 2; i++)
            {
                wall.Box(sketch, "steps", Tint.Shade(stone, i == 0 ? 1 : 0.82f), left - 0.03f - (0.04f * i), -0.03f * (i + 1), right
                    + 0.03f + (0.04f * i), -0.03f * i);
            }
        }

        marks.Add(new("door.handle", handle, "door.handle"));
        marks.Add(new("door.middle", wall.At(u, height * 0.5f), "door"));
        marks.Add(new("door.bottom.left", wall.At(left, 0.01f), "door"));
        marks.Add(new("door.bottom.right", wall.At(right, 0.01f), "door"));
        if (arch == Arch.None)
        {
            marks.Add(new("door.top.left", wall.At(left, height), "door"));
            marks.Add(new("door.top.right", wall.At(right, height), "door"));
        }
        else
        {
            marks.Add(new("door.top", wall.At(u, height), "door"));
        }
    }

    /// <summary>A barn's gate.</summary>
    public static void Gate(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, List<HouseMark> marks)
    {
        var width = plan.Width * random.Between(0.32f, 0.5f);
        var height = plan.Height * random.Between(0.6f, 0.85f);
        var u = plan.Width / 2;
        var (left, right) = (u - (width / 2), u + (width / 2));
        var trim = plan.Seen(plan.FrameColour);
        wall.Box(sketch, "door.frame", trim, left - 0.03f, 0, right + 0.03f, height + 0.03f);
        wall.Box(sketch, "door", plan.Seen(random.Chance(0.5) ? plan.WallColour : plan.DoorColour), left, 0, right, height);
        for (var i = 0; i < 2; i++)
        {
            var (a, b) = (i == 0 ? left : u, i == 0 ? u : right);
            foreach (var (from, to) in new[] { (wall.At(a, 0), wall.At(b, height)), (wall.At(a, height), wall.At(b, 0)),
                (wall.At(b, 0), wall.At(b, height)) })
            {
                sketch.Line("door.frame", 0.025f * wall.Scale, trim, from.X, from.Y, to.X, to.Y);
            }
        }

        marks.Add(new("door.top.left", wall.At(left, height), "door.frame"));
        marks.Add(new("door.top.right", wall.At(right, height), "door.frame"));
        marks.Add(new("door.bottom.left", wall.At(left, 0.01f), "door.frame"));
        marks.Add(new("door.bottom.right", wall.At(right, 0.01f), "door.frame"));
        marks.Add(new("door.middle", wall.At(u, height / 2), "door.frame"));
    }

    private static void Panels(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, float left, float right, float height)
    {
        var door = plan.Seen(plan.DoorColour);
        var w = right - left;
        var dark = Tint.Shade(door, random.Pick(0.75f, 1.2f));
        switch (random.Below(5))
        {
            case 0:
                wall.Box(sketch, "door", dark, left + (w * 0.15f), height * 0.08f, right - (w * 0.15f), height * 0.4f);
                wall.Box(sketch, "door", dark, left + (w * 0.15f), height * 0.55f, right - (w * 0.15f), height * 0.88f);
                break;
            case 1:
                wall.Box(sketch, "window.glass", plan.Lit ? Tint.Hsv(45, 0.5f, 1) : plan.Air.Lit(Tint.Hsv(210, 0.25f, 0.5f)),
                    left + (w * 0.2f), height * 0.62f, right - (w * 0.2f), height * 0.88f);
                break;
            case 2:
                for (var i = 1; i < 4; i++)
                {
                    var (from, to) = (wall.At(left + (w * i / 4), 0), wall.At(left + (w * i / 4), height * 0.85f));
                    sketch.Line("door", 0.008f * wall.Scale, dark, from.X, from.Y, to.X, to.Y);
                }

                break;
        }
    }
}
