using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using CnnMrf.Pipeline.Levels;

namespace CnnMrf.Worker.Computing;

/// <summary>What computes levels: the engine, or what tests put in its place.</summary>
internal interface ILevelEngine
{
    /// <summary>Loads network and weights.</summary>
    /// <exception cref="SettingsException">Settings, pictures, weights and this machine do not go together.</exception>
    ILevelComputation Load(SynthesisSettings settings, SynthesisInput input, WeightsChoice weights);
}

/// <summary>One level of one synthesis. Every call comes from the thread that loaded it.</summary>
internal interface ILevelComputation : IDisposable
{
    /// <summary>The settings with everything automatic decided.</summary>
    SynthesisSettings Settings { get; }

    /// <summary>What is computed with.</summary>
    EngineRecord Engine { get; }

    /// <summary>The levels.</summary>
    PyramidPlan Plan { get; }

    /// <summary>Iterations done.</summary>
    int Iteration { get; }

    /// <summary>Raw energies now.</summary>
    Energies Energy { get; }

    /// <summary>What is minimised, now.</summary>
    double Objective { get; }

    /// <summary>Whether the level ends here, whatever iterations are left.</summary>
    bool HasConverged { get; }

    /// <summary>Seconds of computing, those before a resumption included.</summary>
    double Seconds { get; }

    /// <summary>How well content and style go together, with a picture of it; null where there is no content. May be asked for before a
    /// level is begun, and changes nothing.</summary>
    (FitReport Report, Picture Map)? Fit(CancellationToken ct);

    /// <summary>Begins a level; 0 is the coarsest.</summary>
    /// <exception cref="Core.Tensors.SafetensorsException">The image of the level before is damaged.</exception>
    void Start(int level, LevelImage? previous);

    /// <summary>Continues a level; 0 is the coarsest.</summary>
    /// <exception cref="Core.Tensors.SafetensorsException">The state is damaged.</exception>
    void Resume(int level, LevelState state);

    /// <summary>One iteration. When cancelled within, nothing has changed.</summary>
    void Step(CancellationToken ct);

    /// <summary>The picture as it is.</summary>
    Picture Picture();

    /// <summary>Everything that the rest depends on; the image alone where it would take more than <paramref name="mostBytes"/>.</summary>
    LevelState Export(long mostBytes, IReadOnlyDictionary<string, string> about);

    /// <summary>What the next level starts from.</summary>
    LevelImage Image(IReadOnlyDictionary<string, string> metadata);

    /// <summary>The level's numbers.</summary>
    LevelRecord Record();

    /// <summary>The result at its full size, and what its matches are like.</summary>
    (Picture Picture, MatchRecord Matches) Conclude();
}
