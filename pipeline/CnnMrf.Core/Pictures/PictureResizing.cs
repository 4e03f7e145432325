using System.Numerics;

namespace CnnMrf.Core.Pictures;

/// <summary>Separable bicubic resampling, antialiased when shrinking: the kernel widens with the scale.</summary>
/// <remarks>
/// Works on the sRGB-encoded values, as other implementations of the method do, and in float throughout. Each output row is
/// computed by one thread in a fixed order, so the result depends on neither the number of threads nor their timing. Sharp edges may
/// overshoot 0…1 slightly.
/// </remarks>
public static class PictureResizing
{
    /// <summary>Resizes to exact sides.</summary>
    /// <param name="picture">The picture to resize.</param>
    /// <param name="width">New width in pixels, at least 1.</param>
    /// <param name="height">New height in pixels, at least 1.</param>
    /// <returns>A new picture, equal in every value where the size is the same.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1.</exception>
    public static Picture Resize(this Picture picture, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        // The pass that shrinks more goes first: less work for the other.
        var horizontalFirst = (double)width / picture.Width <= (double)height / picture.Height;
        var result = horizontalFirst
            ? ResizeRows(ResizeColumns(picture, width), height)
            : ResizeColumns(ResizeRows(picture, height), width);
        return ReferenceEquals(result, picture) ? picture.Clone() : result;
    }

    /// <summary>Resizes to the given sides.</summary>
    /// <param name="picture">The picture to resize.</param>
    /// <param name="size">The new sides, at least 1 each.</param>
    public static Picture Resize(this Picture picture, PixelSize size) => Resize(picture, size.Width, size.Height);

    /// <summary>Resizes so that the longer side is as given and the aspect is kept.</summary>
    /// <param name="picture">The picture to resize.</param>
    /// <param name="longSide">The new long side in pixels, at least 1.</param>
    public static Picture ResizeLongSide(this Picture picture, int longSide)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Resize(picture, picture.Size.WithLongSide(longSide));
    }

    private static Picture ResizeColumns(Picture picture, int width)
    {
        if (width == picture.Width)
        {
            return picture;
        }

        var taps = Taps.Make(picture.Width, width);
        var result = new Picture(width, picture.Height);
        Parallel.For(0, picture.Height, y =>
        {
            var from = picture.Row(y);
            var to = result.Row(y);
            for (var x = 0; x < width; x++)
            {
                var weights = taps.Weights(x);
                var at = 3 * taps.First[x];
                float red = 0, green = 0, blue = 0;
                foreach (var weight in weights)
                {
                    red += weight * from[at];
                    green += weight * from[at + 1];
                    blue += weight * from[at + 2];
                    at += 3;
                }

                to[3 * x] = red;
                to[(3 * x) + 1] = green;
                to[(3 * x) + 2] = blue;
            }
        });
        return result;
    }

    private static Picture ResizeRows(Picture picture, int height)
    {
        if (height == picture.Height)
        {
            return picture;
        }

        var taps = Taps.Make(picture.Height, height);
        var result = new Picture(picture.Width, height);
        Parallel.For(0, height, y =>
        {
            var to = result.Row(y);
            var weights = taps.Weights(y);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                AddScaled(to, picture.Row(taps.First[y] + tap), weights[tap]);
            }
        });
        return result;
    }

    private static void AddScaled(Span<float> to, ReadOnlySpan<float> from, float weight)
    {
        var i = 0;
        var factor = new Vector<float>(weight);
        for (; i <= to.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var slice = to[i..];
            (new Vector<float>(slice) + (factor * new Vector<float>(from[i..]))).CopyTo(slice);
        }

        for (; i < to.Length; i++)
        {
            to[i] += weight * from[i];
        }
    }

    /// <summary>For each output position, the first input position and the weights from there on.</summary>
    private sealed record Taps(int[] First, int[] Start, float[] All)
    {
        public ReadOnlySpan<float> Weights(int position) => All.AsSpan(Start[position]..Start[position + 1]);

        public static Taps Make(int from, int to)
        {
            var scale = (double)from / to;
            var stretch = Math.Max(1, scale);
            var first = new int[to];
            var start = new int[to + 1];
            var all = new List<float>(to * ((int)Math.Ceiling(4 * stretch) + 1));
            for (var position = 0; position < to; position++)
            {
                var centre = (position + 0.5) * scale;
                var low = Math.Max(0, (int)Math.Floor(centre - (2 * stretch) + 0.5));
                var high = Math.Min(from, (int)Math.Floor(centre + (2 * stretch) + 0.5));
                var sum = 0.0;
                for (var i = low; i < high; i++)
                {
                    sum += Cubic((i + 0.5 - centre) / stretch);
                }

                for (var i = low; i < high; i++)
                {
                    all.Add((float)(Cubic((i + 0.5 - centre) / stretch) / sum));
                }

                first[position] = low;
                start[position + 1] = all.Count;
            }

            return new Taps(first, start, [.. all]);
        }

        // Keys' cubic with a = −½ (Catmull-Rom): interpolates, and reproduces straight ramps.
        private static double Cubic(double x)
        {
            x = Math.Abs(x);
            return x switch
            {
                < 1 => (((1.5 * x) - 2.5) * x * x) + 1,
                < 2 => (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2,
                _ => 0,
            };
        }
    }
}
