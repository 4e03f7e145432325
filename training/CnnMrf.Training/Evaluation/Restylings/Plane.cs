using CnnMrf.Core.Pictures;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>One value a pixel, and the filters that several restylings need. Beyond the border lies the nearest pixel inside.</summary>
internal sealed class Plane(int width, int height)
{
    public int Width => width;

    public int Height => height;

    public float[] Values { get; } = new float[width * height];

    public float this[int x, int y] => Values[(Math.Clamp(y, 0, height - 1) * width) + Math.Clamp(x, 0, width - 1)];

    public static Plane Luminance(Picture picture) => From(picture, rgb => (0.299f * rgb[0]) + (0.587f * rgb[1]) + (0.114f * rgb[2]));

    public static Plane Channel(Picture picture, int channel) => From(picture, rgb => rgb[channel]);

    public Plane Map(Func<float, float> change)
    {
        var result = new Plane(width, height);
        for (var i = 0; i < Values.Length; i++)
        {
            result.Values[i] = change(Values[i]);
        }

        return result;
    }

    public Plane With(Plane other, Func<float, float, float> combine)
    {
        var result = new Plane(width, height);
        for (var i = 0; i < Values.Length; i++)
        {
            result.Values[i] = combine(Values[i], other.Values[i]);
        }

        return result;
    }

    /// <summary>Stretched so that all but a fiftieth at each end fills 0 … 1.</summary>
    public Plane Stretched()
    {
        var sorted = (float[])Values.Clone();
        Array.Sort(sorted);
        var (low, high) = (sorted[sorted.Length / 50], sorted[^((sorted.Length / 50) + 1)]);
        return Map(v => Math.Clamp((v - low) / Math.Max(0.05f, high - low), 0, 1));
    }

    /// <summary>The mean over squares of 2·radius + 1 pixels a side.</summary>
    public Plane Mean(int radius) => Convolved([.. Enumerable.Repeat(1f / ((2 * radius) + 1), (2 * radius) + 1)]);

    /// <summary>Gauss's blur.</summary>
    /// <param name="deviation">Px.</param>
    public Plane Blurred(float deviation)
    {
        var radius = (int)MathF.Ceiling(3 * deviation);
        var kernel = Enumerable.Range(-radius, (2 * radius) + 1).Select(i => MathF.Exp(-i * i / (2 * deviation * deviation))).ToArray();
        var sum = kernel.Sum();
        return Convolved([.. kernel.Select(k => k / sum)]);
    }

    private static Plane From(Picture picture, Func<ReadOnlySpan<float>, float> value)
    {
        var plane = new Plane(picture.Width, picture.Height);
        for (var i = 0; i < plane.Values.Length; i++)
        {
            plane.Values[i] = value(picture.Rgb.AsSpan(3 * i, 3));
        }

        return plane;
    }

    private Plane Convolved(float[] kernel)
    {
        var radius = kernel.Length / 2;
        var (rows, result) = (new Plane(width, height), new Plane(width, height));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0f;
                for (var k = -radius; k <= radius; k++)
                {
                    sum += kernel[k + radius] * this[x + k, y];
                }

                rows.Values[(y * width) + x] = sum;
            }
        }

        for (var y = 0; y < height; y++)
        {
            for (var k = -radius; k <= radius; k++)
            {
                var from = Math.Clamp(y + k, 0, height - 1) * width;
                for (var x = 0; x < width; x++)
                {
                    result.Values[(y * width) + x] += kernel[k + radius] * rows.Values[from + x];
                }
            }
        }

        return result;
    }
}
