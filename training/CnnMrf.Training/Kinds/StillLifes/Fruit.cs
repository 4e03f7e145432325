using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Animals;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.StillLifes;

/// <summary>A sort of fruit.</summary>
internal enum FruitSort
{
    Apple,
    Pear,
    Orange,
    Lemon,
    Plum,
    Pomegranate,
    Banana,
    Grapes,
}

/// <summary>
/// Draws fruit. Parts: <c>fruit</c>, <c>stem</c>, <c>leaf</c>, <c>glint</c>.
/// </summary>
/// <param name="painter">In the scene's units.</param>
/// <param name="setting">The light.</param>
internal sealed class Fruit(Painter painter, Setting setting)
{
    /// <summary>A sort with a clear top and bottom, often the round ones.</summary>
    public static FruitSort Any(SceneRandom random) =>
        random.Pick(FruitSort.Apple, FruitSort.Apple, FruitSort.Apple, FruitSort.Pear, FruitSort.Pear, FruitSort.Orange,
        FruitSort.Orange, FruitSort.Lemon, FruitSort.Plum, FruitSort.Pomegranate, FruitSort.Banana, FruitSort.Grapes);

    /// <summary>Draws one.</summary>
    /// <param name="sort">The sort.</param>
    /// <param name="x">Its middle.</param>
    /// <param name="y">Its middle.</param>
    /// <param name="radius">Half its width, about.</param>
    /// <param name="main">Whether its places are named.</param>
    /// <param name="random">Decides the rest.</param>
    public void Draw(FruitSort sort, float x, float y, float radius, bool main, SceneRandom random)
    {
        var degrees = sort switch
        {
            FruitSort.Banana => random.Between(-25, 25),
            FruitSort.Grapes => random.Between(-20, 20),
            FruitSort.Lemon => random.Between(-40, 40),
            _ => main ? random.Normal(0, 9) : random.Normal(0, 28),
        };
        using var at = painter.At(x, y, radius, degrees);
        switch (sort)
        {
            case FruitSort.Banana:
                Banana(random);
                break;
            case FruitSort.Grapes:
                Grapes(random);
                break;
            default:
                Round(sort, main, random);
                break;
        }
    }

    private static SKColor Colour(FruitSort sort, SceneRandom random)
    {
        var red = Tint.Hsv(random.Between(-12, 10), random.Between(0.65f, 0.95f), random.Between(0.45f, 0.9f));
        var green = Tint.Hsv(random.Between(62, 100), random.Between(0.45f, 0.8f), random.Between(0.45f, 0.85f));
        var yellow = Tint.Hsv(random.Between(42, 58), random.Between(0.6f, 0.9f), random.Between(0.75f, 1));
        return sort switch
        {
            FruitSort.Apple => random.Pick(red, red, green, yellow),
            FruitSort.Pear => random.Pick(green, yellow, Tint.Mix(green, yellow, 0.5f), Tint.Mix(red, yellow, 0.6f)),
            FruitSort.Orange => Tint.Hsv(random.Between(18, 38), random.Between(0.75f, 1), random.Between(0.8f, 1)),
            FruitSort.Lemon => random.Pick(yellow, yellow, green),
            FruitSort.Plum => random.Pick(Tint.Hsv(random.Between(255, 330), random.Between(0.3f, 0.7f), random.Between(0.2f, 0.5f)),
                Tint.Hsv(random.Between(12, 32), 0.55f, 0.95f)),
            _ => Tint.Mix(red, yellow, 0.25f),
        };
    }

