using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Samples;

/// <summary>What a camera adds: a little softness, a glow about bright places, darker corners and grain.</summary>
internal static class Lens
{
    public static Picture Expose(Picture scene, Random random)
    {
        var soft = Blur(scene, 0.45f * scene.Height / 360);
        var glow = Blur(scene, 9f * scene.Height / 360);
        var (halfWidth, halfHeight) = (scene.Width / 2f, scene.Height / 2f);
        for (var y = 0; y < scene.Height; y++)
        {
            for (var x = 0; x < scene.Width; x++)
            {
                var (dx, dy) = ((x - halfWidth) / halfWidth, (y - halfHeight) / halfHeight);
                var corner = 1 - (0.11f * Paint.Step(0.5f, 1.9f, (dx * dx) + (dy * dy)));
                var grain = 0.011f * random.Normal();
                for (var channel = 0; channel < 3; channel++)
                {
                    var bloom = MathF.Max(0, glow[x, y, channel] - 0.7f) * 0.18f;
                    var value = ((soft[x, y, channel] + bloom) * corner) + grain + (0.004f * random.Normal());
                    soft[x, y, channel] = Math.Clamp(value, 0, 1);
                }
            }
        }

        return soft;
    }

    private static Picture Blur(Picture picture, float sigma)
    {
        var radius = Math.Max(1, (int)MathF.Ceiling(3 * sigma));
        float[] kernel = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(i => MathF.Exp(-i * i / (2 * sigma * sigma)))];
        var sum = kernel.Sum();
        var across = Pass(picture.PadReflect(radius, 0, radius, 0), picture.Width, picture.Height, (x, y, i) => (x + i, y));
        return Pass(across.PadReflect(0, radius, 0, radius), picture.Width, picture.Height, (x, y, i) => (x, y + i));

        Picture Pass(Picture from, int width, int height, Func<int, int, int, (int X, int Y)> tap)
        {
            var result = new Picture(width, height);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    for (var i = 0; i < kernel.Length; i++)
                    {
                        var (px, py) = tap(x, y, i);
                        var weight = kernel[i] / sum;
                        result[x, y, 0] += weight * from[px, py, 0];
                        result[x, y, 1] += weight * from[px, py, 1];
                        result[x, y, 2] += weight * from[px, py, 2];
                    }
                }
            }

            return result;
        }
    }
}
