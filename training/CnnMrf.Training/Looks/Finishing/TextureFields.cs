using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>Fields of about −1 … 1 that look like some surface.</summary>
internal static class TextureFields
{
    /// <summary>How many there are to choose from.</summary>
    public const int Count = 10;

    /// <summary>A field.</summary>
    /// <param name="which">0 … <see cref="Count"/> − 1.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="random">Decides its scale and direction.</param>
    public static float[] Make(int which, int side, SceneRandom random)
    {
        var angle = random.Between(0, MathF.PI);
        return which switch
        {
            0 => Noise.Octaves(side, random.Between(8, 40), 1, angle, 5, random.Between(0.5f, 0.9f), random),
            1 => Noise.Octaves(side, random.Between(1.2f, 5), 1, angle, 2, 0.7f, random),
            2 => Noise.Octaves(side, random.Between(1.2f, 3.5f), random.Between(4, 12), angle, 2, 0.6f, random),
            3 => Stripes(side, random),
            4 => Checks(side, random),
            5 => Speckles(side, random),
            6 => Wood(side, random),
            7 => Weave(side, random),
            8 => Cells(side, random),
            _ => Fur(side, random),
        };
    }

    private static float[] Stripes(int side, SceneRandom random)
    {
        var field = Noise.Octaves(side, random.Between(16, 60), 1, 0, 2, 0.5f, random);
        var period = Period(random, 3, 14);
        var wander = random.Chance(0.5) ? 0 : random.Between(0.1f, 1.2f);
        var hard = random.Between(1, 6);
        var (sin, cos) = Direction(random);
        return Each(field, side, (x, y, n) =>
            Math.Clamp(hard * MathF.Sin((MathF.Tau * ((x * cos) + (y * sin)) / period) + (wander * 3 * n)), -1, 1));
    }

    private static float[] Checks(int side, SceneRandom random)
    {
        float across = Period(random, 4, 18), down = random.Chance(0.6) ? across : Period(random, 4, 18);
        var (sin, cos) = Direction(random);
        var hard = random.Between(1, 8);
        var lines = random.Chance(0.4);
        return Each(new float[side * side], side, (x, y, _) =>
        {
            float u = MathF.Sin(MathF.Tau * ((x * cos) + (y * sin)) / across), v = MathF.Sin(MathF.Tau * ((y * cos) - (x * sin)) / down);
            return lines ? 1 - (2 * MathF.Pow(MathF.Min(1 - MathF.Abs(u), 1 - MathF.Abs(v)), 0.25f)) : Math.Clamp(hard * u * v, -1, 1);
        });
    }

    private static float[] Speckles(int side, SceneRandom random)
    {
        var field = new float[side * side];
        var radius = random.Between(0.6f, 3);
        var count = (int)(side * side * random.Between(0.04f, 0.25f) / (radius * radius * 3));
        for (var k = 0; k < count; k++)
        {
            float x = random.Between(0, side), y = random.Between(0, side), r = radius * random.Between(0.5f, 1.4f);
            var value = random.Chance(0.7) ? -1 : 1;
            for (var row = Math.Max(0, (int)(y - r)); row <= Math.Min(side - 1, (int)(y + r)); row++)
            {
                for (var column = Math.Max(0, (int)(x - r)); column <= Math.Min(side - 1, (int)(x + r)); column++)
                {
                    float dx = column + 0.5f - x, dy = row + 0.5f - y;
                    var cover = Math.Clamp(r + 0.5f - MathF.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                    ref var at = ref field[(row * side) + column];
                    at += cover * (value - at);
                }
            }
        }

        return field;
    }

    private static float[] Wood(int side, SceneRandom random)
    {
        var field = new float[side * side];
        var angle = random.Between(0, MathF.PI);
        Noise.Add(field, side, random.Between(40, 120), random.Between(8, 30), angle, 1, random);
        Noise.Add(field, side, 20, 1.3f, angle, 0.15f, random);
        var (sin, cos) = MathF.SinCos(angle);
        float rings = random.Between(3, 9), period = Period(random, 5, 30);
        return Each(field, side, (x, y, n) =>
        {
            var t = (rings * n * 0.5f) + (((y * cos) - (x * sin)) / period);
            return (2 * (t - MathF.Floor(t))) - 1;
        });
    }

    private static float[] Weave(int side, SceneRandom random)
    {
        var period = Period(random, 2, 8);
        var (sin, cos) = random.Chance(0.6) ? (0, 1) : Direction(random);
        return Each(new float[side * side], side, (x, y, _) =>
        {
            float u = (((x * cos) + (y * sin)) / period) + 512, v = (((y * cos) - (x * sin)) / period) + 512;
            int i = (int)u, j = (int)v;
            return (2 * MathF.Sin(MathF.PI * (((i + j) & 1) == 0 ? u - i : v - j))) - 1;
        });
    }

    private static float[] Cells(int side, SceneRandom random)
    {
        var size = random.Between(4, 16);
        var grid = (int)(side / size) + 3;
        var points = new (float X, float Y)[grid * grid];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = ((i % grid) - 1 + random.Next(), (i / grid) - 1 + random.Next());
        }

        var bumps = random.Chance(0.5);
        return Each(new float[side * side], side, (x, y, _) =>
        {
            float u = x / size, v = y / size;
            int column = (int)u, row = (int)v;
            float least = 9, second = 9;
            for (var j = row; j <= row + 2; j++)
            {
                for (var i = column; i <= column + 2; i++)
                {
                    var (pointX, pointY) = points[(j * grid) + i];
                    var distance = ((u - pointX) * (u - pointX)) + ((v - pointY) * (v - pointY));
                    (least, second) = distance < least ? (distance, least) : (least, MathF.Min(second, distance));
                }
            }

            return bumps ? 1 - (2 * MathF.Min(1, least)) : MathF.Min(1, (MathF.Sqrt(second) - MathF.Sqrt(least)) * 6) - 0.6f;
        });
    }

    /// <summary>Hair: noise drawn out along directions that swirl slowly.</summary>
    private static float[] Fur(int side, SceneRandom random)
    {
        var angles = new float[side * side];
        Noise.Add(angles, side, random.Between(30, 80), random.Between(30, 80), 0, random.Between(0.3f, 2), random);
        Planes.Add(angles, random.Between(0, MathF.Tau));
        var noise = new float[side * side];
        Noise.Add(noise, side, 1.1f, 1.1f, 0, 1, random);
        var reach = random.Below(5) + 4;
        var field = new float[side * side];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (sin, cos) = MathF.SinCos(angles[(y * side) + x]);
                var sum = 0f;
                for (var step = -reach; step <= reach; step++)
                {
                    int column = Math.Clamp((int)(x + (cos * step)), 0, side - 1), row = Math.Clamp((int)(y + (sin * step)), 0, side - 1);
                    sum += noise[(row * side) + column];
                }

                field[(y * side) + x] = 1.6f * sum / MathF.Sqrt(2 * reach);
            }
        }

        return field;
    }

    private static float Period(SceneRandom random, float least, float greatest) => least * MathF.Pow(greatest / least, random.Next());

    private static (float Sin, float Cos) Direction(SceneRandom random) =>
        MathF.SinCos(random.Chance(0.4) ? random.Pick(0, MathF.PI / 4, MathF.PI / 2) : random.Between(0, MathF.PI));

    private static float[] Each(float[] field, int side, Func<float, float, float, float> value)
    {
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                ref var at = ref field[(y * side) + x];
                at = value(x, y, at);
            }
        }

        return field;
    }
}
