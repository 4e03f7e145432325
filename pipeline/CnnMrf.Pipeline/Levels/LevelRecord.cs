namespace CnnMrf.Pipeline.Levels;

/// <summary>The raw energies, unweighted, and their total; named as in the command line's report.</summary>
/// <param name="Style">E_mrf by layer name.</param>
/// <param name="Content">E_content; 0 without a content picture.</param>
/// <param name="Smoothness">Υ.</param>
/// <param name="Total">The weighted sum.</param>
public sealed record Energies(IReadOnlyDictionary<string, double> Style, double Content, double Smoothness, double Total);

/// <summary>A level after an iteration.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Seconds">Seconds of computing since the level began.</param>
/// <param name="Objective">What is minimised.</param>
/// <param name="Energy">The raw energies, where they were kept.</param>
public sealed record LevelSample(int Iteration, double Seconds, double Objective, Energies? Energy = null);

/// <summary>Energies at the ends of a level.</summary>
/// <param name="First">At its start.</param>
/// <param name="Last">At its end.</param>
public sealed record EnergySpan(Energies First, Energies Last);

/// <summary>What was minimised over a level.</summary>
/// <param name="First">At its start.</param>
/// <param name="Last">At its end.</param>
/// <param name="Trace">At its start and after every iteration.</param>
public sealed record ObjectiveCurve(double First, double Last, IReadOnlyList<LevelSample> Trace);

/// <summary>The numbers of a finished level.</summary>
/// <param name="Width">Width of its picture, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Iterations">L-BFGS iterations done.</param>
/// <param name="Evaluations">Energy evaluations done.</param>
/// <param name="Seconds">Seconds of computing, those before resumptions included.</param>
/// <param name="Energy">Energies at start and end.</param>
/// <param name="Objective">What was minimised.</param>
public sealed record LevelRecord(
    int Width, int Height, int Iterations, int Evaluations, double Seconds, EnergySpan Energy, ObjectiveCurve Objective);

/// <summary>What a level was computed with.</summary>
/// <param name="Weights">Name of the weights.</param>
/// <param name="WeightsWhy">Why these.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Precision">float32 or bfloat16.</param>
/// <param name="Versions">Library versions by name.</param>
/// <param name="PeakMemoryBytes">Peak resident memory of the process.</param>
/// <param name="WeightsSha256">SHA-256 of the weights' file, hexadecimal; null for random ones.</param>
public sealed record EngineRecord(
    string Weights,
    string WeightsWhy,
    string Device,
    int Threads,
    string Precision,
    IReadOnlyDictionary<string, string> Versions,
    long PeakMemoryBytes,
    string? WeightsSha256 = null);

/// <summary>How patches were picked; named as in the command line's report.</summary>
/// <param name="MeanNcc">Mean NCC of the picked patches, −1…1.</param>
/// <param name="StylePatchesUsed">Share of the style's patches that were picked, 0…1.</param>
/// <param name="Copy">Share of patches in the largest region of one constant displacement, 0…1.</param>
/// <param name="Layout">Share of the result's patches that the content has in the same place, 0…1; null without a content picture.</param>
/// <param name="Warning">What to be warned of.</param>
/// <param name="MirroredStyles">The styles, counted from 1, whose copies were taken mirrored too; null where that was not kept.</param>
public sealed record MatchRecord(
    double MeanNcc,
    double StylePatchesUsed,
    double Copy,
    double? Layout = null,
    string? Warning = null,
    IReadOnlyList<int>? MirroredStyles = null);
