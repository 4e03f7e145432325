using System.Numerics;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Samples;

/// <summary>
/// The same kind of things as in <see cref="PhotographScene"/>, placed otherwise, as if painted with a loaded brush: a swirling sky
/// about a low sun at the left, a house below it, cypresses and an orchard at the right, a lake between, a field with a path.
/// </summary>
internal sealed class PaintingScene
{
    // Centre, radius and turn of the eddies in the sky.
    private static readonly (Vector2 Centre, float Radius, float Turn)[] Eddies =
    [
        (PaintingLayout.Sun, 0.155f, 1.0f), (new(0.80f, 0.13f), 0.150f, -1.0f), (new(1.01f, 0.27f), 0.105f, 1.25f),
        (new(0.07f, 0.08f), 0.105f, -0.9f),
    ];

    private readonly Noise _noise;
    private readonly PaintingLayout _layout;

    private PaintingScene(int seed)
    {
        _noise = new Noise(seed);
        _layout = new PaintingLayout(_noise);
    }

    public static Picture Draw(int width, int height, int seed)
    {
        var scene = new PaintingScene(seed);
        var canvas = new Canvas(width, height);
        var random = new Random(seed);
        // A dark ground, which shows between the strokes.
        var motif = new MotifMap(width, height, scene.Motif);
        canvas.Shade((x, y) => (motif[x, y].Color * 0.55f, 1));
        var brush = new Brush(canvas, random, motif);
        brush.Cover(strokes: 3200, thickness: 0.030f, length: 0.115f, variation: 0.07f, onlyDetail: false);
        brush.Cover(strokes: 6500, thickness: 0.0170f, length: 0.070f, variation: 0.10f, onlyDetail: false);
        brush.Cover(strokes: 6500, thickness: 0.0115f, length: 0.045f, variation: 0.11f, onlyDetail: false);
        brush.Cover(strokes: 16_000, thickness: 0.0085f, length: 0.026f, variation: 0.08f, onlyDetail: true);
        return canvas.Picture;
    }

    /// <summary>What the painter sees at a point.</summary>
    private Motif Motif(float x, float y)
    {
        var part = _layout.PartAt(x, y);
        var (color, direction) = part switch
        {
            Part.Sky or Part.Sun => Sky(x, y),
            Part.Mountain => Mountain(x, y),
            Part.Hill => Hill(x, y),
            Part.Lake => Lake(x, y),
            Part.Field or Part.Shadow => Field(x, y, part == Part.Shadow),
            Part.Path => Path(x, y),
            Part.Wall => (Paint.Scale(_noise.Fractal(x * 24, y * 24, 2), 0x8C9BB8, 0xC9C7C4, 0xE7DCC0), 1.45f),
            Part.Gable => (Paint.Scale(_noise.Fractal(x * 24, y * 24, 2), 0xF0D690, 0xFFF3C4, 0xFFFBEA), 1.7f),
            Part.Roof => (Tiles(x, y), 1.15f),
            Part.Window => (Paint.Scale(_noise.At(x * 60, y * 60), 0x1B2A52, 0x35548C), 1.57f),
            Part.Chimney => (Paint.Rgb(0x9C4630), 1.57f),
            Part.Cypress => Cypress(x, y),
            Part.Crown => Crown(x, y),
            _ => (Paint.Scale(_noise.Fractal(x * 50, y * 8, 2), 0x2A1B22, 0x5C3A2C, 0x93653D), 1.45f),
        };
        var fine = part is Part.Wall or Part.Gable or Part.Roof or Part.Window or Part.Chimney or Part.Trunk or Part.Sun;
        return new Motif((int)part, color, direction, fine);
    }

    private Vector3 Tiles(float x, float y) =>
        Paint.Scale(_noise.Fractal(x * 26, y * 40, 2) + (0.2f * MathF.Sin(y * 330)), 0x8E2A1E, 0xD2512B, 0xF08A45);

