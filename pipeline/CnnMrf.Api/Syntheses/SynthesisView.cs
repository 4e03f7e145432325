using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Api.Syntheses;

/// <summary>A synthesis as it is answered; see <see cref="SynthesisStatus"/> for what each number promises.</summary>
public sealed record SynthesisView
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>What its asker calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The run, 1….</summary>
    public required int Run { get; init; }

    /// <summary>Where it stands.</summary>
    public required SynthesisState Status { get; init; }

    /// <summary>The door it came by.</summary>
    public required RequestSource Source { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything of this changed last, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the run was planned, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the run ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The preset.</summary>
    public Preset? Preset { get; init; }

    /// <summary>Size of the result, px.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>The level being computed or waited for, 1…; 0 before the plan.</summary>
    public required int Level { get; init; }

    /// <summary>The levels, coarsest first; empty before the plan.</summary>
    public required IReadOnlyList<LevelSummary> Levels { get; init; }

    /// <summary>Iterations of the level done.</summary>
    public required int Iteration { get; init; }

    /// <summary>Iterations of the level planned; null before the plan.</summary>
    public int? Iterations { get; init; }

    /// <summary>Raw energies now.</summary>
    public Energies? Energy { get; init; }

    /// <summary>0…100; never falls within a run.</summary>
    public required double Percent { get; init; }

    /// <summary>Estimated seconds to the end; null while unknown and after the end.</summary>
    public double? EtaSeconds { get; init; }

    /// <summary>How well content and style go together, once estimated.</summary>
    public FitView? Fit { get; init; }

    /// <summary>Why it failed.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What people should know although it worked.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Where to go from here.</summary>
    public required SynthesisLinks Links { get; init; }
}

/// <summary>A level of a synthesis.</summary>
/// <param name="Width">Width of its picture, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Iterations">L-BFGS iterations planned.</param>
/// <param name="Share">Its estimated share of the run's work; those of all levels make 1.</param>
/// <param name="Seconds">Seconds of computing, when done.</param>
/// <param name="Self">Its numbers, once it was reached.</param>
/// <param name="Preview">Its picture, once there is one.</param>
public sealed record LevelSummary(
    int Width, int Height, int Iterations, double Share, double? Seconds, string? Self, string? Preview);

/// <summary>How well content and style go together.</summary>
/// <param name="Fit">The estimate, 0…1.</param>
/// <param name="MeanNcc">Mean NCC of the content's patches with their best matches at the coarse level, −1…1.</param>
/// <param name="Coverage">Share of the content's patches that have a good match, 0…1.</param>
/// <param name="Copy">Share of patches in the largest region of one constant displacement, 0…1.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record FitView(double Fit, double MeanNcc, double Coverage, double Copy, string Advice);

/// <summary>Where to go from a synthesis; absolute paths. What is missing is not possible now.</summary>
/// <param name="Self">Its status; DELETE there cancels it, or with <c>?purge=true</c> removes it.</param>
/// <param name="Cancel">DELETE this to cancel it.</param>
/// <param name="Purge">DELETE this to remove it.</param>
/// <param name="Retry">POST to this for another run.</param>
/// <param name="Result">The picture.</param>
/// <param name="Sheet">Inputs, levels and result on one picture.</param>
/// <param name="Report">The numbers.</param>
/// <param name="FitMap">Where nothing of the style matches, as a picture.</param>
/// <param name="Preview">The picture as it is: that of the newest level that has one.</param>
public sealed record SynthesisLinks(
    string Self,
    string? Cancel,
    string? Purge,
    string? Retry,
    string? Result,
    string? Sheet,
    string? Report,
    string? FitMap,
    string? Preview);
