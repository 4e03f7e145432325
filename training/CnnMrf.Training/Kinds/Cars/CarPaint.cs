using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>A car's colours in the light of its scene.</summary>
internal sealed class CarPaint
{
    /// <summary>Draws the colours.</summary>
    public CarPaint(SceneRandom random, Atmosphere air, bool old)
    {
        Flat = random.Chance(0.2);
        Body = air.Lit(random.Below(10) switch
        {
            0 or 1 => Tint.Hsv(random.Between(0, 60), random.Between(0, 0.08f), random.Between(0.88f, 1)),
            2 => Tint.Hsv(random.Between(200, 240), random.Between(0, 0.15f), random.Between(0.1f, 0.25f)),
            3 or 4 => Tint.Hsv(random.Between(180, 240), random.Between(0, 0.12f), random.Between(0.4f, 0.8f)),
            5 => Tint.Hsv(random.Between(-12, 8), random.Between(0.7f, 0.95f), random.Between(0.45f, 0.9f)),
            6 => Tint.Hsv(random.Between(200, 230), random.Between(0.4f, 0.9f), random.Between(0.3f, 0.85f)),
            7 when old => Tint.Hsv(random.Between(20, 190), random.Between(0.15f, 0.45f), random.Between(0.6f, 0.95f)),
            7 => Tint.Hsv(random.Between(20, 55), random.Between(0.5f, 0.95f), random.Between(0.6f, 1)),
            _ => Tint.Any(random),
        });
        Roof = random.Chance(old ? 0.35 : 0.12) ? air.Lit(random.Pick(new SKColor(240, 238, 228), new SKColor(30, 30, 34))) : Body;
        Glass = air.Lit(random.Chance(0.7)
            ? Tint.Hsv(random.Between(180, 240), random.Between(0.05f, 0.35f), random.Between(0.15f, 0.5f))
            : Tint.Mix(air.Low, Tint.Hsv(205, 0.3f, 0.8f), random.Next()));
        Reflection = Tint.Mix(Glass, Tint.Mix(air.Top, SKColors.White, 0.5f), random.Between(0.25f, 0.7f));
        var chrome = air.Lit(Tint.Hsv(random.Between(200, 230), random.Between(0, 0.1f), random.Between(0.7f, 0.92f)));
        var black = air.Lit(Tint.Hsv(random.Between(200, 260), random.Between(0, 0.15f), random.Between(0.08f, 0.24f)));
        Trim = random.Chance(old ? 0.85 : 0.3) ? chrome : black;
        Dark = black;
        Chrome = chrome;
        Bumper = old ? chrome : random.Pick(Body, Body, Body, black, black, Tint.Shade(Body, 0.75f));
        Seam = Tint.Shade(Body, Body.Red + Body.Green + Body.Blue > 190 ? random.Between(0.3f, 0.6f) : 1.35f);
        Rim = air.Lit(random.Chance(0.8)
            ? Tint.Hsv(random.Between(200, 240), random.Between(0, 0.08f), random.Between(0.6f, 0.95f))
            : random.Pick(new SKColor(50, 50, 54), new SKColor(190, 150, 70), new SKColor(235, 235, 230)));
        Tyre = air.Lit(Tint.Hsv(random.Between(200, 260), random.Between(0, 0.1f), random.Between(0.08f, 0.26f)));
        Lamp = air.Lit(Tint.Hsv(random.Between(40, 220), random.Between(0, 0.12f), random.Between(0.82f, 1)));
        TailLamp = air.Lit(Tint.Hsv(random.Between(-8, 8), random.Between(0.75f, 1), random.Between(0.6f, 0.95f)));
        Seat = air.Lit(Tint.Hsv(random.Between(0, 60), random.Between(0, 0.5f), random.Between(0.1f, 0.45f)));
        TopLight = random.Between(1.04f, 1.3f);
        SideLight = random.Between(0.82f, 1.02f);
        EndLight = random.Between(0.72f, 1.08f);
        if (Flat)
        {
            (TopLight, SideLight, EndLight) = random.Chance(0.5) ? (1, 1, 1) : (1.08f, 1, 0.94f);
        }
    }

    /// <summary>Whether inner shading is left away.</summary>
    public bool Flat { get; }

    /// <summary>The paint.</summary>
    public SKColor Body { get; }

    /// <summary>The roof's paint.</summary>
    public SKColor Roof { get; }

    /// <summary>Windows.</summary>
    public SKColor Glass { get; }

    /// <summary>What windows reflect.</summary>
    public SKColor Reflection { get; }

    /// <summary>Strips around windows.</summary>
    public SKColor Trim { get; }

    /// <summary>Dark plastic.</summary>
    public SKColor Dark { get; }

    /// <summary>Bright metal.</summary>
    public SKColor Chrome { get; }

    /// <summary>Bumpers.</summary>
    public SKColor Bumper { get; }

    /// <summary>Gaps around doors.</summary>
    public SKColor Seam { get; }

    /// <summary>Wheels' metal.</summary>
    public SKColor Rim { get; }

    /// <summary>Rubber.</summary>
    public SKColor Tyre { get; }

    /// <summary>Headlights.</summary>
    public SKColor Lamp { get; }

    /// <summary>Taillights.</summary>
    public SKColor TailLamp { get; }

    /// <summary>Seats.</summary>
    public SKColor Seat { get; }

    /// <summary>Light on bonnet and roof, as a factor.</summary>
    public float TopLight { get; }

    /// <summary>Light on the doors.</summary>
    public float SideLight { get; }

    /// <summary>Light on front and back.</summary>
    public float EndLight { get; }
}
