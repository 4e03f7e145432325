using System.Text.Json.Serialization;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>report.json: everything a finished run tells about itself; what the command line's report has is named alike.</summary>
public sealed record SynthesisReport : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "synthesis report";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The synthesis.</summary>
    public required SynthesisId Id { get; init; }

    /// <summary>What its asker calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The run, 1….</summary>
    public required int Run { get; init; }

    /// <summary>The settings with everything automatic decided.</summary>
    [JsonConverter(typeof(SettingsConverter))]
    public required SynthesisSettings Settings { get; init; }

    /// <summary>The pictures.</summary>
    public required IReadOnlyList<InputPart> Inputs { get; init; }

    /// <summary>Name of the weights.</summary>
    public required string Weights { get; init; }

    /// <summary>Why these.</summary>
    public required string WeightsWhy { get; init; }

    /// <summary>SHA-256 of their file, hexadecimal.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>cpu or cuda; several where levels ran on different ones, separated by commas.</summary>
    public required string Device { get; init; }

    /// <summary>Threads of the last level.</summary>
    public required int Threads { get; init; }

    /// <summary>float32.</summary>
    public required string Precision { get; init; }

    /// <summary>Library versions by name, of the last level.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Coarsest first.</summary>
    public required IReadOnlyList<ReportedLevel> Levels { get; init; }

    /// <summary>Match statistics of the finest level.</summary>
    public MatchRecord? Matches { get; init; }

    /// <summary>How well content and style go together.</summary>
    public FitReport? Fit { get; init; }

    /// <summary>Always false: an interrupted run has no report. It stands here as in the command line's.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Seconds of computing, all levels.</summary>
    public required double Seconds { get; init; }

    /// <summary>Most resident memory of any worker.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was finished, UTC.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}

/// <summary>A level in a report.</summary>
/// <param name="Width">Width of its picture, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Iterations">L-BFGS iterations done.</param>
/// <param name="Evaluations">Energy evaluations done.</param>
/// <param name="Seconds">Seconds of computing.</param>
/// <param name="Energy">Energies at start and end.</param>
/// <param name="Objective">What was minimised.</param>
/// <param name="Attempt">The attempt that ended it.</param>
/// <param name="ResumedAt">The iterations at which it was resumed.</param>
/// <param name="Notes">What people should know.</param>
/// <param name="Worker">Who ended it.</param>
/// <param name="Fingerprint">Of what the image was made.</param>
public sealed record ReportedLevel(
    int Width,
    int Height,
    int Iterations,
    int Evaluations,
    double Seconds,
    EnergySpan Energy,
    ObjectiveCurve Objective,
    int Attempt,
    IReadOnlyList<int> ResumedAt,
    IReadOnlyList<string> Notes,
    string? Worker = null,
    string? Fingerprint = null);
