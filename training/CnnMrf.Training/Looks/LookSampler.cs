using System.Numerics;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Looks.Finishing;

namespace CnnMrf.Training.Looks;

/// <summary>Which looks there are, and how often.</summary>
internal static class LookSampler
{
    public static SceneLook Sample(SceneRandom random)
    {
        var seed = random.NextBits();
        var which = random.Next();
        return which switch
        {
            < 0.35f => Photo(seed, random),
            < 0.5f => Cartoon(seed, random),
            < 0.65f => Painted(seed, random),
            _ => Wild(seed, random),
        };
    }

    /// <summary>Photo, cartoon or painting.</summary>
    public static SceneLook Recognisable(SceneRandom random) => random.Next() switch
    {
        < 0.4f => Photo(random.NextBits(), random),
        < 0.7f => Cartoon(random.NextBits(), random),
        _ => Painted(random.NextBits(), random),
    };

    /// <summary>A look, and the same treated further.</summary>
    public static (SceneLook Plain, SceneLook Treated) Kin(SceneRandom random)
    {
        var plain = random.Chance(0.75) ? Photo(random.NextBits(), random) : Sample(random);
        List<IEffect> effects = [];
        for (var count = 1 + random.Below(2); count > 0; count--)
        {
            effects.Add(Treatment(random));
        }

        var saturation = random.Chance(0.4) ? random.Between(0, 1.6f) : 1;
        var contrast = random.Chance(0.4) ? random.Between(0.5f, 1.6f) : 1;
        var inverted = random.Chance(0.15) ? random.Between(0.1f, 0.5f) : 0;
        var outlined = random.Chance(0.2) ? random.Between(0.3f, 1) : 0;
        var width = random.Between(0.5f, 2.5f);
        return (plain, plain.Treated(
            c => c with
            {
                Saturation = c.Saturation * saturation,
                Contrast = c.Contrast * contrast,
                Inverted = Math.Max(c.Inverted, inverted),
            },
            f => outlined > 0 ? f with { Outlined = outlined, OutlineWidth = width } : f,
            effects));
    }

    /// <summary>Natural colours, soft shading, light, grain, a slight blur.</summary>
    public static SceneLook Photo(ulong seed, SceneRandom random)
    {
        var angle = random.Between(0, MathF.Tau);
        var fill = new FillScheme
        {
            Gradients = random.Between(0.2f, 0.6f),
            Balls = random.Between(0.1f, 0.4f),
            Strength = random.Between(0.15f, 0.8f),
            Light = angle,
            Soft = random.Chance(0.75) ? random.Between(0.04f, 0.2f) : 0,
        };
        List<IEffect> effects =
        [
            new Textures
            {
                Fields = 3,
                Natural = true,
                Share = random.Between(0.3f, 1),
                Faintest = 0.008f,
                Strongest = random.Between(0.03f, 0.16f),
                Chroma = 0.1f,
            },
        ];
        if (random.Chance(0.6))
        {
            effects.Add(new Shadows(
                random.Between(0, 0.5f), random.Between(1, 6), angle + MathF.PI, random.Between(0, 0.3f), random.Between(1, 4)));
        }

        effects.Add(new LightField(
            random.Between(0, 0.9f), random.Between(0, 0.7f), random.Between(25, 90), random.Chance(0.4) ? random.Between(0, 0.5f) : 0));
        if (random.Chance(0.3))
        {
            effects.Add(new DepthBlur(random.Between(1, 3.5f), random.Between(0.2f, 0.6f)));
        }

        if (random.Chance(0.15))
        {
            effects.Add(new Haze(Colours.Any(random), random.Between(0.1f, 0.6f)));
        }

        effects.Add(new Blur(random.Between(0.3f, random.Chance(0.2) ? 1.8f : 0.75f)));
        if (random.Chance(0.06))
        {
            effects.Add(new MotionBlur(random.Between(2, 7), random.Between(0, MathF.PI)));
        }

        effects.Add(NaturalTones(random));
        if (random.Chance(0.12))
        {
            effects.Add(Sepia(random));
        }

        if (random.Chance(0.25))
        {
            effects.Add(new Sharpen(random.Between(0.2f, 1), random.Between(0.6f, 1.6f)));
        }

        if (random.Chance(0.65))
        {
            effects.Add(AnyGrain(random, 0.05f));
        }

        if (random.Chance(0.35))
        {
            effects.Add(new Blocks(random.Between(0.2f, 1.6f)));
        }

        return new(seed, NaturalColours(random) with { Shading = random.Between(0.7f, 1.2f) }, fill, effects);
    }

