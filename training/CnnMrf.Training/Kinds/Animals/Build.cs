using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>What it walks on.</summary>
internal enum Foot
{
    Hoof,
    Paw,
    Pad,
}

/// <summary>The form of its ears.</summary>
internal enum Ear
{
    Pricked,
    Flop,
    Round,
    Leaf,
    Fan,
    Long,
    None,
}

/// <summary>The form of its tail.</summary>
internal enum Tail
{
    Hair,
    Tuft,
    Bush,
    Thin,
    Stub,
    Curl,
}

/// <summary>What it has on its head.</summary>
internal enum Horns
{
    None,
    Short,
    Cow,
    Goat,
    Ram,
    Antlers,
}

/// <summary>Its mane.</summary>
internal enum Mane
{
    None,
    Crest,
    Brush,
    Ruff,
}

/// <summary>What covers it.</summary>
internal enum Cover
{
    Smooth,
    Shaggy,
    Wool,
    Shell,
}

/// <summary>The proportions of a four-legged animal; the trunk's length is 1 unless said otherwise.</summary>
internal sealed record Build
{
    /// <summary>From the chest's underside to the ground.</summary>
    public float Leg { get; init; } = 0.6f;

    /// <summary>The trunk's height at the chest.</summary>
    public float Depth { get; init; } = 0.42f;

    /// <summary>The trunk's height at the groin.</summary>
    public float Groin { get; init; } = 0.34f;

    /// <summary>How much the back sags (positive) or arches.</summary>
    public float Sway { get; init; } = 0.02f;

    /// <summary>How much higher the croup is than the withers.</summary>
    public float Rump { get; init; }

    public float NeckLength { get; init; } = 0.4f;

    /// <summary>Degrees above level, standing.</summary>
    public float NeckAngle { get; init; } = 40;

    /// <summary>Half the neck's thickness at the trunk.</summary>
    public float NeckBase { get; init; } = 0.15f;

    /// <summary>Half the neck's thickness at the head.</summary>
    public float NeckTop { get; init; } = 0.09f;

    /// <summary>From the middle of the skull to the tip of the nose.</summary>
    public float Head { get; init; } = 0.35f;

    /// <summary>Half the skull's height, in heads.</summary>
    public float Skull { get; init; } = 0.35f;

    /// <summary>Half the muzzle's height, in heads.</summary>
    public float Muzzle { get; init; } = 0.18f;

    /// <summary>Where the muzzle begins, in heads.</summary>
    public float Stop { get; init; } = 0.4f;

    /// <summary>Degrees by which the muzzle points down, standing.</summary>
    public float HeadAngle { get; init; } = 20;

    /// <summary>Half the thickness of the thigh.</summary>
    public float Thigh { get; init; } = 0.13f;

    /// <summary>Half the thickness of the lower leg.</summary>
    public float Shin { get; init; } = 0.035f;

    /// <summary>Whether its legs are pillars without hocks.</summary>
    public bool Pillar { get; init; }

    public Foot Foot { get; init; }

    public Ear Ear { get; init; }

    /// <summary>In heads.</summary>
    public float EarSize { get; init; } = 0.4f;

    /// <summary>Degrees by which they lean back.</summary>
    public float EarLean { get; init; }

    public Tail Tail { get; init; } = Tail.Thin;

    public float TailLength { get; init; } = 0.5f;

    /// <summary>Where the tail points: 0 down, 90 back, 150 up.</summary>
    public float TailLift { get; init; } = 20;

    public Horns Horns { get; init; }

    public Mane Mane { get; init; }

    public Cover Cover { get; init; }

    /// <summary>Whether it has a trunk and tusks.</summary>
    public bool Proboscis { get; init; }

    /// <summary>Whether it is seen sitting.</summary>
    public bool Sits { get; init; }

    /// <summary>Whether it grazes.</summary>
    public bool Grazes { get; init; }

    /// <summary>A neighbour.</summary>
    public Build Varied(SceneRandom random)
    {
        float Around(float value, float spread = 0.08f) => value * MathF.Exp(random.Normal(0, spread));
        var childlike = random.Chance(0.2) ? random.Between(1.15f, 1.6f) : 1;
        return this with
        {
            Leg = Around(Leg) / MathF.Sqrt(childlike),
            Depth = Around(Depth),
            Groin = Around(Groin),
            Sway = Sway + random.Normal(0, 0.012f),
            Rump = Rump + random.Normal(0, 0.015f),
            NeckLength = Around(NeckLength),
            NeckAngle = NeckAngle + random.Normal(0, 8),
            NeckBase = Around(NeckBase),
            NeckTop = Around(NeckTop) * MathF.Sqrt(childlike),
            Head = Around(Head) * childlike,
            Skull = Around(Skull),
            Muzzle = Around(Muzzle, 0.1f),
            Stop = Math.Clamp(Around(Stop), 0.2f, 0.7f),
            HeadAngle = HeadAngle + random.Normal(0, 8),
            Thigh = Around(Thigh),
            Shin = Around(Shin, 0.12f),
            EarSize = Around(EarSize, 0.15f),
            TailLength = Around(TailLength, 0.15f),
            TailLift = TailLift + random.Normal(0, 15),
        };
    }
}
