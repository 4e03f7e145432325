using System.Numerics;
using System.Runtime.InteropServices;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>Gaussian blur of the whole picture.</summary>
/// <param name="Sigma">px at 128 px a side.</param>
internal sealed record Blur(float Sigma) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var kernel = Kernel(Sigma * MathF.Sqrt(pixels.Unit));
        foreach (var plane in pixels.Planes)
        {
            Separable(plane, pixels.Side, kernel);
        }
    }

    /// <summary>Half a Gaussian kernel: weights at distance 0, 1, ….</summary>
    public static float[] Kernel(float sigma)
    {
        var kernel = new float[1 + Math.Clamp((int)MathF.Ceiling(sigma * 2.6f), 1, 24)];
        var sum = 0f;
        for (var i = 0; i < kernel.Length; i++)
        {
            kernel[i] = MathF.Exp(-(i * i) / (2 * sigma * sigma));
            sum += i == 0 ? kernel[i] : 2 * kernel[i];
        }

        for (var i = 0; i < kernel.Length; i++)
        {
            kernel[i] /= sum;
        }

        return kernel;
    }

    /// <summary>Blurs along rows and columns; the edge's pixels repeat outside.</summary>
    public static void Separable(float[] plane, int side, float[] kernel)
    {
        var radius = kernel.Length - 1;
        var padded = new float[side + (2 * radius)];
        var rows = new float[plane.Length];
        for (var y = 0; y < side; y++)
        {
            var row = plane.AsSpan(y * side, side);
            padded.AsSpan(0, radius).Fill(row[0]);
            row.CopyTo(padded.AsSpan(radius));
            padded.AsSpan(radius + side).Fill(row[^1]);
            var target = rows.AsSpan(y * side, side);
            for (var d = -radius; d <= radius; d++)
            {
                Planes.AddScaled(target, padded.AsSpan(radius + d, side), kernel[Math.Abs(d)]);
            }
        }

        plane.AsSpan().Clear();
        for (var y = 0; y < side; y++)
        {
            for (var d = -radius; d <= radius; d++)
            {
                Planes.AddScaled(
                    plane.AsSpan(y * side, side), rows.AsSpan(Math.Clamp(y + d, 0, side - 1) * side, side), kernel[Math.Abs(d)]);
            }
        }
    }
}

/// <summary>Blur along a direction, as by a moving camera.</summary>
/// <param name="Length">px at 128 px a side.</param>
/// <param name="Angle">Radians.</param>
internal sealed record MotionBlur(float Length, float Angle) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var side = pixels.Side;
        var length = Length * MathF.Sqrt(pixels.Unit);
        var count = Math.Max(2, (int)MathF.Ceiling(length) + 1);
        var (sin, cos) = MathF.SinCos(Angle);
        foreach (var plane in pixels.Planes)
        {
            var source = plane.ToArray();
            plane.AsSpan().Clear();
            for (var i = 0; i < count; i++)
            {
                var t = (((float)i / (count - 1)) - 0.5f) * length;
                int dx = (int)MathF.Round(t * cos), dy = (int)MathF.Round(t * sin);
                for (var y = 0; y < side; y++)
                {
                    var from = source.AsSpan(Math.Clamp(y + dy, 0, side - 1) * side, side);
                    var to = plane.AsSpan(y * side, side);
                    int begin = Math.Max(0, -dx), end = Math.Min(side, side - dx);
                    Planes.AddScaled(to[begin..end], from[(begin + dx)..(end + dx)], 1f / count);
                    Planes.Add(to[..begin], from[0] / count);
                    Planes.Add(to[end..], from[^1] / count);
                }
            }
        }
    }
}

/// <summary>Blur of some parts only, as of what lies out of focus.</summary>
/// <param name="Sigma">px at 128 px a side.</param>
/// <param name="Share">Of the parts.</param>
internal sealed record DepthBlur(float Sigma, float Share) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var seed = random.NextBits();
        var far = new float[parts.Names.Count];
        for (var i = 0; i < far.Length; i++)
        {
            far[i] = SceneRandom.For(seed, PartStyle.Hash(parts.Names[i])).Next() < Share ? 1 : 0;
        }

        var mask = new float[parts.Ids.Length];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = far[parts.Ids[i]];
        }

        var sigma = Sigma * MathF.Sqrt(pixels.Unit);
        Blur.Separable(mask, pixels.Side, Blur.Kernel(1));
        var kernel = Blur.Kernel(sigma);
        foreach (var plane in pixels.Planes)
        {
            var soft = plane.ToArray();
            Blur.Separable(soft, pixels.Side, kernel);
            for (var i = 0; i < soft.Length; i++)
            {
                plane[i] += mask[i] * (soft[i] - plane[i]);
            }
        }
    }
}

/// <summary>Unsharp masking.</summary>
/// <param name="Amount">0 … 1.</param>
/// <param name="Sigma">px at 128 px a side.</param>
internal sealed record Sharpen(float Amount, float Sigma) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var kernel = Blur.Kernel(Sigma * MathF.Sqrt(pixels.Unit));
        foreach (var plane in pixels.Planes)
        {
            var soft = plane.ToArray();
            Blur.Separable(soft, pixels.Side, kernel);
            for (var i = 0; i < soft.Length; i++)
            {
                plane[i] = Math.Clamp(plane[i] + (Amount * (plane[i] - soft[i])), 0, 1);
            }
        }
    }
}

/// <summary>Arithmetic on rows.</summary>
internal static class Planes
{
    public static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float scale)
    {
        var to = MemoryMarshal.Cast<float, Vector<float>>(target);
        var from = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += from[i] * scale;
        }

        for (var i = to.Length * Vector<float>.Count; i < target.Length; i++)
        {
            target[i] += source[i] * scale;
        }
    }

    public static void Add(Span<float> target, float value)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] += value;
        }
    }

    /// <summary>Multiplies all three planes by a field.</summary>
    public static void Multiply(Pixels pixels, float[] field)
    {
        foreach (var plane in pixels.Planes)
        {
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] *= field[i];
            }
        }
    }
}
