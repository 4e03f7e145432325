using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>The natural colours of one person.</summary>
internal sealed record Palette(
    SKColor Skin, SKColor Shadow, SKColor Deep, SKColor Glow, SKColor Lip, SKColor Hair, SKColor Brow, SKColor Beard,
    SKColor Iris, SKColor White, SKColor Ink)
{
    private static readonly SKColor[] Skins =
    [
        new(252, 228, 212), new(246, 208, 182), new(232, 184, 146), new(214, 158, 112), new(184, 124, 78), new(142, 90, 54),
        new(100, 62, 40), new(66, 42, 32),
    ];

    private static readonly SKColor[] Hairs =
    [
        new(18, 15, 16), new(32, 22, 20), new(58, 38, 26), new(88, 56, 34), new(122, 78, 44), new(150, 88, 42), new(178, 92, 44),
        new(200, 158, 94), new(226, 196, 134), new(240, 226, 190), new(130, 128, 128), new(180, 180, 182), new(232, 232, 232),
    ];

    private static readonly SKColor[] Irises =
    [
        new(62, 38, 22), new(96, 60, 30), new(84, 96, 48), new(92, 124, 96), new(86, 132, 176), new(58, 96, 150), new(120, 138, 150),
        new(20, 16, 14),
    ];

    /// <summary>A palette by chance.</summary>
    public static Palette Of(SceneRandom random, Manner manner)
    {
        var place = MathF.Pow(random.Next(), 1.35f) * (Skins.Length - 1.001f);
        var skin = Tone.Mix(Skins[(int)place], Skins[(int)place + 1], place - (int)place);
        if (random.Chance(manner.Cartoon ? 0.16 : 0.05))
        {
            skin = Tone.Any(random, 5, 60, 45, 98);
        }

        var bright = (skin.Red + skin.Green + skin.Blue) / 765f;
        var hair = Tone.Near(random, random.Pick<SKColor>(Hairs), 0.08f);
        if (random.Chance(0.1))
        {
            hair = Tone.Any(random, 40, 90, 25, 95);
        }

        // Fair hair on dark skin is rare, and black skin with a black shadow would be flat.
        if (bright < 0.45f && random.Chance(0.8))
        {
            hair = Tone.Near(random, Hairs[random.Below(3)], 0.05f);
        }

        var shadow = Tone.Mix(Tone.Darker(skin, manner.Depth), new(120, 50, 40), 0.12f);
        return new(
            skin,
            shadow,
            Tone.Darker(shadow, 0.35f),
            Tone.Lighter(skin, random.Between(0.1f, 0.5f) * (0.15f + (0.85f * bright))),
            LipOf(random, skin),
            hair,
            Tone.Darker(hair, random.Between(0, 0.45f)),
            Tone.Near(random, hair, 0.2f),
            random.Chance(0.06) ? Tone.Any(random, 30, 90, 40, 95) : Tone.Near(random, random.Pick<SKColor>(Irises), 0.2f),
            Tone.Mix(SKColors.White, skin, random.Between(0, 0.25f)),
            random.Chance(0.75) ? new(20, 14, 16) : Tone.Darker(skin, random.Between(0.55f, 0.85f)));
    }

    private static SKColor LipOf(SceneRandom random, SKColor skin) => random.Below(10) switch
    {
        < 6 => Tone.Mix(skin, new(176, 64, 70), random.Between(0.25f, 0.6f)),
        < 8 => Tone.Mix(skin, new(110, 50, 48), random.Between(0.3f, 0.6f)),
        < 9 => new((byte)random.Between(150, 220), (byte)random.Between(10, 50), (byte)random.Between(20, 80)),
        _ => Tone.Darker(skin, random.Between(0.1f, 0.3f)),
    };
}
