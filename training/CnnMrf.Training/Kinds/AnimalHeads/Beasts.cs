using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.AnimalHeads;

/// <summary>Natural colours of a head.</summary>
internal sealed record Fur
{
    public required SKColor Base { get; init; }

    public SKColor Mark { get; init; }

    public SKColor Muzzle { get; init; }

    public SKColor Inner { get; init; }

    public SKColor Nose { get; init; }

    public SKColor Iris { get; init; }

    public SKColor Mane { get; init; }

    public SKColor Chest { get; init; }

    public Mask Mask { get; init; }

    /// <summary>Whether it has inner shading; without, it is flat as in a cartoon.</summary>
    public bool Shaded { get; init; }
}

/// <summary>The animals whose heads are drawn.</summary>
internal static class Beasts
{
    private static readonly Features Cat = new()
    {
        Species = "cat",
        Top = 0.86f,
        Cheek = 1,
        Jaw = 0.7f,
        Rise = 0.82f,
        Chin = 0.85f,
        Tufts = 0.15f,
        EarX = 0.6f,
        EarSize = 0.72f,
        EarTurn = 16,
        EyeX = 0.44f,
        EyeY = -0.06f,
        EyeSize = 0.21f,
        EyeTilt = 12,
        Slit = true,
        MuzzleX = 0.36f,
        MuzzleTop = 0.22f,
        MuzzleLow = 0.72f,
        NoseY = 0.3f,
        NoseX = 0.1f,
        MouthX = 0.22f,
        Whiskers = true,
    };

    private static readonly Features Dog = new()
    {
        Species = "dog",
        Top = 0.72f,
        Cheek = 0.8f,
        Jaw = 0.58f,
        Rise = 0.9f,
        Chin = 1.02f,
        Ear = EarForm.Flop,
        EarX = 0.66f,
        EarY = -0.55f,
        EarSize = 0.9f,
        EarTurn = 12,
        EyeX = 0.36f,
        EyeY = -0.18f,
        EyeSize = 0.14f,
        MuzzleX = 0.42f,
        MuzzleTop = 0.1f,
        MuzzleLow = 0.92f,
        Nose = NoseForm.Wide,
        NoseY = 0.34f,
        NoseX = 0.19f,
        MouthX = 0.32f,
    };

    private static readonly Features Bear = new()
    {
        Species = "bear",
        Top = 0.85f,
        Cheek = 0.98f,
        Jaw = 0.72f,
        Rise = 0.88f,
        Chin = 0.92f,
        Ear = EarForm.Round,
        EarX = 0.7f,
        EarY = -0.72f,
        EarSize = 0.34f,
        EarTurn = 25,
        EyeX = 0.34f,
        EyeY = -0.14f,
        EyeSize = 0.1f,
        EyeTilt = 0,
        MuzzleX = 0.42f,
        MuzzleTop = 0.08f,
        MuzzleLow = 0.86f,
        Nose = NoseForm.Wide,
        NoseY = 0.28f,
        NoseX = 0.17f,
        MouthX = 0.25f,
    };

    private static readonly Features Cow = new()
    {
        Species = "cow",
        Top = 0.62f,
        Cheek = 0.58f,
        Jaw = 0.48f,
        Rise = 0.95f,
        Chin = 1.12f,
        Ear = EarForm.Leaf,
        EarX = 0.62f,
        EarY = -0.5f,
        EarSize = 0.6f,
        EarTurn = 88,
        EyeX = 0.5f,
        EyeY = -0.28f,
        EyeSize = 0.13f,
        EyeTilt = -4,
        MuzzleX = 0.5f,
        MuzzleTop = 0.38f,
        MuzzleLow = 1.08f,
        Nose = NoseForm.Broad,
        NoseY = 0.62f,
        NoseX = 0.28f,
        MouthX = 0.36f,
        Crown = Crown.Horns,
    };

