using System.Numerics;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Samples;

/// <summary>
/// A lake below mountains on a summer afternoon: a great tree at the left, a house at the right, a path from the foreground to its
/// door. Light comes from the upper right.
/// </summary>
internal sealed class PhotographScene
{
    private const float Shoreline = 0.515f;
    private const float DoorX = 0.985f;
    private const float DoorY = 0.655f;

    private static readonly Vector2 Sun = new(1.17f, 0.17f);

    private readonly Canvas _canvas;
    private readonly Random _random;
    private readonly Noise _noise;

    private PhotographScene(int width, int height, int seed)
    {
        _canvas = new Canvas(width, height);
        _random = new Random(seed);
        _noise = new Noise(seed);
    }

    public static Picture Draw(int width, int height, int seed)
    {
        var scene = new PhotographScene(width, height, seed);
        scene._canvas.Shade((x, y) => (scene.Sky(x, y), 1));
        scene.Mountains();
        scene.FarWood();
        scene.Lake();
        scene.Meadow();
        scene.House();
        scene.Trees();
        scene.Grass();
        return Lens.Expose(scene._canvas.Picture, scene._random);
    }

    private Vector3 Sky(float x, float y)
    {
        var color = Paint.Scale(y / 0.5f, 0x3F78BD, 0x74A6D8, 0xAECBE3, 0xEBDCC6);
        var toSun = Vector2.Distance(new Vector2(x, y), Sun);
        color = Vector3.Lerp(color, Paint.Rgb(0xFFF0CF), 0.75f * MathF.Exp(-toSun * toSun * 9));

        // Clouds flatten towards the horizon, as a plane overhead would.
        var depth = 1 / (0.16f + MathF.Max(0, 0.56f - y));
        var (u, v) = ((x - 0.6f) * depth * 0.62f, depth * 1.25f);
        var warp = _noise.Fractal(u + 9, v, 3) - 0.5f;
        var density = _noise.Fractal((u * 1.5f) + warp, (v * 1.7f) + 4 + warp, 6);
        var towardsSun = _noise.Fractal((u * 1.5f) + warp + 0.12f, (v * 1.7f) + 4 + warp - 0.14f, 5);
        var cover = Paint.Step(0.49f, 0.70f, density);
        var light = Math.Clamp(0.62f + ((density - towardsSun) * 4.2f) - ((density - 0.55f) * 1.1f), 0, 1);
        var cloud = Paint.Scale(light, 0x9DAABD, 0xD3D6DC, 0xFFFAF0);
        return Vector3.Lerp(color, cloud, cover * 0.93f * Paint.Step(0.52f, 0.40f, y));
    }

    private void Mountains()
    {
        var haze = Paint.Rgb(0xC3CEDA);
        for (var layer = 0; layer < 3; layer++)
        {
            var (number, frequency) = (layer, 1.5f + (layer * 0.9f));
            var (level, rise) = (0.480f + (layer * 0.016f), 0.40f - (layer * 0.12f));
            _canvas.Shade(
                (x, y) =>
                {
                    var broad = Paint.Step(0.1f, 0.9f, _noise.At((x * frequency * 1.3f) + (number * 2.3f) + 1.2f, number * 9));
                    var crest = level - (rise * broad * _noise.Ridged((x * frequency * 1.5f) + (number * 3.7f) + 0.35f, number * 5.5f, 6));
                    var cover = Math.Clamp(((y - crest) * _canvas.Height) + 0.5f, 0, 1);
                    if (cover <= 0)
                    {
                        return (haze, 0);
                    }

                    var (u, v) = (x * 15, (y * 13) + (number * 7));
                    var relief = _noise.Ridged(u, v, 5) - _noise.Ridged(u + 0.25f, v - 0.2f, 5);
                    var slope = Math.Clamp(0.48f + (relief * 3.4f), 0, 1);
                    var body = Paint.Scale(slope, 0x3F4F69, 0x5D6F86, 0xB5A99A);
                    var green = Paint.Scale(slope, 0x2F4A45, 0x5F7B5C, 0x9CA576);
                    var snow = number == 0 ? Paint.Step(0.075f, 0.0f, y - crest + (0.06f * (_noise.Fractal(x * 22, y * 22, 4) - 0.4f))) : 0;
                    body = Vector3.Lerp(body, green, Paint.Step(0.02f, 0.1f, y - crest) * (0.15f + (0.35f * number)));
                    body = Vector3.Lerp(body, Paint.Scale(slope, 0xA9BAD4, 0xFBF7F1), snow * 0.85f);
                    var distance = 0.40f - (number * 0.14f) + (0.22f * Paint.Step(crest, 0.52f, y));
                    return (Vector3.Lerp(body, haze, distance), cover);
                },
                0.1f,
                0.56f);
        }
    }

