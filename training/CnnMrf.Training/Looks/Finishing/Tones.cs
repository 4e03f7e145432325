using System.Numerics;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>A monotone tone curve in each channel: gain, gamma, an S curve, and how black and white come out.</summary>
/// <param name="Gain">Of each channel.</param>
/// <param name="Gamma">1: as it is.</param>
/// <param name="Curve">−1: flatter in the middle … 1: steeper.</param>
/// <param name="Black">What black becomes, in each channel.</param>
/// <param name="White">What white becomes.</param>
internal sealed record Tones(Vector3 Gain, float Gamma, float Curve, Vector3 Black, Vector3 White) : IEffect
{
    private const int Steps = 1024;

    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var table = new float[Steps + 1];
        for (var c = 0; c < 3; c++)
        {
            for (var i = 0; i <= Steps; i++)
            {
                var t = MathF.Pow(Math.Clamp((float)i / Steps * Gain[c], 0, 1), Gamma);
                var steep = t * t * (3 - (2 * t));
                t += (Curve < 0 ? 0.8f : 1) * Curve * (steep - t);
                table[i] = Black[c] + (Math.Clamp(t, 0, 1) * (White[c] - Black[c]));
            }

            var plane = pixels.Planes[c];
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = table[(int)((Math.Clamp(plane[i], 0, 1) * Steps) + 0.5f)];
            }
        }
    }
}

/// <summary>Every colour by its luminance on a ramp between two colours; saturation may remain in part.</summary>
/// <param name="Dark">What black becomes.</param>
/// <param name="Light">What white becomes.</param>
/// <param name="Amount">0: nothing … 1: wholly.</param>
internal sealed record Ramp(Vector3 Dark, Vector3 Light, float Amount) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        for (var i = 0; i < pixels.Planes[0].Length; i++)
        {
            var luminance = Math.Clamp(pixels.Luminance(i), 0, 1);
            for (var c = 0; c < 3; c++)
            {
                ref var value = ref pixels.Planes[c][i];
                value += Amount * (Dark[c] + (luminance * (Light[c] - Dark[c])) - value);
            }
        }
    }
}

/// <summary>Few levels a channel.</summary>
/// <param name="Levels">At least 2.</param>
internal sealed record Posterise(int Levels) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        float steps = Levels - 1;
        foreach (var plane in pixels.Planes)
        {
            // Where the steps lie is arbitrary, or the same greys would always be edges.
            var shift = random.Between(-0.5f, 0.5f);
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = Math.Clamp((MathF.Floor((plane[i] * steps) + 0.5f + shift) - shift) / steps, 0, 1);
            }
        }
    }
}

/// <summary>Noise of sensor or film.</summary>
/// <param name="Amount">Standard deviation.</param>
/// <param name="Chroma">How much of it differs between the channels, 0 … 1.</param>
/// <param name="Sigma">Size of the grain, px; 0: single pixels.</param>
internal sealed record Grain(float Amount, float Chroma, float Sigma) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var common = Field(pixels.Side, random);
        foreach (var plane in pixels.Planes)
        {
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] += common[i];
            }

            if (Chroma > 0)
            {
                var own = Field(pixels.Side, random);
                for (var i = 0; i < plane.Length; i++)
                {
                    plane[i] += Chroma * own[i];
                }
            }

            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = Math.Clamp(plane[i], 0, 1);
            }
        }
    }

    private float[] Field(int side, SceneRandom random)
    {
        var field = new float[side * side];

        // The sum of four uniform numbers is near enough to normal; 16 bits each of one draw.
        const float Variance = 4f / 12;
        var scale = Amount / MathF.Sqrt(Variance) / 65536;
        if (Sigma > 0)
        {
            scale *= MathF.Max(1, 2 * MathF.Sqrt(MathF.PI) * Sigma);
        }

        for (var i = 0; i < field.Length; i++)
        {
            var bits = random.NextBits();
            var sum = (int)(bits & 65535) + (int)((bits >> 16) & 65535) + (int)((bits >> 32) & 65535) + (int)(bits >> 48);
            field[i] = (sum - (2 * 65536)) * scale;
        }

        if (Sigma > 0)
        {
            Blur.Separable(field, side, Blur.Kernel(Sigma));
        }

        return field;
    }
}
