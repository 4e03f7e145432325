using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.StillLifes;

/// <summary>What a vessel is.</summary>
internal enum Ware
{
    Vase,
    Amphora,
    Jug,
    Bottle,
    Bowl,
    Cup,
    Teapot,
    Goblet,
    Jar,
}

/// <summary>Half the width at a height.</summary>
/// <param name="Y">0: rim; 1: foot.</param>
/// <param name="R">In heights of the vessel.</param>
internal readonly record struct Knot(float Y, float R);

/// <summary>The outline of a thing turned on a lathe.</summary>
/// <param name="Ware">What it is.</param>
/// <param name="Knots">From the rim to the foot.</param>
/// <param name="Neck">Which knot is the neck; −1: it has none.</param>
/// <param name="Shoulder">Which is the shoulder; −1: it has none.</param>
/// <param name="Belly">Which is the widest place below the neck.</param>
internal sealed record Profile(Ware Ware, Knot[] Knots, int Neck, int Shoulder, int Belly)
{
    /// <summary>Half the greatest width.</summary>
    public float Widest => Knots.Max(k => k.R);

    /// <summary>Half the width at a height: smooth, and nowhere wider or narrower than the knots on both sides.</summary>
    public float At(float y)
    {
        for (var i = 1; i < Knots.Length; i++)
        {
            var (from, to) = (Knots[i - 1], Knots[i]);
            if (y <= to.Y)
            {
                var length = to.Y - from.Y;
                var t = Math.Clamp((y - from.Y) / length, 0, 1);
                var (before, after) = (Steepness(i - 1) * length, Steepness(i) * length);
                var (square, cube) = (t * t, t * t * t);
                return (((2 * cube) - (3 * square) + 1) * from.R) + ((cube - (2 * square) + t) * before)
                    + (((3 * square) - (2 * cube)) * to.R) + ((cube - square) * after);
            }
        }

        return Knots[^1].R;
    }

    /// <summary>Places along the outline, from the rim to the foot.</summary>
    public IEnumerable<Knot> Along()
    {
        for (var i = 0; i + 1 < Knots.Length; i++)
        {
            for (var step = 0; step < 4; step++)
            {
                var y = Knots[i].Y + ((Knots[i + 1].Y - Knots[i].Y) * step / 4);
                yield return new(y, At(y));
            }
        }

        yield return Knots[^1];
    }

    // Fritsch and Carlson: the harmonic mean of the slopes on both sides, 0 where they differ in sign.
    private float Steepness(int knot)
    {
        float Slope(int i) => (Knots[i + 1].R - Knots[i].R) / (Knots[i + 1].Y - Knots[i].Y);
        if (knot == 0 || knot == Knots.Length - 1)
        {
            return Slope(knot == 0 ? 0 : knot - 1);
        }

        var (above, below) = (Slope(knot - 1), Slope(knot));
        return above * below <= 0 ? 0 : 2 * above * below / (above + below);
    }

    /// <summary>A vessel of some sort.</summary>
    public static Profile Of(Ware ware, SceneRandom random)
    {
        float B(float least, float greatest) => random.Between(least, greatest);
        switch (ware)
        {
            case Ware.Bottle:
                var bottle = B(0.13f, 0.22f);
                var neck = B(0.045f, 0.065f);
                var shoulder = B(0.36f, 0.48f);
                return new(ware, [new(0, neck * 1.25f), new(0.05f, neck * 1.2f), new(0.07f, neck), new(shoulder - 0.12f, neck * 1.15f),
                    new(shoulder, bottle * 0.82f),
                    new(shoulder + 0.1f, bottle), new(0.8f, bottle * B(0.95f, 1.02f)), new(1, bottle * 0.93f)], 2, 4, 6);
            case Ware.Bowl:
                var bowl = B(0.75f, 1.25f);
                return new(ware, [new(0, bowl), new(0.1f, bowl * 0.97f), new(0.5f, bowl * B(0.72f, 0.86f)),
                    new(0.85f, bowl * B(0.35f, 0.48f)), new(0.9f, bowl * 0.36f), new(1, bowl * B(0.34f, 0.45f))],
                    -1, -1, 2);
            case Ware.Cup:
                var cup = B(0.4f, 0.62f);
                var taper = B(0.6f, 1);
                return new(ware, [new(0, cup), new(0.08f, cup * 0.98f), new(0.5f, cup * (0.35f + (0.65f * taper) + B(0, 0.1f))),
                    new(0.92f, cup * taper * B(0.7f, 1)), new(1, cup * taper * 0.8f)], -1, -1, 2);
            case Ware.Teapot:
                var pot = B(0.5f, 0.75f);
                return new(ware, [new(0, pot * B(0.45f, 0.6f)), new(0.08f, pot * 0.62f), new(0.25f, pot * 0.9f), new(0.5f, pot),
                    new(0.85f, pot * B(0.65f, 0.8f)), new(1, pot * B(0.5f, 0.62f))], -1, 2, 3);
            case Ware.Goblet:
                var cupWide = B(0.2f, 0.32f);
                var level = B(0.42f, 0.55f);
                var foot = B(0.16f, 0.24f);
                return new(ware, [new(0, cupWide * B(0.75f, 1)), new(level * 0.5f, cupWide), new(level * 0.88f, cupWide * 0.6f),
                    new(level, 0.03f), new(0.9f, 0.022f), new(0.97f, foot * 0.5f), new(1, foot)],
                    3, -1, 1);
            case Ware.Jar:
                var jar = B(0.3f, 0.55f);
                return new(ware, [new(0, jar * B(0.75f, 0.95f)), new(0.08f, jar * 0.82f), new(0.2f, jar * 0.95f), new(0.45f, jar),
                    new(0.85f, jar * B(0.8f, 0.97f)), new(1, jar * B(0.7f, 0.9f))], 1, 2, 3);
            case Ware.Jug:
                var jug = B(0.26f, 0.4f);
                return new(ware, [new(0, jug * B(0.5f, 0.75f)), new(0.14f, jug * B(0.42f, 0.55f)), new(0.3f, jug * 0.68f),
                    new(B(0.5f, 0.68f), jug), new(0.9f, jug * B(0.55f, 0.75f)), new(1, jug * B(0.55f, 0.72f))], 1, 2, 3);
            default:
                var wide = B(0.18f, 0.45f);
                var slim = B(0.3f, 0.55f);
                var belly = B(0.4f, 0.68f);
                return new(ware, [new(0, wide * B(0.45f, 0.85f)), new(B(0.1f, 0.2f), wide * slim),
                    new(belly * 0.65f, wide * B(0.75f, 0.9f)), new(belly, wide), new(0.88f, wide * B(0.42f, 0.6f)),
                    new(1, wide * B(0.45f, 0.65f))],
                    1, 2, 3);
        }
    }
}
