using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Synthesis;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests;

/// <summary>Networks a few channels wide and pictures a few patches large: whole syntheses in milliseconds.</summary>
internal static class Narrow
{
    public static NetworkWeights Weights(int seed = 1) => NetworkWeights.Random(seed, new LayerName(4, 2), [4, 6, 8, 10, 10]);

    public static EngineContext Context(SynthesisSettings settings, ScalarType type = ScalarType.Float32) =>
        new(settings, Weights(), type);

    public static Synthesizer Synthesizer(SynthesisSettings settings, TimeProvider? time = null) => new(settings, Context(settings), time);

    /// <summary>A preset on one CPU thread at a size that takes no time.</summary>
    public static SynthesisSettings Settings(Preset preset, int size = 60) => Presets.Get(preset) with
    {
        Size = OutputSize.OfLongSide(size),
        CoarsestSize = 24,
        LevelFactor = 2,
        Levels = 2,
        Iterations = [3],
        FinishFactor = 1,
        Rotations = 0,
        Scales = 0,
        Threads = 1,
        Device = DeviceChoice.Cpu,
        // What parts there are is looked for at a size of its own: that takes longer than all the rest.
        PositionWeight = [0],
        Mirrored = MirroredCopies.Off,
    };

    /// <summary>Smooth colours, stripes and a little noise; no two patches alike.</summary>
    public static Picture Picture(int width, int height, int seed)
    {
        var random = new Random(seed);
        var waves = Enumerable.Range(0, 18).Select(_ => (
            X: (random.NextDouble() - 0.5) * 0.9, Y: (random.NextDouble() - 0.5) * 0.9, Phase: random.NextDouble() * 6.3)).ToArray();
        var picture = new Picture(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    var value = 0.5 + (0.1 * (random.NextDouble() - 0.5));
                    for (var w = c; w < waves.Length; w += 3)
                    {
                        value += 0.12 * Math.Sin((waves[w].X * x) + (waves[w].Y * y) + waves[w].Phase);
                    }

                    picture[x, y, c] = (float)Math.Clamp(value, 0, 1);
                }
            }
        }

        return picture;
    }

    public static Picture Flat(int width, int height, float red, float green, float blue)
    {
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            (picture.Rgb[i], picture.Rgb[i + 1], picture.Rgb[i + 2]) = (red, green, blue);
        }

        return picture;
    }
}

/// <summary>A clock that stands still, so that reports are the same twice.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override long GetTimestamp() => 0;
}

/// <summary>Progress told at once and on the same thread.</summary>
internal sealed class Told(Action<SynthesisProgress> told) : IProgress<SynthesisProgress>
{
    public void Report(SynthesisProgress value) => told(value);
}
