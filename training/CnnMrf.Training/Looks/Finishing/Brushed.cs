using System.Numerics;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>Short brush strokes that take the colour beneath them.</summary>
internal sealed record Brushed : IEffect
{
    /// <summary>Length of a stroke, px at 128 px a side.</summary>
    public float Length { get; init; }

    /// <summary>Width of a stroke, px at 128 px a side.</summary>
    public float Width { get; init; }

    /// <summary>How many strokes lie on a pixel, on average.</summary>
    public float Coverage { get; init; }

    /// <summary>Size of the swirls of the strokes' directions, px at 128 px a side.</summary>
    public float Swirl { get; init; }

    /// <summary>How far directions vary by swirls, radians.</summary>
    public float Turbulence { get; init; }

    /// <summary>Whether strokes run along edges where there are any.</summary>
    public bool Follow { get; init; }

    /// <summary>Deviation of a stroke's lightness from the picture's.</summary>
    public float Jitter { get; init; }

    /// <summary>Contrast of the lines that a brush's hairs leave.</summary>
    public float Bristles { get; init; }

    /// <summary>Curl of a stroke, radians from end to end.</summary>
    public float Curl { get; init; }

    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var side = pixels.Side;
        float[][] source = [.. pixels.Planes.Select(p => p.ToArray())];
        var angles = new float[side * side];
        Noise.Add(angles, side, Swirl * pixels.Unit, Swirl * pixels.Unit, 0, Turbulence * 1.6f, random);
        var direction = random.Between(0, MathF.PI);
        if (Follow)
        {
            AlongEdges(source[1], side, angles, direction);
        }
        else
        {
            Planes.Add(angles, direction);
        }

        float length = Length * pixels.Unit, width = Width * pixels.Unit;
        var count = (int)(Coverage * side * side / ((length + width) * width));
        for (var i = 0; i < count; i++)
        {
            float x = random.Between(0, side), y = random.Between(0, side);
            var at = ((int)y * side) + (int)x;
            var colour = new Vector3(source[0][at], source[1][at], source[2][at]);
            var own = length * random.Between(0.6f, 1.3f);
            var (sin, cos) = MathF.SinCos(angles[at]);

            // A stroke that would run over an edge is drawn short.
            int endX = (int)Math.Clamp(x + (cos * own / 2), 0, side - 1), endY = (int)Math.Clamp(y + (sin * own / 2), 0, side - 1);
            var end = (endY * side) + endX;
            if (Vector3.DistanceSquared(colour, new(source[0][end], source[1][end], source[2][end])) > 0.02f)
            {
                own *= 0.4f;
            }

            colour += new Vector3(random.Normal(0, Jitter));
            Stamp(pixels, x, y, angles[at], own, width * random.Between(0.7f, 1.2f), colour, random.Next() * 6);
        }
    }

    private static void AlongEdges(float[] plane, int side, float[] angles, float direction)
    {
        var soft = plane.ToArray();
        Blur.Separable(soft, side, Blur.Kernel(1.2f));
        float[] across = new float[soft.Length], along = new float[soft.Length];
        for (var y = 1; y + 1 < side; y++)
        {
            for (var x = 1; x + 1 < side; x++)
            {
                var i = (y * side) + x;
                float dx = soft[i + 1] - soft[i - 1], dy = soft[i + side] - soft[i - side];

                // Twice the angle: opposite gradients are the same direction and must not cancel out.
                across[i] = (dx * dx) - (dy * dy);
                along[i] = 2 * dx * dy;
            }
        }

        var kernel = Blur.Kernel(2.5f);
        Blur.Separable(across, side, kernel);
        Blur.Separable(along, side, kernel);
        for (var i = 0; i < angles.Length; i++)
        {
            var strength = MathF.Sqrt((across[i] * across[i]) + (along[i] * along[i]));
            var edge = (MathF.Atan2(along[i], across[i]) / 2) + (MathF.PI / 2);
            angles[i] = strength > 4e-5f ? edge + (angles[i] * 0.2f) : angles[i] + direction;
        }
    }

    private void Stamp(Pixels pixels, float x, float y, float angle, float length, float width, Vector3 colour, float phase)
    {
        var side = pixels.Side;
        float[] red = pixels.Planes[0], green = pixels.Planes[1], blue = pixels.Planes[2];
        var (sin, cos) = MathF.SinCos(angle);
        float half = length / 2, radius = width / 2;
        var margin = radius + 0.5f + (Curl * half / 2);
        float reachX = (MathF.Abs(cos) * half) + margin, reachY = (MathF.Abs(sin) * half) + margin;
        int left = Math.Max(0, (int)(x - reachX)), right = Math.Min(side - 1, (int)(x + reachX));
        int top = Math.Max(0, (int)(y - reachY)), bottom = Math.Min(side - 1, (int)(y + reachY));
        var bend = Curl / MathF.Max(length, 1);
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                float dx = column + 0.5f - x, dy = row + 0.5f - y;
                var along = (dx * cos) + (dy * sin);
                var across = (dy * cos) - (dx * sin) - (bend * along * along);
                var over = MathF.Max(MathF.Abs(along) - half, 0);
                var cover = radius + 0.5f - MathF.Sqrt((across * across) + (over * over));
                if (cover <= 0)
                {
                    continue;
                }

                cover = MathF.Min(cover, 1);
                var shade = 1f;
                if (Bristles > 0)
                {
                    // A triangle wave across the stroke.
                    var t = (across * 0.9f) + phase + 64;
                    shade += Bristles * ((4 * MathF.Abs(t - (int)t - 0.5f)) - 1);
                }

                var i = (row * side) + column;
                red[i] += cover * ((colour.X * shade) - red[i]);
                green[i] += cover * ((colour.Y * shade) - green[i]);
                blue[i] += cover * ((colour.Z * shade) - blue[i]);
            }
        }
    }
}

/// <summary>Edges that wander: the picture is warped by less than a match's precision.</summary>
/// <param name="Reach">Greatest displacement, px at 128 px a side.</param>
/// <param name="Cell">Size of the waves, px at 128 px a side.</param>
internal sealed record Wobble(float Reach, float Cell) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var side = pixels.Side;
        var reach = MathF.Min(Reach * pixels.Unit, 2);
        float[] right = new float[side * side], down = new float[side * side];
        Noise.Add(right, side, Cell * pixels.Unit, Cell * pixels.Unit, 0, reach, random);
        Noise.Add(down, side, Cell * pixels.Unit, Cell * pixels.Unit, 0, reach, random);
        float[][] source = [.. pixels.Planes.Select(p => p.ToArray())];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var i = (y * side) + x;
                float u = Math.Clamp(x + right[i], 0, side - 1.001f), v = Math.Clamp(y + down[i], 0, side - 1.001f);
                int column = (int)u, row = (int)v;
                var (a, b) = (u - column, v - row);
                var at = (row * side) + column;
                int next = Math.Min(column + 1, side - 1) - column, under = (Math.Min(row + 1, side - 1) - row) * side;
                for (var c = 0; c < 3; c++)
                {
                    var plane = source[c];
                    var above = plane[at] + (a * (plane[at + next] - plane[at]));
                    var below = plane[at + under] + (a * (plane[at + under + next] - plane[at + under]));
                    pixels.Planes[c][i] = above + (b * (below - above));
                }
            }
        }
    }
}
