using System.Text.Json.Serialization;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Figures;

namespace CnnMrf.Engine.Synthesis;

/// <summary>The raw energies of DESIGN §1, unweighted, and their total.</summary>
/// <param name="Style">E_mrf by layer name.</param>
/// <param name="Content">E_content; 0 without a content picture.</param>
/// <param name="Smoothness">Υ, in the input space of the weights.</param>
/// <param name="Total">Σ w_l·E_mrf,l + α1·E_content + α2·Υ, with weights 1, 1 and 1e-3 unless others were asked for.</param>
public sealed record EnergyTerms(IReadOnlyDictionary<string, double> Style, double Content, double Smoothness, double Total);

/// <summary>The objective after an iteration.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Seconds">Seconds since the level began.</param>
/// <param name="Objective">What is minimised.</param>
public sealed record ObjectiveSample(int Iteration, double Seconds, double Objective);

/// <summary>The objective over a level.</summary>
/// <param name="First">At the level's start.</param>
/// <param name="Last">At its end.</param>
/// <param name="Trace">After every iteration, and at the start.</param>
public sealed record ObjectiveReport(double First, double Last, IReadOnlyList<ObjectiveSample> Trace);

/// <summary>Energies at the ends of a level.</summary>
/// <param name="First">At its start.</param>
/// <param name="Last">At its end.</param>
public sealed record EnergyReport(EnergyTerms First, EnergyTerms Last);

/// <summary>One level.</summary>
/// <param name="Width">Width of the level's picture, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Iterations">L-BFGS iterations done.</param>
/// <param name="Evaluations">Energy evaluations done.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="Energy">Energies at start and end.</param>
/// <param name="Objective">What was minimised.</param>
public sealed record LevelReport(
    int Width, int Height, int Iterations, int Evaluations, double Seconds, EnergyReport Energy, ObjectiveReport Objective);

/// <summary>How the patches of the last level were picked, at relu3_1 (or the shallowest MRF layer).</summary>
/// <param name="MeanNcc">Mean NCC of the picked patches, −1…1.</param>
/// <param name="StylePatchesUsed">Share of the style's patches that were picked at least once, 0…1.</param>
/// <param name="Copy">Share of patches in the largest 4-connected region of one constant displacement, 0…1.</param>
/// <param name="Layout">Share of the result's relu4_1 patches that the content has in the same place (see <see cref="LayoutReport"/>),
/// 0…1; null without a content picture.</param>
/// <param name="Warning">Set when <paramref name="Copy"/> is above 0.5.</param>
public sealed record MatchStatistics(double MeanNcc, double StylePatchesUsed, double Copy, double? Layout, string? Warning)
{
    /// <summary>The styles, counted from 1, whose copies were taken mirrored too.</summary>
    public IReadOnlyList<int> MirroredStyles { get; init; } = [];
}

/// <summary>What is computed with.</summary>
/// <param name="Weights">Name of the weights used, or "random, seed N".</param>
/// <param name="WeightsWhy">Why these.</param>
/// <param name="WeightsSha256">SHA-256 of their file, hexadecimal; null for random weights.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Precision">What the networks computed in: float32 or bfloat16.</param>
/// <param name="Versions">Library versions by name.</param>
/// <param name="PeakMemoryBytes">Peak resident memory of the process so far.</param>
public sealed record EngineReport(
    string Weights,
    string WeightsWhy,
    string? WeightsSha256,
    string Device,
    int Threads,
    string Precision,
    IReadOnlyDictionary<string, string> Versions,
    long PeakMemoryBytes);

/// <summary>Everything a synthesis tells about itself: report.json.</summary>
/// <param name="Settings">As resolved.</param>
/// <param name="Weights">Name of the weights used, or "random, seed N"; what was asked for stands in the settings.</param>
/// <param name="WeightsWhy">Why these: what <c>auto</c> found.</param>
/// <param name="WeightsSha256">SHA-256 of their file, hexadecimal; null for random weights.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Precision">What the networks computed in: float32 or bfloat16.</param>
/// <param name="Versions">Library versions by name.</param>
/// <param name="Levels">Coarsest first.</param>
/// <param name="Matches">Match statistics of the finest level.</param>
/// <param name="Fit">How well content and style go together; null without a content picture.</param>
/// <param name="Interrupted">True when cancelled before the end.</param>
/// <param name="Seconds">Wall time of the whole.</param>
/// <param name="PeakMemoryBytes">Peak resident memory of the process.</param>
public sealed record SynthesisReport(
    [property: JsonIgnore] SynthesisSettings Settings,
    string Weights,
    string WeightsWhy,
    string? WeightsSha256,
    string Device,
    int Threads,
    string Precision,
    IReadOnlyDictionary<string, string> Versions,
    IReadOnlyList<LevelReport> Levels,
    MatchStatistics? Matches,
    FitStatistics? Fit,
    bool Interrupted,
    double Seconds,
    long PeakMemoryBytes);
