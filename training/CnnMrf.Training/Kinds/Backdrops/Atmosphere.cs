using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Backdrops;

/// <summary>The time of day.</summary>
internal enum Hour
{
    Day,
    Haze,
    Overcast,
    Dusk,
    Night,
    Storm,
}

/// <summary>Light and air of an outdoor scene.</summary>
/// <param name="Hour">The time of day.</param>
/// <param name="Top">The sky's colour above.</param>
/// <param name="Low">The sky's colour at the horizon.</param>
/// <param name="Light">What paint is multiplied with.</param>
/// <param name="FromLeft">Whether the light comes from the left.</param>
internal sealed record Atmosphere(Hour Hour, SKColor Top, SKColor Low, SKColor Light, bool FromLeft)
{
    /// <summary>An atmosphere, mostly of the day.</summary>
    public static Atmosphere Any(SceneRandom random)
    {
        var hour = random.Pick(
            Hour.Day, Hour.Day, Hour.Day, Hour.Day, Hour.Day, Hour.Day, Hour.Haze, Hour.Haze, Hour.Overcast, Hour.Overcast, Hour.Dusk,
                Hour.Dusk, Hour.Night, Hour.Storm);
        var (top, low, light) = hour switch
        {
            Hour.Day => (Tint.Hsv(random.Between(200, 226), random.Between(0.35f, 0.85f), random.Between(0.7f, 0.98f)),
                Tint.Hsv(random.Between(190, 215), random.Between(0.05f, 0.35f), random.Between(0.9f, 1)),
                Tint.Hsv(random.Between(35, 60), random.Between(0, 0.1f), 1)),
            Hour.Haze => (Tint.Hsv(random.Between(185, 220), random.Between(0.1f, 0.35f), random.Between(0.8f, 0.95f)),
                Tint.Hsv(random.Between(20, 60), random.Between(0.02f, 0.25f), random.Between(0.9f, 1)),
                Tint.Hsv(random.Between(30, 60), random.Between(0.05f, 0.15f), random.Between(0.9f, 1))),
            Hour.Overcast => (Tint.Hsv(random.Between(190, 240), random.Between(0, 0.15f), random.Between(0.6f, 0.9f)),
                Tint.Hsv(random.Between(30, 230), random.Between(0, 0.08f), random.Between(0.75f, 0.97f)),
                Tint.Hsv(210, random.Between(0, 0.08f), random.Between(0.8f, 0.95f))),
            Hour.Dusk => (Tint.Hsv(random.Between(205, 300), random.Between(0.3f, 0.7f), random.Between(0.3f, 0.75f)),
                Tint.Hsv(random.Between(8, 48), random.Between(0.4f, 0.9f), random.Between(0.85f, 1)),
                Tint.Hsv(random.Between(10, 40), random.Between(0.08f, 0.35f), random.Between(0.65f, 0.95f))),
            Hour.Night => (Tint.Hsv(random.Between(215, 255), random.Between(0.5f, 0.9f), random.Between(0.08f, 0.35f)),
                Tint.Hsv(random.Between(200, 250), random.Between(0.3f, 0.7f), random.Between(0.2f, 0.5f)),
                Tint.Hsv(random.Between(215, 240), random.Between(0.2f, 0.45f), random.Between(0.5f, 0.8f))),
            _ => (Tint.Hsv(random.Between(200, 250), random.Between(0.1f, 0.35f), random.Between(0.25f, 0.5f)),
                Tint.Hsv(random.Between(40, 220), random.Between(0.03f, 0.2f), random.Between(0.45f, 0.8f)),
                Tint.Hsv(random.Between(200, 230), random.Between(0.03f, 0.15f), random.Between(0.6f, 0.85f))),
        };
        return new(hour, top, low, light, random.Chance(0.5));
    }

    /// <summary>A colour in this light.</summary>
    public SKColor Lit(SKColor colour) => Tint.Times(colour, Light);

    /// <summary>A colour in this light, some way off: the further, the more of the sky's colour.</summary>
    public SKColor Far(SKColor colour, float distance) => Tint.Mix(Lit(colour), Low, distance);
}
