using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>What its coat shows.</summary>
internal enum Pattern
{
    None,
    Patches,
    Spots,
    Rings,
    Stripes,
    Saddle,
    Net,
}

/// <summary>Natural colours of an animal.</summary>
internal sealed record Coat
{
    /// <summary>Of the body.</summary>
    public required SKColor Base { get; init; }

    /// <summary>Of the markings.</summary>
    public SKColor Mark { get; init; }

    /// <summary>Of the belly, where it is lighter.</summary>
    public SKColor Belly { get; init; }

    /// <summary>Of the lower legs.</summary>
    public SKColor Sock { get; init; }

    /// <summary>Of the muzzle.</summary>
    public SKColor Muzzle { get; init; }

    /// <summary>Of the face.</summary>
    public SKColor Face { get; init; }

    /// <summary>Of mane and tail hair.</summary>
    public SKColor Mane { get; init; }

    /// <summary>Of hooves and claws.</summary>
    public SKColor Hoof { get; init; }

    /// <summary>Of the nose's skin.</summary>
    public SKColor Nose { get; init; }

    /// <summary>Of the eye.</summary>
    public SKColor Iris { get; init; }

    /// <summary>Of horns.</summary>
    public SKColor Horn { get; init; }

    /// <summary>Of the shell.</summary>
    public SKColor Shell { get; init; }

    public Pattern Pattern { get; init; }

    /// <summary>Whether it has inner shading; without, it is flat as in a cartoon.</summary>
    public bool Shaded { get; init; }