    /// <summary>The sky flows along the level lines of a stream function: a drift across, and eddies.</summary>
    private float Stream(float x, float y)
    {
        var value = (y * 1.15f) + (0.055f * MathF.Sin((x * 4.6f) + 0.8f)) + (0.05f * (_noise.Fractal(x * 2.4f, y * 3, 2) - 0.5f));
        foreach (var (centre, radius, turn) in Eddies)
        {
            var (dx, dy) = (x - centre.X, y - centre.Y);
            value += turn * radius * 1.55f * MathF.Exp(-((dx * dx) + (dy * dy)) / (radius * radius * 0.85f));
        }

        return value;
    }

    private (Vector3 Color, float Direction) Sky(float x, float y)
    {
        const float E = 0.004f;
        var (gx, gy) = (Stream(x + E, y) - Stream(x - E, y), Stream(x, y + E) - Stream(x, y - E));
        var direction = MathF.Atan2(-gx, gy);
        var toSun = Vector2.Distance(new Vector2(x, y), PaintingLayout.Sun);
        if (toSun < 0.24f)
        {
            direction = MathF.Atan2(x - PaintingLayout.Sun.X, -(y - PaintingLayout.Sun.Y)) + (0.25f * Paint.Step(0.05f, 0.2f, toSun));
        }

        var stream = Stream(x, y);
        var band = (stream * 8.5f) + (0.9f * (_noise.Fractal(x * 5, y * 5, 2) - 0.5f));
        var wave = 0.5f + (0.5f * MathF.Sin(band * MathF.Tau * 0.5f));
        var color = Paint.Scale(
            wave, 0x14286B, 0x1F4CA6, 0x2F78C9, 0x64AFD6, 0xB9DCD2);
        // Towards the horizon it turns green and gold.
        var low = Paint.Step(0.24f, 0.46f, y);
        color = Vector3.Lerp(color, Paint.Scale(wave, 0x4C86A8, 0x9CC3A6, 0xF1DC8A), low * 0.72f);
        foreach (var (centre, radius, _) in Eddies.AsSpan(1))
        {
            var away = Vector2.Distance(new Vector2(x, y), centre) / radius;
            var star = Paint.Scale(Math.Clamp(away * 2.4f, 0, 1), 0xFFF6C9, 0xF6D860, 0x9CCBB4);
            color = Vector3.Lerp(color, star, 0.85f * Paint.Step(0.58f, 0.15f, away));
        }

        var ring = 0.5f + (0.5f * MathF.Sin(toSun * 128));
        var halo = Paint.Scale(Paint.Step(0.04f, 0.22f, toSun), 0xFFB52B, 0xFFE36B, 0xE9E7A0, 0x8FC3C4);
        halo = Vector3.Lerp(halo, halo * new Vector3(1, 0.86f, 0.6f), ring * 0.6f);
        color = Vector3.Lerp(color, halo, Paint.Step(0.25f, 0.12f, toSun) * 0.95f);
        if (toSun < 0.066f)
        {
            color = Paint.Scale(toSun / 0.066f, 0xFFFBE0, 0xFFE564, 0xFF9A1F);
        }

        return (color, direction);
    }

    private (Vector3 Color, float Direction) Mountain(float x, float y)
    {
        var slope = (_layout.MountainTop(x + 0.02f) - _layout.MountainTop(x - 0.02f)) / 0.04f;
        var depth = y - _layout.MountainTop(x);
        var fold = _noise.Fractal((x * 9) + (depth * 7), (depth * 18) + 3, 3);
        var color = Paint.Scale(fold + (slope * 0.12f), 0x1C2B63, 0x3B55A0, 0x7C86C4, 0xB9A8CF, 0xE9C9B0);
        color = Vector3.Lerp(color, Paint.Rgb(0x14204F), Paint.Step(0.012f, 0.002f, depth) * 0.8f);
        return (color, MathF.Atan(slope * 1.1f) + (0.9f * (_noise.At(x * 6, y * 9) - 0.35f)));
    }

    private (Vector3 Color, float Direction) Hill(float x, float y)
    {
        var depth = y - _layout.HillTop(x);
        var bush = _noise.Fractal(x * 22, y * 30, 2);
        var color = Paint.Scale(bush, 0x123F47, 0x1F6B5A, 0x5E9C57, 0xB7BF5C);
        color = Vector3.Lerp(color, Paint.Rgb(0x10303E), Paint.Step(0.008f, 0.001f, depth) * 0.8f);
        return (color, (2.2f * MathF.Sin((x * 60) + (y * 25)) * 0.4f) - 0.25f);
    }

