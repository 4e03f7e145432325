using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>What is behind a person: plain colours, rooms, books, windows, the open air, blurred lights.</summary>
internal sealed class Backdrop(Painter painter, SceneRandom random)
{
    private readonly List<(SKPath Area, string Part)> _drawn = [];
    private string _ground = "background";

    /// <summary>Draws it and names its corners and sides.</summary>
    public void Draw()
    {
        switch (random.Below(100))
        {
            case < 20:
                painter.Background(_ground, Any());
                break;
            case < 34:
                Bands();
                break;
            case < 44:
                Halves();
                break;
            case < 60:
                Blurred();
                break;
            case < 70:
                Shelves();
                break;
            case < 77:
                Window();
                break;
            case < 83:
                Wallpaper();
                break;
            case < 88:
                Room();
                break;
            default:
                Outdoors();
                break;
        }

        foreach (var (name, x, y) in (ReadOnlySpan<(string, float, float)>)[
            ("background.left.top", 0.06f, 0.07f), ("background.right.top", 0.94f, 0.07f), ("background.left.upper", 0.07f, 0.3f),
            ("background.right.upper", 0.93f, 0.3f), ("background.left.middle", 0.07f, 0.52f), ("background.right.middle", 0.93f, 0.52f)])
        {
            var part = _ground;
            foreach (var (area, what) in _drawn)
            {
                part = area.Contains(x, y) ? what : part;
            }

            painter.Landmark(name, x, y, part);
        }

        foreach (var (area, _) in _drawn)
        {
            area.Dispose();
        }
    }

    private static SKPath Box(float left, float top, float right, float bottom)
    {
        var path = new SKPath();
        path.AddRect(new(left, top, right, bottom));
        return path;
    }

    private SKColor Any() => random.Below(4) switch
    {
        0 => Tone.Any(random, 0, 12, 10, 100),
        1 => Tone.Any(random, 35, 95, 25, 95),
        _ => Tone.Any(random, 5, 55, 20, 95),
    };

    /// <summary>Draws an area of a part of its own; areas of the ground's part need no record.</summary>
    private void Fill(SKPath area, string part, SKColor colour)
    {
        painter.Fill(area, part, colour);
        _drawn.Add((area, part));
    }

    private void Bands()
    {
        SKColor from = Any(), to = random.Chance(0.6) ? Tone.Near(random, from, 0.6f) : Any();
        painter.Background(_ground, from);
        var degrees = random.Pick(0, 90, 20, -35);
        using (painter.At(0.5f, 0.5f, 1, degrees))
        {
            const int steps = 9;
            for (var i = 1; i < steps; i++)
            {
                using var band = Box(-1.5f, -0.6f + (1.2f * i / steps), 1.5f, 2);
                painter.Fill(band, _ground, Tone.Mix(from, to, i / (steps - 1f)));
            }
        }
    }

    private void Halves()
    {
        painter.Background(_ground, Any());
        var colour = Any();
        var at = random.Between(0.25f, 0.75f);
        var lean = random.Between(-0.35f, 0.35f);
        painter.Polygon(_ground, colour, new(at + lean, -1), new(3, -1), new(3, 3), new(at - lean, 3));
        if (random.Chance(0.4))
        {
            painter.Polygon(_ground, Tone.Near(random, colour, 0.4f), new(-1, random.Between(0.5f, 0.9f)),
                new(2, random.Between(0.5f, 0.9f)), new(2, 3), new(-1, 3));
        }
    }

    private void Blurred()
    {
        var first = Any();
        var second = random.Chance(0.5) ? Tone.Near(random, first, 0.5f) : Any();
        painter.Background(_ground, first);
        var count = 10 + random.Below(26);
        var large = random.Between(0.06f, 0.3f);
        for (var i = 0; i < count; i++)
        {
            var (x, y, radius) = (random.Between(-0.2f, 1.2f), random.Between(-0.2f, 1.2f), random.Between(0.02f, large));
            var colour = Tone.Near(random, Tone.Mix(first, second, random.Next()), 0.3f);
            painter.Ellipse(x, y, radius, radius * random.Between(0.8f, 1.2f), _ground, Tone.Mix(first, colour, 0.5f));
            painter.Ellipse(x, y, radius * 0.7f, radius * 0.7f, _ground, colour);
        }
    }

    private void Shelves()
    {
        var wood = Tone.Near(random, new(120, 84, 56), 0.4f);
        painter.Background(_ground, Tone.Darker(wood, 0.5f));
        var height = random.Between(0.16f, 0.34f);
        var pale = random.Chance(0.3);
        for (var top = -0.3f + random.Between(0, height); top < 1.3f; top += height)
        {
            var x = -0.3f;
            while (x < 1.3f)
            {
                var wide = random.Between(0.02f, 0.07f);
                if (random.Chance(0.9))
                {
                    using var book = Box(x, top + (height * random.Between(0.1f, 0.4f)), x + wide, top + height);
                    painter.Fill(book, _ground, pale ? Tone.Any(random, 5, 30, 55, 95) : Tone.Any(random, 20, 80, 25, 85));
                }

                x += wide + 0.003f;
            }

            using var board = Box(-0.5f, top + (height * 0.97f), 1.5f, top + (height * 1.06f));
            painter.Fill(board, _ground, wood);
        }
    }