    /// <summary>Flat colours and outlines.</summary>
    public static SceneLook Cartoon(ulong seed, SceneRandom random)
    {
        var fill = new FillScheme
        {
            Gradients = random.Chance(0.25) ? 0.4f : 0,
            Strength = 0.4f,
            Light = random.Between(0, MathF.Tau),
            Uneven = random.Chance(0.15) ? random.Between(0.2f, 0.8f) : 0,
            Outlined = random.Chance(0.8) ? 1 : random.Between(0.4f, 1),
            OutlineAll = random.Chance(0.35),
            OutlineWidth = random.Between(0.7f, 2.6f),
            OutlineColour = random.Chance(0.7) ? new Vector3(random.Between(0, 0.2f)) : null,
            LineScale = random.Between(0.8f, 1.5f),
        };
        var colours = (random.Chance(0.6) ? NaturalColours(random) : PaletteColours(random)) with
        {
            Shading = random.Chance(0.5) ? 0 : random.Between(0.3f, 1),
            Contrast = random.Between(0.9f, 1.4f),
            Levels = random.Chance(0.3) ? 3 + random.Below(3) : 0,
        };
        List<IEffect> effects = [];
        if (random.Chance(0.15))
        {
            effects.Add(AnyTextures(random, 0.06f));
        }

        if (random.Chance(0.3))
        {
            effects.Add(new Blur(random.Between(0.3f, 0.8f)));
        }

        if (random.Chance(0.15))
        {
            effects.Add(AnyGround(random));
        }

        if (random.Chance(0.25))
        {
            effects.Add(NaturalTones(random));
        }

        if (random.Chance(0.2))
        {
            effects.Add(new Blocks(random.Between(0.3f, 1.5f)));
        }

        return new(seed, colours, fill, effects);
    }

    /// <summary>Brush strokes.</summary>
    public static SceneLook Painted(ulong seed, SceneRandom random)
    {
        var colours = random.Chance(0.65) ? NaturalColours(random) : AnyColours(random);
        var fill = AnyFill(random) with { Outlined = random.Chance(0.25) ? random.Next() : 0 };
        List<IEffect> effects = [];
        if (random.Chance(0.5))
        {
            effects.Add(AnyTextures(random, 0.2f));
        }

        if (random.Chance(0.6))
        {
            effects.Add(AnyLight(random));
        }

        effects.Add(AnyBrush(random));
        if (random.Chance(0.5))
        {
            effects.Add(AnyGround(random));
        }

        if (random.Chance(0.5))
        {
            effects.Add(NaturalTones(random));
        }

        if (random.Chance(0.4))
        {
            effects.Add(new Blur(random.Between(0.3f, 0.9f)));
        }

        return new(seed, colours, fill, effects);
    }

    /// <summary>Everything on its own.</summary>
    public static SceneLook Wild(ulong seed, SceneRandom random)
    {
        List<IEffect> effects = [];
        void Sometimes(double probability, Func<IEffect> effect)
        {
            if (random.Chance(probability))
            {
                effects.Add(effect());
            }
        }

        Sometimes(0.55, () => AnyTextures(random, 0.45f));
        Sometimes(0.15, () => new Wobble(random.Between(0.4f, 1.3f), random.Between(4, 14)));
        Sometimes(0.2, () => new Shadows(
            random.Between(0, 0.6f), random.Between(1, 6), random.Between(0, MathF.Tau), random.Between(0, 0.6f), random.Between(0.6f, 3)));
        Sometimes(0.35, () => AnyLight(random));
        Sometimes(0.2, () => AnyBrush(random));
        Sometimes(0.1, () => new Haze(Colours.Any(random), random.Between(0.2f, 0.8f)));
        Sometimes(0.1, () => new DepthBlur(random.Between(1, 3), random.Between(0.2f, 0.6f)));
        Sometimes(0.4, () => new Blur(random.Between(0.3f, random.Chance(0.25) ? 2.4f : 1.1f)));
        Sometimes(0.1, () => new MotionBlur(random.Between(2, 8), random.Between(0, MathF.PI)));
        Sometimes(0.15, () => new Posterise(2 + random.Below(6)));
        Sometimes(0.4, () => NaturalTones(random));
        Sometimes(0.12, () => random.Chance(0.5)
            ? Sepia(random)
            : new Ramp(Colours.Any(random), Colours.Any(random), random.Between(0.5f, 1)));
        Sometimes(0.2, () => AnyGround(random));
        Sometimes(0.15, () => new Sharpen(random.Between(0.2f, 1.5f), random.Between(0.6f, 2)));
        Sometimes(0.3, () => AnyGrain(random, 0.13f));
        Sometimes(0.2, () => new Blocks(random.Between(0.3f, 2.5f)));
        return new(seed, AnyColours(random), AnyFill(random), effects);
    }

