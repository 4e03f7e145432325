namespace CnnMrf.Core.Pictures;

/// <summary>Gives one picture the colours of another. Positions play no part.</summary>
public static class ColorMatching
{
    // Added to every variance: about a quarter of one 8-bit step, squared. Keeps flat pictures from being amplified without bound.
    private const double LeastVariance = 1e-6;

    /// <summary>
    /// Makes each channel's distribution of values that of the target: every value is replaced by the target's value of the same rank,
    /// interpolated. Ranks are exact (sorted values; equal values share their mean rank).
    /// </summary>
    /// <param name="source">The picture whose layout is kept.</param>
    /// <param name="target">The picture whose colours are taken; may have another size.</param>
    /// <returns>A new picture of the source's size, with values within the target's range.</returns>
    public static Picture MatchHistogram(Picture source, Picture target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var result = new Picture(source.Width, source.Height);
        for (var channel = 0; channel < 3; channel++)
        {
            var (values, ranks) = Ranks(source, channel);
            var (targetValues, targetRanks) = Ranks(target, channel);
            var mapped = new float[values.Length];
            for (int i = 0, at = 0; i < values.Length; i++)
            {
                while (at < targetRanks.Length && targetRanks[at] < ranks[i])
                {
                    at++;
                }

                mapped[i] = Interpolate(targetValues, targetRanks, at, ranks[i]);
            }

            for (var i = channel; i < source.Rgb.Length; i += 3)
            {
                result.Rgb[i] = mapped[Array.BinarySearch(values, source.Rgb[i])];
            }
        }

        return result;
    }

    /// <summary>
    /// Makes mean and covariance of the colours those of the target by the linear map that moves colours least (Monge and Kantorovich's
    /// transport between the two normal distributions).
    /// </summary>
    /// <param name="source">The picture whose layout is kept.</param>
    /// <param name="target">The picture whose colours are taken; may have another size.</param>
    /// <returns>A new picture of the source's size. Values may leave 0…1.</returns>
    public static Picture MatchCovariance(Picture source, Picture target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var (from, fromCovariance) = Moments(source);
        var (to, toCovariance) = Moments(target);
        var root = fromCovariance.Map(Math.Sqrt);
        var inverse = fromCovariance.Map(v => 1 / Math.Sqrt(v));
        var middle = Symmetric3.Sandwich(root, toCovariance).Map(v => Math.Sqrt(Math.Max(0, v)));
        var map = Symmetric3.Sandwich(inverse, middle);

        var result = new Picture(source.Width, source.Height);
        for (var i = 0; i < source.Rgb.Length; i += 3)
        {
            var (r, g, b) = (source.Rgb[i] - from[0], source.Rgb[i + 1] - from[1], source.Rgb[i + 2] - from[2]);
            for (var c = 0; c < 3; c++)
            {
                result.Rgb[i + c] = (float)(to[c] + (map[c, 0] * r) + (map[c, 1] * g) + (map[c, 2] * b));
            }
        }

        return result;
    }

    /// <summary>The distinct values in ascending order, with the mean rank of each as a fraction of all values.</summary>
    private static (float[] Values, double[] Ranks) Ranks(Picture picture, int channel)
    {
        var sorted = new float[picture.Rgb.Length / 3];
        for (int i = channel, j = 0; j < sorted.Length; i += 3, j++)
        {
            sorted[j] = picture.Rgb[i];
        }

        Array.Sort(sorted);
        var values = new List<float>();
        var ranks = new List<double>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end].Equals(sorted[start]);)
            {
                end++;
            }

            values.Add(sorted[start]);
            ranks.Add((start + end) / (2.0 * sorted.Length));
        }

        return ([.. values], [.. ranks]);
    }

    /// <summary>The value at a rank, where <paramref name="at"/> is the first known rank not below it.</summary>
    private static float Interpolate(float[] values, double[] ranks, int at, double rank)
    {
        if (at == 0 || at == ranks.Length)
        {
            return values[Math.Min(at, ranks.Length - 1)];
        }

        var part = (rank - ranks[at - 1]) / (ranks[at] - ranks[at - 1]);
        return (float)(values[at - 1] + (part * (values[at] - values[at - 1])));
    }

    private static (double[] Mean, Symmetric3 Covariance) Moments(Picture picture)
    {
        var rgb = picture.Rgb;
        var count = rgb.Length / 3;
        var mean = new double[3];
        for (var i = 0; i < rgb.Length; i++)
        {
            mean[i % 3] += rgb[i];
        }

        for (var c = 0; c < 3; c++)
        {
            mean[c] /= count;
        }

        var covariance = new double[3, 3];
        for (var i = 0; i < rgb.Length; i += 3)
        {
            for (var a = 0; a < 3; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    covariance[a, b] += (rgb[i + a] - mean[a]) * (rgb[i + b] - mean[b]);
                }
            }
        }

        for (var a = 0; a < 3; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                covariance[b, a] = covariance[a, b] /= count;
            }

            covariance[a, a] += LeastVariance;
        }

        return (mean, new Symmetric3(covariance));
    }
}