    private (Vector3 Color, float Direction) Lake(float x, float y)
    {
        var wave = _noise.Fractal(x * 8, y * 75, 2);
        var color = Paint.Scale(wave, 0x123A80, 0x2473B5, 0x4FB0C0, 0xC4E6CF);
        var gleam = MathF.Exp(-MathF.Pow((x - 0.60f) / 0.10f, 2)) * Paint.Step(0.45f, 0.6f, wave);
        return (Vector3.Lerp(color, Paint.Rgb(0xFFDF7A), gleam * 0.85f), 0.10f * MathF.Sin((x * 20) + (y * 90)));
    }

    private (Vector3 Color, float Direction) Field(float x, float y, bool shadow)
    {
        // Furrows run towards a point on the horizon.
        var (vx, vy) = (0.86f, 0.42f);
        var angle = MathF.Atan2(y - vy, x - vx);
        var furrow = 0.5f + (0.5f * MathF.Sin((angle * 46) + (1.5f * _noise.Fractal(x * 4, y * 6, 2))));
        var patch = _noise.Fractal((x * 3.2f) + 4, y * 6, 3);
        var wheat = Paint.Scale(furrow, 0xB9731F, 0xE5A92E, 0xFBD95A, 0xFFF1A3);
        var grass = Paint.Scale(furrow, 0x245B2C, 0x4F8F35, 0x9DBF49, 0xE3DC72);
        var color = Vector3.Lerp(wheat, grass, Paint.Step(0.47f, 0.56f, patch));
        var flower = _noise.At(x * 95, y * 120);
        if (flower > 0.86f && y > 0.74f && patch > 0.5f)
        {
            color = _noise.At(x * 9, y * 9) > 0.5f ? Paint.Rgb(0xD9362B) : Paint.Rgb(0xF7EFE0);
        }

        color = shadow ? Vector3.Lerp(color * new Vector3(0.30f, 0.42f, 0.62f), Paint.Rgb(0x2A4A7A), 0.35f) : color;
        return (color, angle + (0.45f * (_noise.Fractal(x * 6, y * 8, 2) - 0.5f)));
    }

    private (Vector3 Color, float Direction) Path(float x, float y)
    {
        var along = MathF.Atan2(0.02f, PaintingLayout.PathCentre(y + 0.01f) - PaintingLayout.PathCentre(y - 0.01f));
        var streak = _noise.Fractal((x - PaintingLayout.PathCentre(y)) * 26, y * 7, 2);
        var color = Paint.Scale(streak, 0x8A5B6B, 0xC98F70, 0xEBC08C, 0xFBE6BE);
        return (color, along + (0.3f * (_noise.At(x * 12, y * 12) - 0.5f)));
    }

    private (Vector3 Color, float Direction) Cypress(float x, float y)
    {
        var flame = _noise.Fractal((x * 34) + (2 * MathF.Sin(y * 9)), y * 7, 3);
        var color = Paint.Scale(flame + (0.9f * (1.16f - x) * 0.5f), 0x0B1D22, 0x14402F, 0x2E6B35, 0x86993A, 0xC98F3A);
        return (color, 1.5708f + (0.55f * MathF.Sin((y * 17) + (x * 24))));
    }

    private (Vector3 Color, float Direction) Crown(float x, float y)
    {
        var tree = PaintingLayout.Orchard.MinBy(t => MathF.Pow(x - t.X, 2) + MathF.Pow(y - t.Y + (t.R * 1.45f), 2));
        var (dx, dy) = ((x - tree.X) / tree.R, (y - tree.Y + (1.45f * tree.R)) / tree.R);
        // The sun is at the upper left.
        var light = 0.47f - (0.30f * dx) - (0.30f * dy) + (0.75f * (_noise.Fractal(x * 30, y * 30, 2) - 0.5f));
        var color = Paint.Scale(light, 0x0F2F3B, 0x1C5A3E, 0x4D8C3A, 0xA8B53F, 0xF2DC62);
        return (color, MathF.Atan2(dx, -dy) + 0.2f + (2.4f * (_noise.Fractal((x * 17) + 2, y * 17, 2) - 0.5f)));
    }
}
