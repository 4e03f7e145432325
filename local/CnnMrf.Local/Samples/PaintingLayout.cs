using System.Numerics;

namespace CnnMrf.Local.Samples;

/// <summary>The things of the painting.</summary>
internal enum Part
{
    Sky,
    Sun,
    Mountain,
    Hill,
    Lake,
    Field,
    Path,
    Wall,
    Gable,
    Roof,
    Window,
    Chimney,
    Cypress,
    Crown,
    Trunk,
    Shadow,
}

/// <summary>Where the things of the painting are. Coordinates are in units of the picture's height.</summary>
internal sealed class PaintingLayout(Noise noise)
{
    /// <summary>The centre of the sun.</summary>
    public static readonly Vector2 Sun = new(0.37f, 0.185f);

    /// <summary>The orchard's trees: the foot of each and the radius of its crown.</summary>
    public static readonly (float X, float Y, float R)[] Orchard =
        [(0.705f, 0.685f, 0.058f), (0.855f, 0.705f, 0.072f), (1.00f, 0.775f, 0.098f), (0.075f, 0.675f, 0.080f), (0.595f, 0.650f, 0.042f)];

    private static readonly (float X, float Y, float RadiusX, float RadiusY)[] Shadows =
    [
        (1.245f, 0.935f, 0.13f, 0.026f), (1.05f, 0.782f, 0.12f, 0.020f), (0.895f, 0.709f, 0.085f, 0.014f),
        (0.735f, 0.688f, 0.07f, 0.011f), (0.545f, 0.668f, 0.085f, 0.012f), (0.12f, 0.665f, 0.085f, 0.012f),
    ];

    /// <summary>What is at a point; nearer things hide farther ones.</summary>
    public Part PartAt(float x, float y)
    {
        if (House(x, y) is { } house)
        {
            return house;
        }

        if (InCypress(x, y, 1.175f, 0.945f, 0.82f, 0.066f) || InCypress(x, y, 1.275f, 0.90f, 0.60f, 0.052f))
        {
            return Part.Cypress;
        }

        foreach (var (tx, ty, r) in Orchard)
        {
            var ragged = 1 + (0.45f * (noise.Fractal((x * 14) + tx, y * 14, 3) - 0.5f));
            var (dx, dy) = ((x - tx) / (r * 1.12f), (y - ty + (r * 1.45f)) / r);
            if ((dx * dx) + (dy * dy) < ragged)
            {
                return Part.Crown;
            }

            if (MathF.Abs(x - tx - (0.012f * MathF.Sin(y * 40))) < 0.11f * r && y < ty && y > ty - (r * 0.9f))
            {
                return Part.Trunk;
            }
        }

        if (y > FieldTop(x))
        {
            return OnPath(x, y) ? Part.Path : InShadow(x, y) ? Part.Shadow : Part.Field;
        }

        if (y > LakeTop(x))
        {
            return Part.Lake;
        }

        if (y > HillTop(x))
        {
            return Part.Hill;
        }

        if (y > MountainTop(x))
        {
            return Part.Mountain;
        }

        return Vector2.Distance(new Vector2(x, y), Sun) < 0.062f ? Part.Sun : Part.Sky;
    }

    private static Part? House(float x, float y)
    {
        const float Left = 0.225f, Corner = 0.315f, Right = 0.485f, Eaves = 0.545f, Base = 0.665f, Ridge = 0.455f;
        var middle = (Left + Corner) / 2;
        if (x is > Left and < Right && y is > Eaves and < Base)
        {
            var window = (x is > 0.345f and < 0.370f && y is > 0.575f and < 0.612f)
                || (x is > 0.440f and < 0.465f && y is > 0.575f and < 0.612f)
                || (x is > 0.393f and < 0.420f && y > 0.592f)
                || (x is > 0.258f and < 0.282f && y is > 0.580f and < 0.614f);
            return window ? Part.Window : x < Corner ? Part.Gable : Part.Wall;
        }

        if (y is > Ridge and <= Eaves + 0.008f)
        {
            var down = (y - Ridge) / (Eaves + 0.008f - Ridge);
            var (edgeLeft, edgeRight) = (middle + (down * (Corner - middle)), Right - 0.035f + (down * 0.05f));
            if (x > edgeLeft - 0.006f && x < edgeRight)
            {
                return Part.Roof;
            }

            if (x > middle - (down * (middle - Left)) - 0.012f && x <= edgeLeft)
            {
                return x < middle - (down * (middle - Left)) ? Part.Roof : Part.Gable;
            }
        }

        return x is > 0.395f and < 0.418f && y is > 0.425f and <= Ridge ? Part.Chimney : null;
    }

    private bool InCypress(float x, float y, float at, float ground, float height, float half)
    {
        var up = (ground - y) / height;
        if (up is < 0 or > 1)
        {
            return false;
        }

        // A flame: widest a quarter of the way up, its tip swaying.
        var outline = half * MathF.Pow(1 - up, 0.72f) * (0.25f + (1.4f * Paint.Step(-0.06f, 0.22f, up)));
        var sway = 0.022f * MathF.Sin((up * 7) + (at * 3)) * up;
        var lick = (noise.Fractal((x * 26) + (at * 9), y * 9, 3) - 0.5f) * half * 0.8f;
        return MathF.Abs(x - at - sway + (lick * 0.4f)) < outline + (lick * 0.5f);
    }

    public float MountainTop(float x) =>
        0.428f - (0.045f * MathF.Sin((x * 3.1f) + 2.2f)) - (0.05f * MathF.Sin((x * 7.3f) + 0.4f)) - (0.035f * noise.Fractal(x * 7, 11, 3));

    public float HillTop(float x) => 0.500f - (0.030f * MathF.Sin((x * 4.4f) + 5.1f)) - (0.02f * noise.Fractal(x * 8, 21, 2));

    private static float LakeTop(float x) => 0.527f + (0.004f * MathF.Sin(x * 12));

    private float FieldTop(float x) =>
        0.614f - (0.070f * Paint.Step(0.50f, 0.18f, x)) + (0.018f * MathF.Sin((x * 6) + 1)) + (0.012f * noise.Fractal(x * 10, 31, 2));

    public static float PathCentre(float y)
    {
        var t = (y - 0.665f) / 0.335f;
        return 0.407f + (0.36f * MathF.Pow(t, 0.85f)) - (0.10f * MathF.Sin(t * 4.6f));
    }

    private bool OnPath(float x, float y)
    {
        if (y <= 0.66f)
        {
            return false;
        }

        var half = 0.011f + (0.105f * MathF.Pow((y - 0.66f) / 0.34f, 1.3f)) + (0.014f * (noise.At(x * 40, y * 40) - 0.5f));
        return MathF.Abs(x - PathCentre(y)) < half;
    }

    private static bool InShadow(float x, float y)
    {
        foreach (var (centreX, centreY, radiusX, radiusY) in Shadows)
        {
            var (dx, dy) = ((x - centreX) / radiusX, (y - centreY) / radiusY);
            if ((dx * dx) + (dy * dy) < 1)
            {
                return true;
            }
        }

        return false;
    }
}
