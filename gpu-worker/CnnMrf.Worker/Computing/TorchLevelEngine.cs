using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using CnnMrf.Pipeline.Levels;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Computing;

/// <summary>The engine.</summary>
internal sealed class TorchLevelEngine(IOptions<WorkerOptions> options) : ILevelEngine
{
    public ILevelComputation Load(SynthesisSettings settings, SynthesisInput input, WeightsChoice weights)
    {
        var synthesizer = new Synthesizer(settings with { Threads = settings.Threads ?? options.Value.Threads }, weights);
        try
        {
            return new Computation(synthesizer, input, settings.Threads);
        }
        catch
        {
            synthesizer.Dispose();
            throw;
        }
    }

    private sealed class Computation(Synthesizer synthesizer, SynthesisInput input, int? threadsAsked) : ILevelComputation
    {
        private LevelSession? _session;

        // As asked: the fingerprint of a level must not depend on the worker that computes it.
        public SynthesisSettings Settings => synthesizer.Settings with { Threads = threadsAsked };

        public EngineRecord Engine => synthesizer.Describe().ToRecord();

        public PyramidPlan Plan { get; } = synthesizer.Plan(input);

        public int Iteration => Session.Iteration;

        public Energies Energy => Session.Energy.ToRecord();

        public double Objective => Session.Objective;

        public bool HasConverged => Session.HasConverged;

        public double Seconds => Session.Seconds;

        private LevelSession Session => _session ?? throw new InvalidOperationException("The level has not been begun.");

        public (FitReport Report, Picture Map)? Fit(CancellationToken ct) =>
            synthesizer.Fit(input, ct) is { } fit ? (fit.Numbers.ToRecord(), fit.Map) : null;

        public void Start(int level, LevelImage? previous) => _session = synthesizer.Start(input, level, previous);

        public void Resume(int level, LevelState state) => _session = synthesizer.Resume(input, level, state);

        public void Step(CancellationToken ct) => Session.Step(ct);

        public Picture Picture() => Session.Picture();

        public LevelState Export(long mostBytes, IReadOnlyDictionary<string, string> about) => Session.Export(mostBytes, about);

        public LevelImage Image(IReadOnlyDictionary<string, string> metadata) => Session.Image(metadata);

        public LevelRecord Record() => Session.Report().ToRecord();

        public (Picture Picture, MatchRecord Matches) Conclude()
        {
            var (picture, matches) = Session.Conclude();
            return (picture, matches.ToRecord());
        }

        public void Dispose()
        {
            _session?.Dispose();
            synthesizer.Dispose();
        }
    }
}