    private static IEffect Treatment(SceneRandom random) => random.Below(11) switch
    {
        0 or 1 => AnyBrush(random),
        2 => new Posterise(3 + random.Below(5)),
        3 => new Blur(random.Between(0.6f, 2)),
        4 => NaturalTones(random),
        5 => new Ramp(Colours.Any(random), Colours.Any(random), random.Between(0.5f, 1)),
        6 => AnyGrain(random, 0.1f),
        7 => new Sharpen(random.Between(0.5f, 2.5f), random.Between(0.6f, 2)),
        8 => AnyGround(random),
        9 => AnyLight(random),
        _ => Sepia(random),
    };

    private static ColourScheme NaturalColours(SceneRandom random) => new()
    {
        Jitter = random.Between(0, 0.12f),
        Saturation = random.Between(0.5f, 1.4f),
        Tint = random.Chance(0.4) ? Light(random, 0.25f) : Vector3.One,
        Contrast = random.Between(0.75f, 1.15f),
        Pivot = random.Between(0.3f, 0.7f),
        Inverted = random.Chance(0.08) ? random.Between(0, 0.3f) : 0,
    };

    private static ColourScheme PaletteColours(SceneRandom random)
    {
        var palette = new Vector3[3 + random.Below(7)];
        var hues = random.Chance(0.4) ? random.Between(0.05f, 0.3f) : 1;
        var (hue, saturation) = (random.Next(), random.Between(0.2f, 1));
        float darkest = random.Between(0, 0.3f), lightest = random.Between(0.6f, 1);
        for (var i = 0; i < palette.Length; i++)
        {
            // Lightness in even steps, or colours that happen to be alike would hide parts.
            var luminance = darkest + ((lightest - darkest) * (i + random.Next()) / palette.Length);
            var colour = Colours.FromHsv(hue + (hues * random.Next()), saturation * MathF.Sqrt(random.Next()), 1);
            palette[i] = Colours.WithLuminance(colour, luminance);
        }

        return new()
        {
            Source = ColourSource.Palette,
            Palette = palette,
            Jitter = random.Between(0.02f, 0.1f),
            Shading = random.Pick(0, 0.5f, 1, 1) * (random.Chance(0.15) ? -1 : 1),
        };
    }

    private static ColourScheme AnyColours(SceneRandom random)
    {
        var which = random.Next();
        var colours = which switch
        {
            < 0.35f => NaturalColours(random),
            < 0.75f => PaletteColours(random),
            _ => RampColours(random),
        };
        if (random.Chance(0.25))
        {
            colours = colours with { Inverted = random.Between(0.1f, 0.6f) };
        }

        if (random.Chance(0.15))
        {
            colours = colours with { Tint = Light(random, 0.7f) };
        }

        if (random.Chance(0.2))
        {
            colours = colours with { Contrast = random.Between(0.2f, 0.6f), Pivot = random.Between(0.15f, 0.85f) };
        }
        else if (random.Chance(0.2))
        {
            colours = colours with { Contrast = random.Between(1.2f, 2), Pivot = random.Between(0.3f, 0.7f) };
        }

        return random.Chance(0.15) ? colours with { Levels = 2 + random.Below(4) } : colours;
    }

    private static ColourScheme RampColours(SceneRandom random)
    {
        var (dark, light) = (Colours.Any(random), Colours.Any(random));
        dark = Colours.WithLuminance(dark, random.Between(0, 0.35f));
        light = Colours.WithLuminance(light, random.Between(0.6f, 1));
        if (random.Chance(0.3))
        {
            (dark, light) = (new(random.Between(0, 0.2f)), new(random.Between(0.8f, 1)));
        }

        if (random.Chance(0.2))
        {
            (dark, light) = (light, dark);
        }

        return new()
        {
            Source = ColourSource.Ramp,
            Dark = dark,
            Light = light,
            Jitter = random.Between(0, 0.15f),
            Shading = random.Between(0.5f, 1.2f),
            Inverted = random.Chance(0.3) ? random.Between(0, 0.5f) : 0,
        };
    }

