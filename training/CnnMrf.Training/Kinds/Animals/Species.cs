using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>The four-legged animals that are drawn.</summary>
internal static class Species
{
    private static readonly Build Hound = new()
    {
        Leg = 0.58f,
        Depth = 0.42f,
        Groin = 0.33f,
        NeckLength = 0.34f,
        NeckAngle = 48,
        NeckBase = 0.14f,
        NeckTop = 0.095f,
        Head = 0.36f,
        Skull = 0.34f,
        Muzzle = 0.17f,
        Stop = 0.42f,
        HeadAngle = 8,
        Foot = Foot.Paw,
        Ear = Ear.Flop,
        EarSize = 0.45f,
        Tail = Tail.Thin,
        TailLength = 0.5f,
        TailLift = 80,
        Thigh = 0.12f,
        Shin = 0.035f,
        Sits = true,
    };

    private static readonly Build Cat = new()
    {
        Leg = 0.42f,
        Depth = 0.33f,
        Groin = 0.3f,
        NeckLength = 0.22f,
        NeckAngle = 35,
        NeckBase = 0.12f,
        NeckTop = 0.1f,
        Head = 0.22f,
        Skull = 0.68f,
        Muzzle = 0.34f,
        Stop = 0.55f,
        HeadAngle = 8,
        Foot = Foot.Paw,
        Ear = Ear.Pricked,
        EarSize = 0.75f,
        Tail = Tail.Thin,
        TailLength = 0.75f,
        TailLift = 90,
        Thigh = 0.13f,
        Shin = 0.035f,
        Rump = 0.02f,
        Sits = true,
    };

    private static readonly Build Horse = new()
    {
        Leg = 0.66f,
        Depth = 0.46f,
        Groin = 0.41f,
        NeckLength = 0.52f,
        NeckAngle = 48,
        NeckBase = 0.2f,
        NeckTop = 0.1f,
        Head = 0.46f,
        Skull = 0.3f,
        Muzzle = 0.15f,
        Stop = 0.45f,
        HeadAngle = 42,
        Foot = Foot.Hoof,
        Ear = Ear.Leaf,
        EarSize = 0.28f,
        Tail = Tail.Hair,
        TailLength = 0.62f,
        TailLift = 25,
        Mane = Mane.Crest,
        Thigh = 0.18f,
        Shin = 0.042f,
        Sway = 0.03f,
        Grazes = true,
    };

    private static readonly Build Cow = new()
    {
        Leg = 0.45f,
        Depth = 0.53f,
        Groin = 0.49f,
        EarLean = 70,
        NeckLength = 0.32f,
        NeckAngle = 22,
        NeckBase = 0.19f,
        NeckTop = 0.13f,
        Head = 0.4f,
        Skull = 0.34f,
        Muzzle = 0.22f,
        Stop = 0.42f,
        HeadAngle = 38,
        Foot = Foot.Hoof,
        Ear = Ear.Leaf,
        EarSize = 0.42f,
        Tail = Tail.Tuft,
        TailLength = 0.6f,
        TailLift = 8,
        Horns = Horns.Cow,
        Thigh = 0.15f,
        Shin = 0.04f,
        Grazes = true,
    };

    private static readonly Build Sheep = new()
    {
        Leg = 0.38f,
        EarLean = 80,
        Depth = 0.52f,
        Groin = 0.5f,
        NeckLength = 0.24f,
        NeckAngle = 35,
        NeckBase = 0.17f,
        NeckTop = 0.12f,
        Head = 0.32f,
        Skull = 0.36f,
        Muzzle = 0.19f,
        Stop = 0.45f,
        HeadAngle = 30,
        Foot = Foot.Hoof,
        Ear = Ear.Leaf,
        EarSize = 0.42f,
        Tail = Tail.Stub,
        TailLength = 0.18f,
        Cover = Cover.Wool,
        Thigh = 0.12f,
        Shin = 0.04f,
        Grazes = true,
    };

    private static readonly Build Lion = new()
    {
        Leg = 0.48f,
        Depth = 0.4f,
        Groin = 0.33f,
        NeckLength = 0.28f,
        NeckAngle = 30,
        NeckBase = 0.16f,
        NeckTop = 0.13f,
        Head = 0.3f,
        Skull = 0.5f,
        Muzzle = 0.3f,
        Stop = 0.42f,
        HeadAngle = 12,
        Foot = Foot.Paw,
        Ear = Ear.Round,
        EarSize = 0.3f,
        Tail = Tail.Tuft,
        TailLength = 0.65f,
        TailLift = 30,
        Mane = Mane.Ruff,
        Thigh = 0.15f,
        Shin = 0.05f,
        Sits = true,
    };