    private static SKPath Outline(FruitSort sort, SceneRandom random)
    {
        var tall = random.Between(0.85f, 1.05f);
        return sort switch
        {
            FruitSort.Apple => Curves.Closed([
                new(0, -0.72f * tall), new(0.45f, -0.9f * tall), new(0.92f, -0.5f * tall), new(0.95f, 0.1f), new(0.62f, 0.78f * tall),
                    new(0.25f, 0.93f * tall), new(0, 0.86f * tall),
                new(-0.25f, 0.93f * tall), new(-0.62f, 0.78f * tall), new(-0.95f, 0.1f), new(-0.92f, -0.5f * tall),
                    new(-0.45f, -0.9f * tall)]),
            FruitSort.Pear => Curves.Closed([
                new(0, -1.4f * tall), new(0.32f, -1.2f * tall), new(0.45f, -0.6f * tall), new(0.88f, 0.15f), new(0.78f, 0.75f),
                    new(0.3f, 1), new(-0.3f, 1), new(-0.78f, 0.75f), new(-0.88f, 0.15f),
                new(-0.45f, -0.6f * tall), new(-0.32f, -1.2f * tall)]),
            FruitSort.Lemon => Curves.Closed([
                new(-1.15f, 0), new(-0.85f, -0.32f), new(-0.4f, -0.68f), new(0.3f, -0.7f), new(0.85f, -0.34f), new(1.15f, 0),
                    new(0.85f, 0.34f), new(0.3f, 0.7f), new(-0.4f, 0.68f), new(-0.85f, 0.32f)]),
            FruitSort.Plum => Curves.Closed([
                new(0, -0.85f), new(0.6f, -0.75f), new(0.9f, 0), new(0.6f, 0.8f), new(0, 1), new(-0.6f, 0.8f), new(-0.9f, 0),
                    new(-0.6f, -0.75f)]),
            _ => Curves.Closed([
                new(0, -0.94f), new(0.68f, -0.68f), new(0.96f, 0), new(0.68f, 0.68f), new(0, 0.94f), new(-0.68f, 0.68f), new(-0.96f, 0),
                    new(-0.68f, -0.68f)]),
        };
    }

    private void Round(FruitSort sort, bool main, SceneRandom random)
    {
        var colour = Colour(sort, random);
        var top = sort switch
        {
            FruitSort.Pear => -1.33f,
            FruitSort.Apple => -0.7f,
            FruitSort.Lemon => -0.68f,
            _ => -0.82f,
        };
        var lit = setting.Light;
        using (var outline = Outline(sort, random))
        {
            painter.Fill(outline, "fruit", colour);
            using var inside = painter.Inside(outline);
            if (sort is FruitSort.Apple or FruitSort.Pear && random.Chance(0.5))
            {
                // The sunny side.
                painter.Ellipse(lit * random.Between(0.1f, 0.5f), random.Between(-0.3f, 0.2f), 0.6f, 0.75f, "fruit",
                    Tint.Mix(colour, Tint.Hsv(random.Between(0, 60), 0.8f, 0.85f), 0.5f));
            }

            if (setting.Shaded)
            {
                painter.Blob("fruit", Tint.Shade(colour, 0.62f), new(-lit * 0.35f, 1.2f), new(-lit * 0.55f, 0.3f), new(-lit * 0.6f, -0.5f),
                    new(-lit * 1.4f, -1), new(-lit * 1.5f, 1.2f));
                painter.Ellipse(-lit * 0.1f, 1.05f, 0.8f, 0.3f, "fruit", Tint.Shade(colour, 0.55f));
                if (sort == FruitSort.Apple)
                {
                    painter.Ellipse(0, -0.68f, 0.38f, 0.14f, "fruit", Tint.Shade(colour, 0.6f));
                }

                if (sort == FruitSort.Orange)
                {
                    for (var i = 0; i < 12; i++)
                    {
                        painter.Ellipse(random.Between(-0.8f, 0.8f), random.Between(-0.8f, 0.8f), 0.03f, 0.03f, "fruit",
                            Tint.Shade(colour, 0.85f));
                    }
                }
            }

            if (setting.Shaded || random.Chance(0.5))
            {
                var y = sort == FruitSort.Pear ? 0.1f : -0.38f;
                painter.Ellipse(lit * 0.42f, y, random.Between(0.12f, 0.24f), random.Between(0.1f, 0.2f), "glint",
                    Tint.Shade(colour, random.Between(1.5f, 1.9f)));
                Name(main, "highlight", lit * 0.42f, y, "glint");
            }
        }

        if (sort is FruitSort.Pomegranate)
        {
            painter.Polygon("fruit", Tint.Shade(colour, 0.8f), new(-0.2f, -0.85f), new(-0.3f, -1.2f), new(-0.1f, -1.05f), new(0, -1.25f),
                new(0.12f, -1.05f), new(0.3f, -1.2f), new(0.2f, -0.85f));
        }
        else if (sort is FruitSort.Apple or FruitSort.Pear or FruitSort.Plum)
        {
            var lean = random.Between(-0.25f, 0.25f);
            painter.Curve("stem", 0.1f, Tint.Hsv(28, 0.5f, random.Between(0.15f, 0.45f)), new(0, top + 0.05f),
                new(lean * 0.4f, top - 0.22f), new(lean, top - 0.42f));
            Name(main, "stem", lean * 0.4f, top - 0.22f, "stem");
        }
        else
        {
            painter.Ellipse(sort == FruitSort.Lemon ? -1.1f : 0.05f, sort == FruitSort.Lemon ? 0 : top + 0.1f, 0.09f, 0.07f, "stem",
                Tint.Hsv(80, 0.4f, 0.35f));
        }

        if (random.Chance(sort == FruitSort.Lemon ? 0.2 : 0.4))
        {
            Leaf(new(0.02f, top - 0.1f), random.Pick(-1, 1) * random.Between(30, 85), random.Between(0.7f, 1.1f), random);
        }

        Name(main, "bottom", 0, sort == FruitSort.Lemon ? 0.64f : 0.88f, "fruit");
        Name(main, "top", 0.1f, sort == FruitSort.Pear ? top + 0.12f : top + 0.14f, "fruit");
        Name(main, "left", -0.86f, 0.1f, "fruit");
        Name(main, "right", 0.86f, 0.1f, "fruit");
        Name(main, "middle", 0, 0.15f, "fruit");
    }

