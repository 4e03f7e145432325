using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.AnimalHeads;

/// <summary>The form of the ears.</summary>
internal enum EarForm
{
    Pointed,
    Round,
    Flop,
    Long,
    Leaf,
    Tuft,
}

/// <summary>The form of the nose.</summary>
internal enum NoseForm
{
    Triangle,
    Wide,
    Disc,
    Broad,
    Beak,
    Flat,
}

/// <summary>What is on top.</summary>
internal enum Crown
{
    None,
    Horns,
    Antlers,
    Forelock,
    Wool,
}

/// <summary>The colouring.</summary>
internal enum Mask
{
    None,
    Blaze,
    Eyes,
    Half,
    Stripes,
    Disc,
    Light,
}

/// <summary>The proportions of a head from the front. The unit is about half the head's height; (0, 0) is its middle, y down.</summary>
internal sealed record Features
{
    /// <summary>What it is.</summary>
    public required string Species { get; init; }

    /// <summary>Half the width at the forehead.</summary>
    public float Top { get; init; } = 0.85f;

    /// <summary>Half the width at the cheeks.</summary>
    public float Cheek { get; init; } = 0.95f;

    /// <summary>Half the width at the mouth.</summary>
    public float Jaw { get; init; } = 0.65f;

    /// <summary>Height of the crown over the middle.</summary>
    public float Rise { get; init; } = 0.9f;

    /// <summary>Depth of the chin under the middle.</summary>
    public float Chin { get; init; } = 0.95f;

    /// <summary>How far tufts of hair stand off the cheeks.</summary>
    public float Tufts { get; init; }

    public EarForm Ear { get; init; }

    /// <summary>Where the ears sit: half their distance.</summary>
    public float EarX { get; init; } = 0.6f;

    /// <summary>And their height.</summary>
    public float EarY { get; init; } = -0.65f;

    public float EarSize { get; init; } = 0.65f;

    /// <summary>Degrees by which they lean outwards.</summary>
    public float EarTurn { get; init; } = 18;

    public float EyeX { get; init; } = 0.42f;

    public float EyeY { get; init; } = -0.12f;

    public float EyeSize { get; init; } = 0.17f;

    /// <summary>Height of the eye's opening over its width.</summary>
    public float EyeOpen { get; init; } = 0.8f;

    /// <summary>Degrees by which the eye's outer corner stands higher.</summary>
    public float EyeTilt { get; init; } = 6;

    /// <summary>Whether the pupil may be a slit.</summary>
    public bool Slit { get; init; }

    /// <summary>Half the muzzle's width.</summary>
    public float MuzzleX { get; init; } = 0.42f;

    /// <summary>Where it begins.</summary>
    public float MuzzleTop { get; init; } = 0.18f;

    /// <summary>Where it ends.</summary>
    public float MuzzleLow { get; init; } = 0.85f;

    public NoseForm Nose { get; init; }

    public float NoseY { get; init; } = 0.3f;

    /// <summary>Half its width.</summary>
    public float NoseX { get; init; } = 0.13f;

    /// <summary>Half the mouth's width.</summary>
    public float MouthX { get; init; } = 0.27f;

    public bool Whiskers { get; init; }

    public bool Mane { get; init; }

    public Crown Crown { get; init; }

    /// <summary>A neighbour.</summary>
    public Features Varied(SceneRandom random)
    {
        float Around(float value, float spread = 0.08f) => value * MathF.Exp(random.Normal(0, spread));
        var low = random.Normal(0, 0.05f);
        var cute = random.Chance(0.25) ? random.Between(1.15f, 1.7f) : 1;
        return this with
        {
            Top = Around(Top),
            Cheek = Around(Cheek),
            Jaw = Around(Jaw),
            Rise = Around(Rise),
            Chin = Chin + low,
            Tufts = random.Chance(0.2) ? 0 : Around(Tufts, 0.2f),
            EarSize = Around(EarSize, 0.14f),
            EarTurn = EarTurn + random.Normal(0, 10),
            EarX = Around(EarX, 0.06f),
            EyeX = Around(EyeX, 0.07f) * MathF.Pow(cute, 0.15f),
            EyeY = EyeY + random.Normal(0, 0.04f),
            EyeSize = Around(EyeSize, 0.12f) * cute,
            EyeOpen = Math.Clamp(Around(EyeOpen, 0.12f), 0.45f, 1.1f),
            EyeTilt = EyeTilt + random.Normal(0, 5),
            MuzzleX = Around(MuzzleX),
            MuzzleTop = MuzzleTop + low,
            MuzzleLow = MuzzleLow + low,
            NoseY = NoseY + low + random.Normal(0, 0.02f),
            NoseX = Around(NoseX, 0.14f),
            MouthX = Around(MouthX, 0.15f),
        };
    }
}