    private void FarWood()
    {
        for (var i = 0; i < 620; i++)
        {
            var x = _random.Next(-0.02f, _canvas.Aspect + 0.02f);
            var ground = Shoreline - 0.002f + (0.006f * _noise.At(x * 4, 60));
            var size = _random.Next(0.010f, 0.024f) * (0.45f + (0.8f * _noise.At(x * 3.1f, 70)));
            var tone = _noise.Fractal(x * 7, 80, 2) + _random.Next(-0.2f, 0.2f);
            var color = Paint.Scale(tone, 0x2C4438, 0x466246, 0x7C8F55);
            color = Vector3.Lerp(color, Paint.Rgb(0xA9BCC6), 0.22f);
            for (var leaf = 0; leaf < 14; leaf++)
            {
                var (dx, dy) = (_random.Next(-0.5f, 0.5f) * size, _random.NextSingle() * size * 1.25f);
                var lit = color * (0.82f + (dy / size * 0.28f) + (dx / size * 0.25f));
                _canvas.Ellipse(x + (dx * (1.2f - (0.6f * dy / size))), ground - dy, size * 0.2f, size * 0.17f, lit, 0.75f, 0.5f);
            }
        }
    }

    private void Lake()
    {
        var above = _canvas.Picture.Clone();
        _canvas.Shade(
            (x, y) =>
            {
                var near = (y - Shoreline) / 0.14f;
                var ripple = _noise.Fractal(x * (26 - (12 * near)), y * (210 - (110 * near)), 3) - 0.5f;
                var mirrored = Shoreline - ((y - Shoreline) * 1.55f) + (ripple * (0.006f + (0.05f * near)));
                var column = Math.Clamp((int)((x + (ripple * 0.012f)) * _canvas.Height), 0, _canvas.Width - 1);
                var row = Math.Clamp((int)(mirrored * _canvas.Height), 0, (int)(Shoreline * _canvas.Height));
                var reflected = new Vector3(above[column, row, 0], above[column, row, 1], above[column, row, 2]);
                var water = Vector3.Lerp(reflected, Paint.Rgb(0x3C6E8C), 0.26f + (0.16f * near)) * 0.96f;
                water += new Vector3(0.16f, 0.15f, 0.12f) * MathF.Max(0, ripple - 0.08f) * 2.2f;
                var glitter = MathF.Exp(-MathF.Pow((x - Sun.X) / 0.17f, 2)) * Paint.Step(0.16f, 0.3f, ripple);
                return (Vector3.Lerp(water, Paint.Rgb(0xFFF6DE), glitter * 0.7f), Paint.Step(Shoreline - 0.002f, Shoreline + 0.002f, y));
            },
            Shoreline - 0.01f,
            0.75f);
    }

    private float Bank(float x) =>
        0.612f - (0.085f * Paint.Step(0.62f, 1.25f, x)) + (0.022f * MathF.Sin((x * 5.2f) + 0.6f)) + (0.014f * _noise.Fractal(x * 9, 90, 3));

    private static float PathCentre(float y)
    {
        var t = (y - DoorY) / (1 - DoorY);
        return DoorX - (0.36f * MathF.Pow(t, 0.8f)) + (0.085f * MathF.Sin(t * 5.4f) * (0.35f + t));
    }

    private static float PathHalf(float y) => 0.009f + (0.105f * MathF.Pow(MathF.Max(0, (y - DoorY) / (1 - DoorY)), 1.35f));

    private float OnPath(float x, float y)
    {
        if (y < DoorY)
        {
            return 0;
        }

        var ragged = (_noise.Fractal(x * 30, y * 44, 3) - 0.5f) * 0.55f;
        return Paint.Step(1.12f, 0.86f, (MathF.Abs(x - PathCentre(y)) / PathHalf(y)) + ragged);
    }