    private static Vector3 Light(SceneRandom random, float strength)
    {
        var hue = random.Chance(0.6) ? random.Pick(0.08f, 0.6f) + random.Normal(0, 0.03f) : random.Next();
        var light = Colours.FromHsv(hue, random.Between(0, strength), 1);
        return light / MathF.Max(Colours.Luminance(light), 0.5f) * random.Between(0.75f, 1.05f);
    }

    private static FillScheme AnyFill(SceneRandom random) => new()
    {
        Gradients = random.Chance(0.5) ? random.Between(0, 0.7f) : 0,
        Balls = random.Chance(0.4) ? random.Between(0, 0.5f) : 0,
        Strength = random.Between(0.1f, 1),
        Light = random.Between(0, MathF.Tau),
        Soft = random.Chance(0.2) ? random.Between(0.03f, 0.25f) : 0,
        Uneven = random.Chance(0.15) ? random.Between(0.2f, 1.2f) : 0,
        Outlined = random.Chance(0.4) ? random.Between(0.2f, 1.3f) : 0,
        OutlineAll = random.Chance(0.5),
        OutlineWidth = random.Between(0.5f, 3.5f),
        OutlineColour = random.Chance(0.5) ? Colours.Any(random) : null,
        OutlineShade = random.Between(-1, 0.8f),
        Broken = random.Chance(0.2),
        LineScale = random.Between(0.6f, 1.6f),
    };

    private static Tones NaturalTones(SceneRandom random)
    {
        var gain = random.Between(0.85f, 1.2f);
        return new(
            new Vector3(gain) * new Vector3(random.Normal(1, 0.06f), random.Normal(1, 0.04f), random.Normal(1, 0.08f)),
            MathF.Exp(random.Normal(0, 0.25f)),
            random.Between(-0.6f, 0.9f),
            new Vector3(random.Chance(0.3) ? random.Between(0, 0.15f) : 0),
            new Vector3(random.Chance(0.2) ? random.Between(0.8f, 1) : 1));
    }

    private static Ramp Sepia(SceneRandom random)
    {
        var light = Colours.FromHsv(random.Between(0.05f, 0.15f), random.Chance(0.5) ? 0 : random.Between(0, 0.4f), 1);
        return new(light * random.Between(0, 0.15f), light, random.Chance(0.7) ? 1 : random.Between(0.4f, 1));
    }

    private static Grain AnyGrain(SceneRandom random, float greatest)
    {
        // Coarse grain hides more than fine grain of the same strength.
        var sigma = random.Chance(0.4) ? random.Between(0.4f, 1.2f) : 0;
        var amount = 0.004f + (greatest * MathF.Pow(random.Next(), 1.7f));
        return new(amount / (1 + sigma), random.Chance(0.5) ? random.Between(0.2f, 1) : 0, sigma);
    }

    private static Textures AnyTextures(SceneRandom random, float greatest) => new()
    {
        Fields = 2 + random.Below(4),
        Share = random.Between(0.15f, 1),
        Faintest = 0.012f,
        Strongest = random.Between(0.03f, greatest),
        Chroma = random.Chance(0.5) ? random.Between(0, 0.8f) : 0,
    };

    private static LightField AnyLight(SceneRandom random) => new(
        random.Between(0, 1.2f), random.Between(0, 1), random.Between(12, 90), random.Chance(0.3) ? random.Between(0, 0.8f) : 0);

    private static Ground AnyGround(SceneRandom random) => new(
        random.Chance(0.5) ? 7 : random.Pick(0, 1, 2, 8), random.Between(0.01f, 0.1f));

    private static Brushed AnyBrush(SceneRandom random)
    {
        var width = random.Between(1.4f, 3.6f);
        return new()
        {
            Length = width * random.Between(1, 5),
            Width = width,
            Coverage = random.Between(0.7f, 2.5f),
            Swirl = random.Between(15, 90),
            Turbulence = random.Between(0, 2.5f),
            Follow = random.Chance(0.5),
            Jitter = random.Between(0, 0.09f),
            Bristles = random.Chance(0.5) ? random.Between(0, 0.25f) : 0,
            Curl = random.Chance(0.3) ? random.Between(0, 1.2f) : 0,
        };
    }
}