    private static readonly Build Deer = new()
    {
        Leg = 0.72f,
        EarLean = 15,
        Depth = 0.38f,
        Groin = 0.31f,
        NeckLength = 0.48f,
        NeckAngle = 58,
        NeckBase = 0.13f,
        NeckTop = 0.07f,
        Head = 0.33f,
        Skull = 0.31f,
        Muzzle = 0.15f,
        Stop = 0.42f,
        HeadAngle = 22,
        Foot = Foot.Hoof,
        Ear = Ear.Leaf,
        EarSize = 0.5f,
        Tail = Tail.Stub,
        TailLength = 0.16f,
        TailLift = 40,
        Horns = Horns.Antlers,
        Thigh = 0.13f,
        Shin = 0.028f,
        Grazes = true,
    };

    private static readonly Build Elephant = new()
    {
        Leg = 0.5f,
        Depth = 0.56f,
        Groin = 0.52f,
        Sway = -0.05f,
        NeckLength = 0.2f,
        NeckAngle = 25,
        NeckBase = 0.24f,
        NeckTop = 0.2f,
        Head = 0.38f,
        Skull = 0.6f,
        Muzzle = 0.3f,
        Stop = 0.4f,
        HeadAngle = 50,
        Foot = Foot.Pad,
        Pillar = true,
        Ear = Ear.Fan,
        EarSize = 0.95f,
        Tail = Tail.Tuft,
        TailLength = 0.42f,
        TailLift = 8,
        Thigh = 0.15f,
        Shin = 0.1f,
        Proboscis = true,
        Rump = -0.02f,
    };

    private static readonly Build Turtle = new()
    {
        Leg = 0.16f,
        Depth = 0.24f,
        Groin = 0.22f,
        NeckLength = 0.3f,
        NeckAngle = 22,
        NeckBase = 0.08f,
        NeckTop = 0.065f,
        Head = 0.17f,
        Skull = 0.45f,
        Muzzle = 0.3f,
        Stop = 0.5f,
        HeadAngle = 5,
        Foot = Foot.Pad,
        Pillar = true,
        Ear = Ear.None,
        EarSize = 0.2f,
        Tail = Tail.Stub,
        TailLength = 0.15f,
        TailLift = 50,
        Cover = Cover.Shell,
        Thigh = 0.08f,
        Shin = 0.06f,
    };