    private Vector3 Turf(float x, float y)
    {
        var near = Paint.Step(0.55f, 1, y);
        var patch = _noise.Fractal(x * 3.4f, y * 9, 4);
        var color = Paint.Scale(
            patch + ((_noise.Fractal(x * 40, y * 70, 2) - 0.5f) * 0.35f),
            0x4A6230, 0x6A7F3C, 0x979D50, 0xC6B871);
        color = Vector3.Lerp(Vector3.Lerp(color, Paint.Rgb(0xB4BC78), 0.3f), color * 0.78f, near);
        // The great tree and the house keep the sun away from the ground to their left.
        var tree = MathF.Pow((x - 0.16f) / 0.36f, 2) + MathF.Pow((y - 0.825f - (0.05f * (x - 0.3f))) / 0.062f, 2);
        var house = MathF.Pow((x - 0.835f) / 0.10f, 2) + MathF.Pow((y - 0.668f) / 0.017f, 2);
        var dapple = _noise.Fractal(x * 26, y * 60, 2);
        var shade = MathF.Max(Paint.Step(1.25f, 0.55f, tree + ((dapple - 0.5f) * 1.3f)), Paint.Step(1.2f, 0.6f, house) * 0.9f);
        return Vector3.Lerp(color, color * new Vector3(0.42f, 0.5f, 0.55f), shade * 0.85f);
    }

    private void Meadow() => _canvas.Shade(
        (x, y) =>
        {
            var bank = Bank(x);
            var cover = Math.Clamp(((y - bank) * _canvas.Height) + 0.5f, 0, 1);
            var color = Turf(x, y);
            // Wet sand where the water ends.
            color = Vector3.Lerp(color, Paint.Rgb(0x9A8A66), Paint.Step(0.012f, 0.002f, y - bank) * 0.7f);
            var path = OnPath(x, y);
            if (path > 0)
            {
                var grit = _noise.Fractal(x * 60, y * 100, 3);
                var off = (x - PathCentre(y)) / PathHalf(y);
                var sand = Paint.Scale(grit, 0x99805D, 0xCDB68C, 0xEADCB8);
                sand *= 1 - (0.12f * MathF.Exp(-MathF.Pow((MathF.Abs(off) - 0.5f) / 0.16f, 2)));
                sand = Vector3.Lerp(sand, color, 0.5f * MathF.Exp(-MathF.Pow(off / 0.16f, 2)) * Paint.Step(0.35f, 0.65f, grit));
                color = Vector3.Lerp(color, sand, path);
            }

            return (color, cover);
        },
        0.5f);

    private void House()
    {
        const float Left = 0.885f, Corner = 1.045f, Right = 1.135f, Eaves = 0.557f, Base = 0.662f, Ridge = 0.478f;
        const float Middle = (Corner + Right) / 2;
        var front = Paint.Rgb(0xC9B79A);
        Fill(
            (x, y) => front * Grain(x, y) * (0.8f + (0.2f * Paint.Step(Eaves, Eaves + 0.03f, y))),
            (Left, Eaves), (Corner, Eaves), (Corner, Base), (Left, Base));
        var gable = Paint.Rgb(0xFBEFD6);
        Fill(
            (x, y) => gable * Grain(x, y),
            (Corner, Eaves), (Middle, Ridge + 0.012f), (Right, Eaves), (Right, Base - 0.006f), (Corner, Base));
        Fill(
            (x, y) => Tiles(x, y) * (1 - (0.25f * Paint.Step(Eaves - 0.004f, Eaves + 0.008f, y))),
            (Left + 0.032f, Ridge), (Middle, Ridge), (Corner - 0.004f, Eaves + 0.008f), (Left - 0.014f, Eaves + 0.008f));
        _canvas.Line(Middle, Ridge, Right + 0.012f, Eaves + 0.008f, 0.009f, Paint.Rgb(0x9A5540), 1, 0);
        Box(0.965f, 0.455f, 0.018f, 0.042f, (x, y) => Paint.Rgb(0xA88774) * Grain(x, y));
        Box(0.962f, 0.451f, 0.024f, 0.006f, (_, _) => Paint.Rgb(0x7D6255));
        Pane(0.905f, 0.583f, 0.024f, 0.034f);
        Pane(1.008f, 0.583f, 0.024f, 0.034f);
        Pane(1.079f, 0.583f, 0.020f, 0.032f);
        Pane(1.081f, 0.530f, 0.016f, 0.020f);
        Box(DoorX - 0.018f, 0.594f, 0.026f, Base - 0.594f, (x, _) => Paint.Rgb(0x4E6A5B) * Grain(x * 3, 0.2f));
        Shrubs(Left - 0.02f, Corner, Right + 0.03f, Base);
    }