    private void Leaf(SKPoint from, float degrees, float length, SceneRandom random)
    {
        using var at = painter.At(from.X, from.Y, length, degrees);
        var green = Tint.Hsv(random.Between(75, 140), random.Between(0.4f, 0.8f), random.Between(0.25f, 0.65f));
        painter.Blob("leaf", green, new(0, 0), new(0.22f, -0.4f), new(0, -1), new(-0.22f, -0.4f));
        if (setting.Shaded)
        {
            painter.Curve("leaf", 0.035f, Tint.Shade(green, 1.3f), new(0, 0), new(0.02f, -0.5f), new(0, -0.92f));
        }
    }

    private void Banana(SceneRandom random)
    {
        var yellow = Tint.Hsv(random.Between(46, 62), random.Between(0.65f, 0.9f), random.Between(0.8f, 1));
        for (var i = 1 + random.Below(3); i > 0; i--)
        {
            var dy = 0.22f * i;
            SKPoint[] line = [new(-1.5f, -0.7f + dy), new(-0.9f, 0.05f + dy), new(0, 0.35f + dy), new(0.9f, 0.1f + dy),
                new(1.35f, -0.4f + dy)];
            using var path = Shapes.Limb(line, [0.1f, 0.28f, 0.33f, 0.27f, 0.1f]);
            painter.Fill(path, "fruit", yellow);
            if (setting.Shaded)
            {
                painter.Curve("fruit", 0.1f, Tint.Shade(yellow, 0.75f), Shapes.Add(line[1], 0, 0.12f), Shapes.Add(line[2], 0, 0.18f),
                    Shapes.Add(line[3], 0, 0.12f));
            }

            painter.Ellipse(line[4].X, line[4].Y, 0.1f, 0.1f, "stem", Tint.Hsv(30, 0.6f, 0.25f));
        }

        painter.Curve("stem", 0.16f, Tint.Hsv(48, 0.7f, 0.5f), new(-1.5f, -0.5f), new(-1.65f, -0.85f));
    }

    private void Grapes(SceneRandom random)
    {
        var colour = random.Pick(Tint.Hsv(random.Between(260, 330), random.Between(0.35f, 0.75f), random.Between(0.2f, 0.5f)),
            Tint.Hsv(random.Between(65, 95), 0.55f, random.Between(0.6f, 0.85f)));
        painter.Curve("stem", 0.09f, Tint.Hsv(35, 0.5f, 0.35f), new(0, -0.8f), new(0.08f, -1.3f));
        Leaf(new(0.05f, -0.9f), random.Pick(-1, 1) * random.Between(50, 90), 1, random);
        for (var row = 0; row < 6; row++)
        {
            var count = Math.Max(1, 5 - Math.Abs(row - 1));
            for (var i = 0; i < count; i++)
            {
                var (x, y) = (((i - ((count - 1) / 2f)) * 0.42f) + random.Normal(0, 0.04f), -0.75f + (0.36f * row));
                painter.Ellipse(x, y, 0.27f, 0.27f, "fruit", Tint.Shade(colour, random.Between(0.75f, 1.05f)));
                if (setting.Shaded)
                {
                    painter.Ellipse(x + (setting.Light * 0.08f), y - 0.09f, 0.07f, 0.06f, "glint", Tint.Shade(colour, 1.6f));
                }
            }
        }
    }

    private void Name(bool main, string name, float x, float y, string part)
    {
        if (main)
        {
            painter.Landmark($"fruit.{name}", x, y, part);
        }
    }
}