    /// <summary>A coat for a species.</summary>
    public static Coat Of(string species, SceneRandom random)
    {
        var brown = Tint.Hsv(random.Between(14, 38), random.Between(0.35f, 0.75f), random.Between(0.25f, 0.8f));
        var grey = Tint.Hsv(random.Between(15, 50), random.Between(0, 0.12f), random.Between(0.2f, 0.75f));
        var black = Tint.Hsv(25, random.Between(0, 0.3f), random.Between(0.06f, 0.2f));
        var white = Tint.Hsv(random.Between(35, 50), random.Between(0.02f, 0.18f), random.Between(0.85f, 1));
        var sand = Tint.Hsv(random.Between(28, 42), random.Between(0.3f, 0.6f), random.Between(0.65f, 0.92f));
        var ginger = Tint.Hsv(random.Between(16, 32), random.Between(0.65f, 0.9f), random.Between(0.65f, 0.95f));
        var pink = Tint.Hsv(random.Between(0, 20), random.Between(0.15f, 0.4f), random.Between(0.8f, 0.98f));
        var green = Tint.Hsv(random.Between(60, 130), random.Between(0.3f, 0.6f), random.Between(0.3f, 0.65f));
        var (colour, mark, pattern) = species switch
        {
            "dog" => (random.Pick(brown, sand, black, white, grey, ginger), random.Pick(black, white, brown),
                random.Pick(Pattern.None, Pattern.None, Pattern.Patches, Pattern.Saddle, Pattern.Spots)),
            "wolf" => (random.Pick(grey, grey, black, white), Tint.Shade(grey, 0.5f), random.Pick(Pattern.Saddle, Pattern.None)),
            "fox" => (ginger, black, Pattern.None),
            "cat" => (random.Pick(ginger, grey, black, white, brown, sand), random.Pick(black, Tint.Shade(brown, 0.6f), ginger),
                random.Pick(Pattern.None, Pattern.None, Pattern.Stripes, Pattern.Stripes, Pattern.Patches)),
            "feline" => (random.Pick(ginger, sand, sand), black, random.Pick(Pattern.Stripes, Pattern.Rings, Pattern.Spots, Pattern.None)),
            "horse" => (random.Pick(brown, brown, black, white, grey, sand), random.Pick(white, black, brown),
                random.Pick(Pattern.None, Pattern.None, Pattern.None, Pattern.Patches)),
            "zebra" => (white, black, Pattern.Stripes),
            "donkey" => (random.Pick(grey, brown), black, Pattern.None),
            "cow" or "bull" => (random.Pick(white, brown, black, sand, white), random.Pick(black, brown, white),
                random.Pick(Pattern.None, Pattern.Patches, Pattern.Patches)),
            "sheep" => (random.Pick(white, white, white, grey, black), black, Pattern.None),
            "goat" => (random.Pick(white, brown, black, grey), random.Pick(black, white),
                random.Pick(Pattern.None, Pattern.Patches, Pattern.Saddle)),
            "lion" => (sand, brown, Pattern.None),
            "deer" or "doe" => (random.Pick(brown, Tint.Mix(brown, ginger, 0.5f)), white,
                random.Pick(Pattern.None, Pattern.None, Pattern.Spots)),
            "giraffe" => (Tint.Shade(sand, 1.15f), Tint.Shade(brown, 0.8f), Pattern.Net),
            "elephant" or "rhino" => (grey, grey, Pattern.None),
            "pig" => (random.Pick(pink, pink, pink, black, brown), random.Pick(black, pink),
                random.Pick(Pattern.None, Pattern.None, Pattern.Patches)),
            "bear" => (random.Pick(brown, Tint.Shade(brown, 0.6f), black, white), brown, Pattern.None),
            "rabbit" => (random.Pick(grey, brown, white, sand, black), white, random.Pick(Pattern.None, Pattern.None, Pattern.Patches)),
            _ => (random.Pick(green, green, brown), Tint.Shade(green, 0.6f), random.Pick(Pattern.None, Pattern.Spots)),
        };

        // Drawn animals may have any colour at all.
        if (random.Chance(0.07))
        {
            colour = Tint.Any(random);
        }

        var bellied = species is "fox" or "wolf" or "deer" or "doe" or "donkey" || random.Chance(0.25);
        var belly = bellied ? Tint.Mix(colour, SKColors.White, random.Between(0.3f, 0.75f))
            : Tint.Shade(colour, random.Between(0.75f, 0.95f));
        var sock = species switch
        {
            "fox" => black,
            "horse" => random.Pick(colour, black, white),
            "sheep" => random.Pick(colour, black, black),
            "cat" or "dog" => random.Pick(colour, colour, white, belly),
            _ => random.Pick(colour, colour, Tint.Shade(colour, 0.7f)),
        };
        var masked = pattern == Pattern.Patches || species is "horse" or "cow" or "dog";
        var face = species is "sheep" ? sock : masked && random.Chance(0.2) ? mark : colour;
        return new()
        {
            Base = colour,
            Mark = mark,
            Belly = belly,
            Sock = sock,
            Face = face,
            Muzzle = species switch
            {
                "horse" or "deer" or "doe" => Tint.Mix(face, black, random.Between(0.1f, 0.7f)),
                "cow" or "bull" => Tint.Mix(pink, random.Pick(face, black, pink), random.Between(0, 0.8f)),
                "pig" => Tint.Mix(pink, face, 0.4f),
                "donkey" or "fox" => Tint.Mix(white, face, 0.1f),
                _ => random.Pick(face, Tint.Mix(face, white, random.Between(0.2f, 0.8f)), Tint.Shade(face, 0.7f)),
            },
            Mane = species switch
            {
                "horse" => random.Pick(black, white, Tint.Shade(colour, 0.5f), sand),
                "lion" => random.Pick(brown, Tint.Shade(brown, 0.5f), ginger),
                "zebra" or "donkey" => black,
                _ => Tint.Shade(colour, random.Between(0.4f, 0.8f)),
            },
            Hoof = random.Pick(black, Tint.Hsv(30, 0.3f, random.Between(0.2f, 0.6f))),
            Nose = species is "pig" || random.Chance(0.25) ? Tint.Shade(pink, random.Between(0.7f, 1)) : black,
            Iris = random.Pick(Tint.Hsv(random.Between(18, 50), 0.7f, random.Between(0.2f, 0.8f)), black,
                species is "cat" or "feline" or "wolf" ? Tint.Hsv(random.Between(45, 200), 0.6f, 0.8f) : black),
            Horn = Tint.Hsv(random.Between(25, 45), random.Between(0.1f, 0.5f), random.Between(0.3f, 0.95f)),
            Shell = random.Pick(brown, green, Tint.Shade(green, 0.6f), ginger, grey),
            Pattern = pattern,
            Shaded = random.Chance(0.7),
        };
    }
}
