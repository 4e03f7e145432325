using System.Numerics;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>Smooth light over the whole picture: a slope, soft patches, and darker corners.</summary>
/// <param name="Slope">Change from the middle to the far edge, as a power of two.</param>
/// <param name="Patches">Greatest change by patches, as a power of two.</param>
/// <param name="Cell">Their size, px at 128 px a side.</param>
/// <param name="Vignette">How much darker the corners are, 0 … 1.</param>
internal sealed record LightField(float Slope, float Patches, float Cell, float Vignette) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var side = pixels.Side;
        var field = new float[side * side];
        if (Patches > 0)
        {
            Noise.Add(field, side, Cell * pixels.Unit, Cell * pixels.Unit, random.Between(0, 3.14f), Patches, random);
            Noise.Add(field, side, Cell * pixels.Unit / 2, Cell * pixels.Unit / 2, random.Between(0, 3.14f), Patches / 3, random);
        }

        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
        float middleX = random.Between(0.35f, 0.65f), middleY = random.Between(0.35f, 0.65f);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                float u = ((x + 0.5f) / side) - middleX, v = ((y + 0.5f) / side) - middleY;
                ref var value = ref field[(y * side) + x];
                var light = MathF.Exp(0.6931f * (value + (2 * Slope * ((u * cos) + (v * sin)))));
                value = light * (1 - (Vignette * 1.6f * ((u * u) + (v * v))));
            }
        }

        Planes.Multiply(pixels, field);
    }
}

/// <summary>
/// Shadows that parts cast on what was drawn before them, and the darkening where parts meet: both from the map of parts alone.
/// </summary>
/// <param name="Cast">How dark cast shadows are, 0 … 1.</param>
/// <param name="Distance">How far they reach, px at 128 px a side.</param>
/// <param name="Angle">Where they fall, radians.</param>
/// <param name="Corners">How dark the seams are, 0 … 1.</param>
/// <param name="Sigma">How soft both are, px at 128 px a side.</param>
internal sealed record Shadows(float Cast, float Distance, float Angle, float Corners, float Sigma) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var side = pixels.Side;
        var ids = parts.Ids;
        var (sin, cos) = MathF.SinCos(Angle);
        int dx = (int)MathF.Round(cos * Distance * pixels.Unit), dy = (int)MathF.Round(sin * Distance * pixels.Unit);
        var dark = new float[ids.Length];
        for (var y = 0; y < side; y++)
        {
            var fromY = Math.Clamp(y - dy, 0, side - 1) * side;
            var below = Math.Min(y + 1, side - 1) * side;
            for (var x = 0; x < side; x++)
            {
                var id = ids[(y * side) + x];

                // Parts are numbered as they first appear: a higher number lies, mostly, in front.
                var value = ids[fromY + Math.Clamp(x - dx, 0, side - 1)] > id ? Cast : 0;
                if (ids[below + x] != id || ids[(y * side) + Math.Min(x + 1, side - 1)] != id)
                {
                    value += Corners * 2.5f;
                }

                dark[(y * side) + x] = value;
            }
        }

        Blur.Separable(dark, side, Blur.Kernel(Sigma * MathF.Sqrt(pixels.Unit)));
        for (var i = 0; i < dark.Length; i++)
        {
            dark[i] = 1 - MathF.Min(dark[i], 0.85f);
        }

        Planes.Multiply(pixels, dark);
    }
}

/// <summary>A little haze of one colour, stronger towards one side.</summary>
/// <param name="Colour">Its colour.</param>
/// <param name="Amount">Greatest share of it, 0 … 1.</param>
internal sealed record Haze(Vector3 Colour, float Amount) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var side = pixels.Side;
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var t = Amount * Math.Clamp(0.5f + ((((x + 0.5f) / side) - 0.5f) * cos) + ((((y + 0.5f) / side) - 0.5f) * sin), 0, 1);
                for (var c = 0; c < 3; c++)
                {
                    ref var value = ref pixels.Planes[c][(y * side) + x];
                    value += t * (Colour[c] - value);
                }
            }
        }
    }
}
