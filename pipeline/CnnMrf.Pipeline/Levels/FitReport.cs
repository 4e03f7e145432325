using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Levels;

/// <summary>fit.json: an estimate of whether the content can be re-assembled from the style's patches.</summary>
public sealed record FitReport : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "fit report";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The estimate, 0…1: what <c>minimumFit</c> is compared with.</summary>
    public required double Fit { get; init; }

    /// <summary>Mean NCC of the content's patches with their best matches at the coarse level, −1…1.</summary>
    public required double MeanNcc { get; init; }

    /// <summary>Share of the content's patches that have a good match, 0…1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Share of patches in the largest region of one constant displacement, 0…1.</summary>
    public required double Copy { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Advice { get; init; }
}