    private static readonly (double Share, string Name, Build Build)[] All =
    [
        (3, "dog", Hound),
        (1.2, "dog", Hound with
        {
            Leg = 0.25f, Depth = 0.32f, Groin = 0.27f, EarSize = 0.55f, Head = 0.3f, NeckLength = 0.26f, TailLift = 70, Shin = 0.045f,
        }),
        (1.5, "wolf", Hound with
        {
            Ear = Ear.Pricked, EarSize = 0.42f, Tail = Tail.Bush, TailLift = 35, Cover = Cover.Shaggy, NeckBase = 0.17f,
            NeckTop = 0.12f, NeckAngle = 30, Muzzle = 0.15f,
        }),
        (1, "fox", Hound with
        {
            Ear = Ear.Pricked, EarSize = 0.55f, Tail = Tail.Bush, TailLength = 0.7f, TailLift = 60, Leg = 0.45f, Muzzle = 0.12f,
            Head = 0.33f, Depth = 0.34f, NeckAngle = 32,
        }),
        (3, "cat", Cat),
        (1.2, "feline", Cat with
        {
            Leg = 0.46f, Depth = 0.36f, Head = 0.25f, Ear = Ear.Round, EarSize = 0.35f, TailLift = 40, Shin = 0.05f, Skull = 0.55f,
        }),
        (3, "horse", Horse),
        (1, "horse", Horse with { Leg = 0.5f, NeckLength = 0.42f, Head = 0.4f, Depth = 0.46f, Shin = 0.045f }),
        (0.8, "zebra", Horse with { Mane = Mane.Brush, Leg = 0.58f, Tail = Tail.Tuft, EarSize = 0.36f, NeckLength = 0.45f }),
        (0.7, "donkey", Horse with
        {
            Mane = Mane.Brush, Leg = 0.56f, Tail = Tail.Tuft, Ear = Ear.Long, EarSize = 0.6f, NeckLength = 0.42f, NeckAngle = 38,
        }),
        (3, "cow", Cow),
        (0.7, "bull", Cow with { NeckBase = 0.25f, NeckTop = 0.18f, Depth = 0.56f, Rump = -0.06f }),
        (2, "sheep", Sheep),
        (1, "goat", Sheep with { Cover = Cover.Smooth, Horns = Horns.Goat, Depth = 0.42f, Groin = 0.4f, NeckTop = 0.08f, NeckAngle = 50,
            Leg = 0.46f }),
        (1.5, "lion", Lion),
        (0.7, "feline", Lion with { Mane = Mane.None, Tail = Tail.Thin }),
        (2, "deer", Deer),
        (0.8, "doe", Deer with { Horns = Horns.None }),
        (0.5, "giraffe", Deer with
        {
            NeckLength = 1.25f, NeckAngle = 62, NeckBase = 0.16f, Leg = 0.95f, Rump = -0.12f, Horns = Horns.Short, Head = 0.32f,
            Tail = Tail.Tuft, TailLength = 0.5f, TailLift = 10, Mane = Mane.Brush, EarSize = 0.35f, Grazes = false, HeadAngle = 25,
        }),
        (1.5, "elephant", Elephant),
        (1.2, "pig", Cow with
        {
            Leg = 0.24f, NeckLength = 0.14f, NeckAngle = 5, Head = 0.36f, Muzzle = 0.2f, Horns = Horns.None, Tail = Tail.Curl,
            TailLength = 0.2f, TailLift = 70, EarSize = 0.4f, Ear = Ear.Pricked, EarLean = -10, HeadAngle = 22, Skull = 0.38f,
            Depth = 0.46f, Sway = -0.03f,
        }),
        (1, "bear", Lion with
        {
            Mane = Mane.None, Cover = Cover.Shaggy, Tail = Tail.Stub, TailLength = 0.1f, Depth = 0.52f, Groin = 0.48f, NeckAngle = 10,
            Shin = 0.075f, Thigh = 0.17f, Sway = -0.03f, Pillar = true, Muzzle = 0.22f, Head = 0.34f,
        }),
        (0.6, "rhino", Elephant with
        {
            Proboscis = false, Leg = 0.34f, Ear = Ear.Leaf, EarSize = 0.3f, Head = 0.45f, Skull = 0.36f, Muzzle = 0.24f,
            HeadAngle = 35, NeckAngle = 2, Tail = Tail.Tuft,
        }),
        (0.8, "rabbit", Cat with
        {
            Ear = Ear.Long, EarSize = 1.25f, Tail = Tail.Stub, TailLength = 0.12f, TailLift = 60, Leg = 0.22f, Sway = -0.12f,
            Depth = 0.38f, Groin = 0.46f, Rump = 0.1f, NeckLength = 0.16f, Head = 0.24f,
        }),
        (1.2, "turtle", Turtle),
    ];

    private static readonly double Sum = All.Sum(s => s.Share);

    /// <summary>A species, and an individual's proportions.</summary>
    public static (string Name, Build Build) Any(SceneRandom random)
    {
        var place = random.Next() * Sum;
        var chosen = All[^1];
        foreach (var species in All)
        {
            if ((place -= species.Share) < 0)
            {
                chosen = species;
                break;
            }
        }

        var build = chosen.Build.Varied(random);
        if (chosen.Name is "dog")
        {
            build = build with
            {
                Ear = random.Pick(Ear.Flop, Ear.Flop, Ear.Pricked),
                Tail = random.Pick(Tail.Thin, Tail.Thin, Tail.Bush),
                Cover = random.Chance(0.25) ? Cover.Shaggy : Cover.Smooth,
                Muzzle = build.Muzzle * random.Between(0.9f, 1.25f),
            };
        }

        if (chosen.Name is "cow")
        {
            build = build with { Horns = random.Pick(Horns.Cow, Horns.Cow, Horns.Short, Horns.None) };
        }

        if (chosen.Name is "sheep" && random.Chance(0.3))
        {
            build = build with { Horns = Horns.Ram };
        }

        return (chosen.Name, build);
    }
}