    private static readonly (double Share, Features Features)[] All =
    [
        (4, Cat),
        (2.5, Dog),
        (1.5, Dog with { Top = 0.6f, Cheek = 0.62f, Jaw = 0.5f, EarSize = 1.1f, EyeX = 0.3f, MuzzleX = 0.36f }),
        (1, Dog with { Top = 0.85f, Cheek = 0.98f, Jaw = 0.85f, Chin = 0.9f, EarSize = 0.6f, MuzzleX = 0.55f, NoseX = 0.2f,
            EyeSize = 0.17f, MouthX = 0.4f }),
        (2, Dog with { Species = "wolf", Ear = EarForm.Pointed, EarX = 0.55f, EarSize = 0.7f, EarTurn = 10, Tufts = 0.22f, Cheek = 0.92f,
            MuzzleX = 0.34f, EyeTilt = 14 }),
        (1.5, Dog with
        {
            Species = "fox", Ear = EarForm.Pointed, EarX = 0.56f, EarSize = 0.85f, EarTurn = 14, Tufts = 0.3f, Cheek = 1, Jaw = 0.4f,
            MuzzleX = 0.26f, EyeTilt = 16, NoseX = 0.12f, NoseY = 0.5f, MouthX = 0.2f, Chin = 0.9f,
        }),
        (1.8, Bear),
        (1, Bear with { Species = "panda", EyeX = 0.38f }),
        (0.8, Bear with { Species = "koala", EarSize = 0.5f, EarX = 0.85f, EarY = -0.5f, NoseX = 0.18f, MuzzleX = 0.3f, Tufts = 0.15f }),
        (0.8, Bear with { Species = "mouse", EarSize = 0.55f, EarX = 0.72f, Jaw = 0.45f, Cheek = 0.8f, NoseX = 0.1f, MuzzleX = 0.26f,
            Whiskers = true, EyeSize = 0.13f }),
        (1.2, Bear with
        {
            Species = "monkey", Ear = EarForm.Round, EarX = 0.98f, EarY = -0.08f, EarSize = 0.3f, Nose = NoseForm.Flat, NoseX = 0.14f,
            NoseY = 0.24f, MuzzleX = 0.55f, MouthX = 0.4f, EyeX = 0.28f, EyeSize = 0.13f, EyeY = -0.2f, Cheek = 0.85f,
        }),
        (1.8, Cat with
        {
            Species = "lion", Ear = EarForm.Round, EarSize = 0.27f, EarX = 0.68f, EarY = -0.7f, EarTurn = 30, EyeSize = 0.13f,
            EyeX = 0.38f, Nose = NoseForm.Wide, NoseX = 0.2f, MuzzleX = 0.48f, MuzzleLow = 0.9f, Chin = 1, Slit = false, Mane = true,
            MouthX = 0.28f, Tufts = 0, NoseY = 0.34f, Cheek = 0.85f,
        }),
        (1.5, Cat with
        {
            Species = "tiger", Ear = EarForm.Round, EarSize = 0.3f, EarX = 0.66f, EarY = -0.68f, EarTurn = 28, EyeSize = 0.14f,
            EyeX = 0.4f, Nose = NoseForm.Wide, NoseX = 0.18f, MuzzleX = 0.46f, MuzzleLow = 0.88f, Chin = 0.98f, Slit = false,
            Tufts = 0.25f,
        }),
        (2, new()
        {
            Species = "owl", Top = 0.9f, Cheek = 0.98f, Jaw = 0.85f, Rise = 0.85f, Chin = 0.85f, Ear = EarForm.Tuft, EarX = 0.55f,
            EarY = -0.68f, EarSize = 0.4f, EarTurn = 25, EyeX = 0.42f, EyeY = -0.1f, EyeSize = 0.25f, EyeOpen = 1, EyeTilt = 0,
            MuzzleX = 0.14f, MuzzleTop = 0.05f, MuzzleLow = 0.4f, Nose = NoseForm.Beak, NoseY = 0.22f, NoseX = 0.12f, MouthX = 0.1f,
        }),
        (2, Cow),
        (1, Cow with { Species = "horse", Crown = Crown.Forelock, EarTurn = 8, EarX = 0.36f, EarY = -0.85f, EarSize = 0.45f,
            MuzzleX = 0.38f, Jaw = 0.36f, Chin = 1.3f, MuzzleLow = 1.25f, MuzzleTop = 0.6f, NoseY = 0.9f, NoseX = 0.22f, Top = 0.52f,
                EyeX = 0.44f }),
        (1, Cow with { Species = "deer", Crown = Crown.Antlers, EarTurn = 55, EarX = 0.5f, EarY = -0.7f, EarSize = 0.62f, MuzzleX = 0.28f,
            Jaw = 0.3f, Top = 0.52f, Cheek = 0.52f, NoseX = 0.17f, Nose = NoseForm.Wide, NoseY = 0.78f, EyeX = 0.43f, MouthX = 0.2f }),
        (1.2, Cow with { Species = "sheep", Crown = Crown.Wool, EarTurn = 100, EarSize = 0.45f, EarY = -0.4f, MuzzleX = 0.34f, Jaw = 0.36f,
            Nose = NoseForm.Triangle, NoseX = 0.14f, NoseY = 0.7f, Cheek = 0.52f, EyeX = 0.4f, MouthX = 0.22f }),
        (2, new()
        {
            Species = "pig", Top = 0.8f, Cheek = 0.95f, Jaw = 0.75f, Rise = 0.85f, Chin = 0.9f, Ear = EarForm.Leaf, EarX = 0.55f,
            EarY = -0.65f, EarSize = 0.5f, EarTurn = 28, EyeX = 0.42f, EyeY = -0.16f, EyeSize = 0.1f, MuzzleX = 0.38f,
            MuzzleTop = 0.1f, MuzzleLow = 0.62f, Nose = NoseForm.Disc, NoseY = 0.3f, NoseX = 0.34f, MouthX = 0.34f,
        }),
        (2, new()
        {
            Species = "rabbit", Top = 0.68f, Cheek = 0.85f, Jaw = 0.62f, Rise = 0.85f, Chin = 0.88f, Ear = EarForm.Long, EarX = 0.32f,
            EarY = -0.72f, EarSize = 1.2f, EarTurn = 8, EyeX = 0.46f, EyeY = -0.12f, EyeSize = 0.16f, EyeOpen = 0.95f, MuzzleX = 0.34f,
            MuzzleTop = 0.2f, MuzzleLow = 0.7f, NoseY = 0.26f, NoseX = 0.08f, MouthX = 0.17f, Whiskers = true,
        }),
    ];

