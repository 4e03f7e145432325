using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.StillLifes;

/// <summary>
/// Things on a table: one main vessel, whose places are named, and at times a second one, flowers, one fruit (named) or several (not).
/// </summary>
public sealed class StillLifeKind : ISceneKind
{
    /// <inheritdoc/>
    public string Name => "still-life";

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var (scenery, shape, place, others) = (random.Fork(), random.Fork(), random.Fork(), random.Fork());
        var setting = new Setting(painter, shape.Fork());
        setting.Draw(scenery);
        var ware = shape.Pick(Ware.Vase, Ware.Vase, Ware.Vase, Ware.Amphora, Ware.Jug, Ware.Jug, Ware.Bottle, Ware.Bowl, Ware.Cup,
            Ware.Cup, Ware.Teapot, Ware.Goblet, Ware.Jar);
        var profile = Profile.Of(ware, shape.Fork());
        var bouquet = ware is Ware.Vase or Ware.Jug or Ware.Amphora or Ware.Jar or Ware.Bottle && shape.Chance(0.45);
        var heap = ware == Ware.Bowl && shape.Chance(0.75);
        var foot = setting.Back + place.Between(0.06f, MathF.Min(0.25f, 0.95f - setting.Back));
        var room = foot - (bouquet ? 0.45f : 0.06f);
        var height = MathF.Min(room * place.Between(0.65f, 1), place.Between(0.36f, 0.76f) / (2 * profile.Widest));
        var x = 0.5f + place.Normal(0, 0.11f);
        if (others.Chance(0.3))
        {
            var second = Profile.Of(others.Pick(Ware.Vase, Ware.Bottle, Ware.Cup, Ware.Jar, Ware.Goblet), others.Fork());
            var side = x > 0.5f ? -1 : 1;
            var tall = MathF.Min(height * others.Between(0.5f, 1.1f), 0.35f / (2 * second.Widest));
            var companion = new Vessel(painter, second, x + (side * others.Between(0.28f, 0.42f)), setting.Back
                + ((foot - setting.Back) * 0.5f), tall, setting, false, others.Fork());
            setting.Shadow(companion.X, companion.Foot, second.Knots[^1].R * tall);
            companion.Behind();
            companion.Front();
        }

        var vessel = new Vessel(painter, profile, x, foot, height, setting, true, shape.Fork());
        setting.Shadow(x, foot, profile.Knots[^1].R * height);
        vessel.Behind();
        var fruit = new Fruit(painter, setting);
        if (bouquet)
        {
            new Flowers(painter, setting, others.Fork()).Draw(x, vessel.Rim, vessel.RimRadius, MathF.Min(0.45f, vessel.Rim - 0.02f));
        }
        else if (heap)
        {
            Heap(fruit, vessel, others.Fork());
        }

        vessel.Front();
        Fruits(fruit, setting, vessel, heap, others);
    }

    private static void Heap(Fruit fruit, Vessel vessel, SceneRandom random)
    {
        var radius = vessel.RimRadius * random.Between(0.26f, 0.36f);
        var sort = Fruit.Any(random);
        for (var row = 0; row < 2; row++)
        {
            var count = 3 - row;
            for (var i = 0; i < count; i++)
            {
                var x = vessel.X + ((i - ((count - 1) / 2f)) * radius * 1.75f) + (random.Normal(0, 0.1f) * radius);
                var y = vessel.Rim - (radius * (0.35f + (1.35f * row)));
                fruit.Draw(random.Chance(0.5) ? sort : Fruit.Any(random), x, y, radius * random.Between(0.85f, 1.1f), false, random.Fork());
            }
        }
    }

    private static void Fruits(Fruit fruit, Setting setting, Vessel vessel, bool heap, SceneRandom random)
    {
        var single = !heap && random.Chance(0.45);
        var count = single ? 1 : heap || random.Chance(0.25) ? random.Below(2) : 2 + random.Below(4);
        if (heap && count == 1)
        {
            single = false;
        }

        var lane = vessel.Profile.Knots[^1].R * vessel.Height;
        var size = single ? random.Between(0.075f, 0.15f) : random.Between(0.05f, 0.095f);
        var places = new List<(float X, float Y)>();
        for (var i = 0; i < count; i++)
        {
            var side = random.Chance(0.5) ? 1 : -1;
            places.Add((vessel.X + (side * (lane + (random.Between(0.5f, single ? 1.8f : 3.5f) * size))),
                Math.Clamp(vessel.Foot + random.Between(0.01f, 0.12f), 0, 0.93f)));
        }

        foreach (var (x, y) in places.OrderBy(p => p.Y))
        {
            var own = random.Fork();
            var sort = single ? own.Pick(FruitSort.Apple, FruitSort.Apple, FruitSort.Pear, FruitSort.Orange, FruitSort.Plum)
                : Fruit.Any(own);
            var radius = size * own.Between(0.85f, 1.15f);
            setting.Shadow(x, y, radius * 0.75f);
            fruit.Draw(sort, x, y - (radius * (sort is FruitSort.Lemon or FruitSort.Banana ? 0.6f : 0.85f)), radius, single, own);
        }
    }
}
