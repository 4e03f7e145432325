using System.Globalization;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Computing;

namespace CnnMrf.Worker.Tests.Fakes;

/// <summary>An engine that computes next to nothing: x ← 3x + 1 modulo 1009 per iteration, so that every iteration counts.</summary>
internal sealed class FakeEngine : ILevelEngine
{
    /// <summary>Called before every iteration, on the level's thread, with the iterations done.</summary>
    public Action<int> OnStep { get; set; } = static _ => { };

    /// <summary>Called when a level is loaded.</summary>
    public Action OnLoad { get; set; } = static () => { };

    /// <summary>The iterations at which levels were begun or resumed.</summary>
    public List<int> Begun { get; init; } = [];

    /// <summary>The fit that is estimated; null as for a texture.</summary>
    public double? Fit { get; set; } = 0.5;

    /// <summary>How often it was.</summary>
    public int Fitted { get; private set; }

    /// <summary>The iteration after which a level is not worth more.</summary>
    public int ConvergesAt { get; set; } = int.MaxValue;

    public string Version { get; set; } = "1";

    /// <summary>Called when a level begins.</summary>
    public Action OnStart { get; set; } = static () => { };

    public ILevelComputation Load(SynthesisSettings settings, SynthesisInput input, WeightsChoice weights)
    {
        OnLoad();
        return new Computation(this, settings, input);
    }

    /// <summary>x after so many iterations, when it began with so much.</summary>
    public static int After(int start, int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            start = ((3 * start) + 1) % 1009;
        }

        return start;
    }

    private sealed class Computation(FakeEngine engine, SynthesisSettings settings, SynthesisInput input) : ILevelComputation
    {
        private int _x;

        public SynthesisSettings Settings { get; } = settings;

        public EngineRecord Engine => new(
            "fake", "asked for", "cpu", 1, "float32", new Dictionary<string, string> { ["CnnMrf.Engine"] = engine.Version }, 1);

        public PyramidPlan Plan { get; } = PyramidPlan.Create(settings, input.Content?.Size, [.. input.Styles.Select(s => s.Size)]);

        public int Iteration { get; private set; }

        public Energies Energy => new(new Dictionary<string, double> { ["relu3_1"] = Objective }, 0, 0, Objective);

        public double Objective => 1.0 / (1 + Iteration);

        public bool HasConverged => Iteration >= engine.ConvergesAt;

        public double Seconds => Iteration;

        public (FitReport Report, Picture Map)? Fit(CancellationToken ct)
        {
            engine.Fitted++;
            return engine.Fit is { } fit
                ? (new() { Fit = fit, MeanNcc = 0.4, Coverage = 0.3, Copy = 0, Advice = "Take another style." }, new(8, 8))
                : null;
        }

        public void Start(int level, LevelImage? previous)
        {
            engine.OnStart();
            _x = previous is null ? 7 : (int)SafetensorsFile.Read(previous.Bytes).ReadSingles("image")[0];
            engine.Begun.Add(0);
        }

        public void Resume(int level, LevelState state)
        {
            _x = (int)SafetensorsFile.Read(state.Bytes).ReadSingles("image")[0];
            Iteration = state.Iteration;
            engine.Begun.Add(Iteration);
        }

        public void Step(CancellationToken ct)
        {
            engine.OnStep(Iteration);
            ct.ThrowIfCancellationRequested();
            _x = After(_x, 1);
            Iteration++;
        }

        public Picture Picture() => new(4, 4);

        public LevelState Export(long mostBytes, IReadOnlyDictionary<string, string> about) => new(
            Bytes(
                new Dictionary<string, string>(about)
                {
                    ["format"] = "cnnmrf-level-state-1",
                    ["iteration"] = Iteration.ToString(CultureInfo.InvariantCulture),
                },
                mostBytes >= 8 ? ["image", "gradient"] : ["image"]),
            Iteration);

        public LevelImage Image(IReadOnlyDictionary<string, string> metadata) => new(Bytes(metadata, ["image"]));

        public LevelRecord Record() => new(
            4, 4, Iteration, Iteration + 1, Seconds, new(Energy, Energy), new(1, Objective, [new(Iteration, Seconds, Objective)]));

        public (Picture Picture, MatchRecord Matches) Conclude() => (new(8, 8), new(0.5, 0.5, 0.1, null, null));

        public void Dispose()
        {
        }

        private byte[] Bytes(IReadOnlyDictionary<string, string> metadata, string[] names)
        {
            using var stream = new MemoryStream();
            SafetensorsWriter.Write(stream, [.. names.Select(n => TensorData.FromSingles(n, [1], [_x]))], metadata);
            return stream.ToArray();
        }
    }
}
