using System.Numerics;

namespace CnnMrf.Local.Samples;

/// <summary>Smooth pseudo-random fields, 0…1, the same on every machine for the same seed.</summary>
internal sealed class Noise(int seed)
{
    /// <summary>One octave: random values on the integer lattice, interpolated smoothly.</summary>
    public float At(float x, float y)
    {
        var (fx, fy) = (MathF.Floor(x), MathF.Floor(y));
        var (ix, iy) = ((int)fx, (int)fy);
        var (u, v) = (Fade(x - fx), Fade(y - fy));
        var top = Lattice(ix, iy) + (u * (Lattice(ix + 1, iy) - Lattice(ix, iy)));
        var bottom = Lattice(ix, iy + 1) + (u * (Lattice(ix + 1, iy + 1) - Lattice(ix, iy + 1)));
        return top + (v * (bottom - top));
    }

    /// <summary>Octaves of halving amplitude and doubling frequency, turned against each other so that no axis shows.</summary>
    public float Fractal(float x, float y, int octaves)
    {
        float sum = 0, weight = 0, amplitude = 1;
        for (var i = 0; i < octaves; i++)
        {
            sum += amplitude * At(x, y);
            weight += amplitude;
            amplitude *= 0.5f;
            (x, y) = ((1.6f * x) - (1.2f * y) + 7.3f, (1.2f * x) + (1.6f * y) + 3.1f);
        }

        return sum / weight;
    }

    /// <summary>Like <see cref="Fractal"/>, with sharp crests.</summary>
    public float Ridged(float x, float y, int octaves)
    {
        float sum = 0, weight = 0, amplitude = 1;
        for (var i = 0; i < octaves; i++)
        {
            sum += amplitude * (1 - MathF.Abs((2 * At(x, y)) - 1));
            weight += amplitude;
            amplitude *= 0.5f;
            (x, y) = ((1.6f * x) - (1.2f * y) + 5.7f, (1.2f * x) + (1.6f * y) + 1.9f);
        }

        return sum / weight;
    }

    private static float Fade(float t) => t * t * t * ((t * ((t * 6) - 15)) + 10);

    private float Lattice(int x, int y)
    {
        unchecked
        {
            var hash = ((uint)x * 0x9E3779B1u) ^ BitOperations.RotateLeft((uint)y * 0x85EBCA77u, 13) ^ ((uint)seed * 0xC2B2AE3Du);
            hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
            hash = (hash ^ (hash >> 12)) * 0x297A2D39u;
            return ((hash ^ (hash >> 15)) >> 8) / 16777216f;
        }
    }
}
