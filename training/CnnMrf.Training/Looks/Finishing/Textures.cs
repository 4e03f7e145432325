using System.Numerics;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>Gives parts surfaces: each part, by its name, one of a few fields or none, at a strength of its own.</summary>
internal sealed record Textures : IEffect
{
    /// <summary>How many different fields.</summary>
    public int Fields { get; init; }

    /// <summary>The share of parts that have one.</summary>
    public float Share { get; init; }

    /// <summary>Least contrast.</summary>
    public float Faintest { get; init; }

    /// <summary>Greatest contrast.</summary>
    public float Strongest { get; init; }

    /// <summary>Whether regular ones (stripes, checks, weave) are rare.</summary>
    public bool Natural { get; init; }

    /// <summary>How much the channels differ, 0 … 1.</summary>
    public float Chroma { get; init; }

    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var side = pixels.Side;
        var fields = new float[Fields][];
        for (var i = 0; i < Fields; i++)
        {
            fields[i] = TextureFields.Make(
                Natural && random.Chance(0.8) ? random.Pick(0, 0, 0, 1, 2, 9) : random.Below(TextureFields.Count), side, random);
        }

        var seed = random.NextBits();
        var surfaces = new Surface[parts.Names.Count];
        for (var i = 0; i < surfaces.Length; i++)
        {
            surfaces[i] = SurfaceOf(SceneRandom.For(seed, PartStyle.Hash(parts.Names[i])), side);
        }

        float[] red = pixels.Planes[0], green = pixels.Planes[1], blue = pixels.Planes[2];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var at = (y * side) + x;
                ref readonly var surface = ref surfaces[parts.Ids[at]];
                if (surface.Field < 0)
                {
                    continue;
                }

                var value = fields[surface.Field][surface.Start + (x * surface.Right) + (y * surface.Down)];
                red[at] = Math.Clamp(red[at] + (value * surface.Strength.X), 0, 1);
                green[at] = Math.Clamp(green[at] + (value * surface.Strength.Y), 0, 1);
                blue[at] = Math.Clamp(blue[at] + (value * surface.Strength.Z), 0, 1);
            }
        }
    }

    private Surface SurfaceOf(SceneRandom random, int side)
    {
        var has = random.Chance(Share);
        var field = random.Below(Fields);
        var strength = Faintest * MathF.Pow(Strongest / Faintest, random.Next());
        var tint = Vector3.One + (Chroma * new Vector3(random.Normal(), random.Normal(), random.Normal()));

        // A field serves several parts: turned over, it is another's.
        var (right, down, start) = random.Below(4) switch
        {
            0 => (1, side, 0),
            1 => (-1, side, side - 1),
            2 => (side, 1, 0),
            _ => (-side, 1, (side - 1) * side),
        };
        return new(has ? field : -1, start, right, down, strength * tint);
    }

    private readonly record struct Surface(int Field, int Start, int Right, int Down, Vector3 Strength);
}

/// <summary>The ground that a picture is painted or printed on: one field over all of it.</summary>
/// <param name="Which">Which of <see cref="TextureFields"/>.</param>
/// <param name="Amount">Its contrast.</param>
internal sealed record Ground(int Which, float Amount) : IEffect
{
    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var field = TextureFields.Make(Which, pixels.Side, random);
        foreach (var plane in pixels.Planes)
        {
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = Math.Clamp(plane[i] + (Amount * field[i]), 0, 1);
            }
        }
    }
}