    private void Window()
    {
        painter.Background(_ground, Any());
        var left = random.Between(-0.15f, 0.5f);
        var right = left + random.Between(0.4f, 0.8f);
        var low = random.Between(0.5f, 0.9f);
        using var frame = Box(left - 0.03f, -0.5f, right + 0.03f, low + 0.03f);
        painter.Fill(frame, "window.frame", Tone.Any(random, 0, 30, 40, 100));
        _drawn.Add((new(frame), "window.frame"));
        var middle = (left + right) / 2;
        foreach (var (from, to) in (ReadOnlySpan<(float, float)>)[(left, middle - 0.012f), (middle + 0.012f, right)])
        {
            using var pane = Box(from, -0.5f, to, low);
            Fill(new(pane), "window", Tone.Any(random, 5, 40, 75, 100));
            using (painter.Inside(pane))
            {
                painter.Ellipse((from + to) / 2, low, (to - from) * 0.7f, random.Between(0.05f, 0.25f), "window",
                    Tone.Near(random, new(110, 146, 96), 0.3f));
            }
        }
    }

    private void Wallpaper()
    {
        var colour = Any();
        painter.Background(_ground, colour);
        var second = random.Chance(0.6) ? Tone.Near(random, colour, 0.35f) : Any();
        var step = random.Between(0.06f, 0.16f);
        var dots = random.Chance(0.4);
        for (var x = -0.4f; x < 1.4f; x += step)
        {
            if (dots)
            {
                for (var y = -0.4f; y < 1.4f; y += step)
                {
                    painter.Ellipse(x, y, step * 0.22f, step * 0.22f, _ground, second);
                }
            }
            else
            {
                using var stripe = Box(x, -1, x + (step * 0.5f), 2);
                painter.Fill(stripe, _ground, second);
            }
        }
    }

    private void Room()
    {
        var wall = Any();
        painter.Background(_ground, wall);
        using (var lower = Box(-1, random.Between(0.6f, 0.85f), 2, 3))
        {
            painter.Fill(lower, _ground, Tone.Near(random, wall, 0.5f));
        }

        for (var i = 0; i < 1 + random.Below(3); i++)
        {
            var (x, y, wide, high) = (random.Between(-0.1f, 0.8f), random.Between(-0.05f, 0.35f), random.Between(0.15f, 0.4f),
                random.Between(0.15f, 0.35f));
            Fill(Box(x, y, x + wide, y + high), "picture", Tone.Near(random, new(96, 70, 44), 0.4f));
            Fill(Box(x + 0.02f, y + 0.02f, x + wide - 0.02f, y + high - 0.02f), "picture", Any());
        }
    }

    private void Outdoors()
    {
        _ground = "sky";
        var sky = random.Chance(0.75) ? Tone.Near(random, new(140, 186, 226), 0.3f) : Any();
        painter.Background(_ground, sky);
        for (var i = 0; i < random.Below(5); i++)
        {
            var cloud = new SKPath();
            cloud.AddOval(SKRect.Create(random.Between(-0.2f, 0.9f), random.Between(-0.1f, 0.35f), random.Between(0.15f, 0.5f),
                random.Between(0.05f, 0.14f)));
            Fill(cloud, "cloud", Tone.Lighter(sky, random.Between(0.4f, 0.9f)));
        }

        var horizon = random.Between(0.35f, 0.75f);
        var green = Tone.Near(random, new(104, 140, 66), 0.35f);
        if (random.Chance(0.5))
        {
            SKPoint[] hills = [new(-0.5f, horizon), new(0.1f, horizon - random.Between(0, 0.16f)), new(0.5f, horizon),
                new(0.9f, horizon - random.Between(0, 0.2f)), new(1.5f, horizon), new(1.6f, 3), new(-0.6f, 3)];
            Fill(Curves.Closed(hills), "hill", Tone.Mix(green, sky, 0.5f));
        }

        Fill(Box(-1, horizon + 0.04f, 2, 3), "grass", green);
        for (var i = 0; i < random.Below(5); i++)
        {
            var (x, y) = (random.Between(-0.1f, 1.1f), horizon - random.Between(0.05f, 0.25f));
            using (var trunk = Box(x - 0.015f, y, x + 0.015f, horizon + 0.08f))
            {
                painter.Fill(trunk, "tree.trunk", new(84, 62, 44));
            }

            var leaves = new SKPath();
            for (var j = 0; j < 5; j++)
            {
                leaves.AddCircle(x + random.Between(-0.09f, 0.09f), y + random.Between(-0.09f, 0.07f), random.Between(0.05f, 0.12f));
            }

            Fill(leaves, "tree.leaves", Tone.Darker(green, random.Between(0.1f, 0.45f)));
        }
    }
}