    private static readonly double Sum = All.Sum(b => b.Share);

    /// <summary>An individual of some animal.</summary>
    public static Features Any(SceneRandom random)
    {
        var place = random.Next() * Sum;
        var chosen = All[0].Features;
        foreach (var (share, features) in All)
        {
            if ((place -= share) < 0)
            {
                chosen = features;
                break;
            }
        }

        chosen = chosen.Varied(random);
        return chosen.Species switch
        {
            "lion" => chosen with { Mane = random.Chance(0.7) },
            "cow" or "deer" => chosen with { Crown = random.Chance(0.6) ? chosen.Crown : Crown.None },
            "owl" => chosen with { EarSize = random.Chance(0.4) ? 0 : chosen.EarSize },
            "dog" => chosen with { Tufts = random.Chance(0.3) ? 0.15f : 0 },
            "sheep" => chosen with { Crown = random.Chance(0.8) ? Crown.Wool : Crown.Horns },
            _ => chosen,
        };
    }

    /// <summary>Its colours.</summary>
    public static Fur Colours(string species, SceneRandom random)
    {
        var brown = Tint.Hsv(random.Between(14, 38), random.Between(0.35f, 0.75f), random.Between(0.25f, 0.75f));
        var grey = Tint.Hsv(random.Between(15, 50), random.Between(0, 0.12f), random.Between(0.25f, 0.75f));
        var black = Tint.Hsv(25, random.Between(0, 0.3f), random.Between(0.07f, 0.2f));
        var white = Tint.Hsv(random.Between(35, 50), random.Between(0.02f, 0.15f), random.Between(0.87f, 1));
        var sand = Tint.Hsv(random.Between(28, 42), random.Between(0.3f, 0.6f), random.Between(0.65f, 0.92f));
        var ginger = Tint.Hsv(random.Between(16, 32), random.Between(0.65f, 0.9f), random.Between(0.65f, 0.95f));
        var pink = Tint.Hsv(random.Between(0, 20), random.Between(0.15f, 0.4f), random.Between(0.8f, 0.98f));
        var (colour, mark, mask) = species switch
        {
            "cat" => (random.Pick(ginger, grey, black, white, brown, sand), random.Pick(black, Tint.Shade(brown, 0.6f), white),
                random.Pick(Mask.None, Mask.None, Mask.Stripes, Mask.Stripes, Mask.Half, Mask.Blaze)),
            "dog" => (random.Pick(brown, sand, black, white, grey, ginger), random.Pick(white, black, brown),
                random.Pick(Mask.None, Mask.None, Mask.Blaze, Mask.Half, Mask.Eyes)),
            "wolf" => (random.Pick(grey, grey, black, brown), white, random.Pick(Mask.Light, Mask.Light, Mask.None)),
            "fox" => (ginger, white, Mask.Light),
            "bear" => (random.Pick(brown, Tint.Shade(brown, 0.6f), black, white), sand, Mask.None),
            "panda" => (white, black, Mask.Eyes),
            "koala" or "mouse" => (random.Pick(grey, grey, brown), white, Mask.None),
            "monkey" => (random.Pick(brown, black, Tint.Shade(brown, 0.6f)), random.Pick(sand, pink, Tint.Shade(sand, 0.6f)), Mask.Disc),
            "lion" => (sand, white, Mask.None),
            "tiger" => (ginger, black, Mask.Stripes),
            "owl" => (random.Pick(brown, grey, white, sand), random.Pick(sand, white, Tint.Shade(brown, 0.6f)), Mask.Disc),
            "cow" => (random.Pick(white, brown, black, sand), random.Pick(white, black, brown),
                random.Pick(Mask.None, Mask.Blaze, Mask.Half, Mask.Eyes)),
            "horse" => (random.Pick(brown, brown, black, white, grey, sand), white, random.Pick(Mask.None, Mask.Blaze, Mask.Blaze)),
            "deer" => (brown, white, random.Pick(Mask.None, Mask.Light)),
            "sheep" => (random.Pick(white, black, grey, sand), black, Mask.None),
            "pig" => (random.Pick(pink, pink, pink, black, brown), black, random.Pick(Mask.None, Mask.None, Mask.Eyes)),
            _ => (random.Pick(grey, brown, white, sand, black), white, random.Pick(Mask.None, Mask.None, Mask.Blaze, Mask.Half)),
        };
        if (random.Chance(0.07))
        {
            colour = Tint.Any(random);
        }

        return new()
        {
            Base = colour,
            Mark = mark,
            Mask = mask,
            Muzzle = species switch
            {
                "pig" => Tint.Mix(pink, colour, 0.4f),
                "cow" => Tint.Mix(pink, random.Pick(colour, black, pink), random.Between(0, 0.7f)),
                "horse" or "deer" => Tint.Mix(colour, black, random.Between(0.1f, 0.7f)),
                "monkey" => mark,
                "tiger" or "fox" => white,
                _ => random.Pick(colour, Tint.Mix(colour, white, random.Between(0.3f, 0.9f)), Tint.Shade(colour, 0.6f), white),
            },
            Inner = Tint.Mix(Tint.Shade(colour, 0.8f), pink, random.Between(0.2f, 0.8f)),
            Nose = species is "cat" or "rabbit" or "mouse" && random.Chance(0.65) ? Tint.Shade(pink, 0.85f) : random.Chance(0.15)
                ? Tint.Shade(brown, 0.6f) : black,
            Iris = species switch
            {
                "cat" or "owl" or "wolf" or "tiger" => Tint.Hsv(random.Between(25, 210), random.Between(0.5f, 0.9f),
                    random.Between(0.6f, 0.95f)),
                _ => random.Pick(Tint.Hsv(random.Between(18, 45), 0.7f, random.Between(0.2f, 0.75f)), black),
            },
            Mane = species is "lion" ? random.Pick(brown, Tint.Shade(brown, 0.6f), ginger)
                : random.Pick(black, white, brown, Tint.Shade(colour, 0.6f)),
            Chest = random.Chance(0.5) ? Tint.Shade(colour, random.Between(0.75f, 1.1f)) : white,
            Shaded = random.Chance(0.7),
        };
    }
}