    private void Shrubs(float left, float corner, float right, float ground)
    {
        for (var i = 0; i < 420; i++)
        {
            var x = _random.Next(left, right);
            if (x is > DoorX - 0.028f and < DoorX + 0.018f)
            {
                continue;
            }

            var y = ground + _random.Next(-0.024f, 0.006f) + (0.012f * _noise.At(x * 30, 3));
            var tone = (x > corner ? 0.55f : 0.2f) + _random.Next(-0.2f, 0.3f) - ((y - ground) * 8);
            _canvas.Ellipse(x, y, 0.004f, 0.0032f, Paint.Scale(tone, 0x2B4223, 0x5F7F35, 0xA9B95C), 0.9f);
            if (_random.NextSingle() < 0.10f)
            {
                _canvas.Ellipse(x, y - 0.003f, 0.0028f, 0.0026f, Paint.Rgb(_random.NextSingle() < 0.5f ? 0xE9A4B0 : 0xF7EFE6), 0.9f);
            }
        }
    }

    private void Pane(float x, float y, float width, float height)
    {
        var frame = Paint.Rgb(0xF4EEE2);
        Box(x - 0.003f, y - 0.003f, width + 0.006f, height + 0.006f, (_, _) => frame);
        Box(x, y, width, height, (_, v) => Paint.Scale((v - y) / height, 0x8FB0C8, 0x3A4A57));
        _canvas.Line(x + (width / 2), y, x + (width / 2), y + height, 0.0028f, frame, 0.9f, 0);
        _canvas.Line(x, y + (height / 2), x + width, y + (height / 2), 0.0028f, frame, 0.9f, 0);
    }

    private float Grain(float x, float y) => 0.93f + (0.14f * _noise.Fractal(x * 60, y * 60, 3));

    private Vector3 Tiles(float x, float y) =>
        Paint.Scale(_noise.Fractal(x * 50, y * 130, 3) + (0.22f * MathF.Sin(y * 900)), 0x8E4632, 0xB7644A, 0xCB8464);

    private void Box(float x, float y, float width, float height, Func<float, float, Vector3> color) =>
        Fill(color, (x, y), (x + width, y), (x + width, y + height), (x, y + height));

    private void Fill(Func<float, float, Vector3> color, params (float X, float Y)[] corners) =>
        _canvas.Polygon([.. corners.Select(c => new Vector2(c.X, c.Y))], color);

    private void Trees()
    {
        var trees = new Foliage(_canvas, _random);
        trees.Conifer(1.205f, 0.640f, 0.30f, 0.055f, 1500);
        trees.Conifer(1.285f, 0.652f, 0.25f, 0.052f, 1300);
        trees.Broadleaf(0.845f, 0.648f, 0.115f, 900);
        trees.Broadleaf(0.60f, 0.640f, 0.075f, 500);
        trees.Broadleaf(0.665f, 0.645f, 0.055f, 400);
        trees.Broadleaf(0.315f, 0.845f, 0.62f, 21000);
    }

    private void Grass()
    {
        for (var i = 0; i < 17_000; i++)
        {
            // Evenly on the ground, so denser where it is far.
            var t = i / 17_000f;
            var y = 0.60f + (0.44f * MathF.Pow(t, 1.25f));
            var x = _random.Next(0, _canvas.Aspect);
            var near = (y - 0.55f) / 0.45f;
            if (y < Bank(x) + 0.01f || _random.NextSingle() < OnPath(x, y) * 1.2f || (y < 0.672f && x is > 0.87f and < 1.15f))
            {
                continue;
            }

            var height = _random.Next(0.008f, 0.040f) * near * near * (0.6f + _noise.At(x * 12, y * 20));
            var color = Turf(x, y) * _random.Next(0.72f, 1.28f) * new Vector3(_random.Next(0.94f, 1.1f), 1, _random.Next(0.8f, 1.05f));
            var lean = (0.25f * _random.Normal()) + (0.5f * (_noise.Fractal(x * 4, y * 4, 2) - 0.5f));
            _canvas.Line(x, y + 0.004f, x + (lean * height), y - height, 0.0016f + (0.0026f * near), color, 0.8f, 0.9f);
            if (_noise.Fractal(x * 5, (y * 8) + 30, 2) > 0.56f && _random.NextSingle() < 0.085f && y > 0.7f)
            {
                var petal = Paint.Rgb(_random.Next(6) switch { 0 => 0xD8453A, 1 or 2 => 0xF3D550, 3 => 0x9D86C9, _ => 0xFBF6EC });
                var size = (0.0016f + (0.0040f * near)) * _random.Next(0.7f, 1.2f);
                _canvas.Ellipse(x + (lean * height), y - height, size, size * 0.8f, petal * _random.Next(0.85f, 1.05f), 0.95f);
            }
        }
    }
}
