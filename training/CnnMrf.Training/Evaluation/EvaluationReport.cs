using System.Text.Json;
using System.Text.Json.Serialization;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Training.Evaluation;

/// <summary>How well patches of a picture are found in its warped and restyled self.</summary>
/// <param name="Of">What was restyled: <c>pictures</c> or <c>scenes</c>.</param>
/// <param name="LongSide">Px.</param>
/// <param name="Layer">E.g. <c>relu3_1</c>.</param>
/// <param name="Within1">Share of patches whose best match lies within 1 cell of the truth along both axes, 0 … 1.</param>
/// <param name="Within2">Within 2 cells.</param>
/// <param name="Within4">Within 4 cells.</param>
/// <param name="Patches">How many were matched.</param>
/// <param name="ByRestyling">Share within 2 cells, by restyling.</param>
/// <param name="ByPicture">Share within 2 cells, by picture.</param>
public sealed record RestyledScore(
    string Of, int LongSide, string Layer, double Within1, double Within2, double Within4, long Patches,
    IReadOnlyDictionary<string, double> ByRestyling, IReadOnlyDictionary<string, double> ByPicture);

/// <summary>How well landmarks of one picture are found in another one of something else of the same kind.</summary>
/// <param name="Of">What was compared: <c>pictures</c>, or the name of a kind that was drawn.</param>
/// <param name="LongSide">Px.</param>
/// <param name="Layer">E.g. <c>relu4_1</c>.</param>
/// <param name="Plain">Share of the subject's landmarks found within a tenth of the long side in the other picture as it is, 0…1.</param>
/// <param name="Mirrored">The same, with the other picture mirrored.</param>
/// <param name="Shifted">The same, with the other picture shifted by an eighth or more along both axes.</param>
/// <param name="Either">
/// Share of the subject's landmarks found in mirrored and shifted pictures where each is searched together with its own mirror image, as
/// the setting <c>mirrored</c> does: found is the landmark of the same name in whichever of the two the match lies; null if that
/// was not asked.
/// </param>
/// <param name="Background">
/// Share of the background's landmarks found in mirrored and shifted pictures; null if there are none. They count apart: a corner of an
/// even background is like any other place of it.
/// </param>
/// <param name="Alike">
/// Share of the subject's landmarks found in pictures, as they are or mirrored, whose subject then faces the same way; null if no two do.
/// </param>
/// <param name="Opposite">
/// The same, where one faces left and the other right, so that no patch of one could stand in the other; null if no two do.
/// </param>
/// <param name="Landmarks">How many of the subject's were looked for in all.</param>
/// <param name="ByName">Share found in mirrored and shifted pictures, by landmark.</param>
public sealed record LandmarkScore(
    string Of, int LongSide, string Layer, double Plain, double Mirrored, double Shifted, double? Either, double? Background,
    double? Alike, double? Opposite, long Landmarks, IReadOnlyDictionary<string, double> ByName)
{
    /// <summary>The mean of mirrored and shifted.</summary>
    public double Moved => (Mirrored + Shifted) / 2;
}

/// <summary>What one network scored.</summary>
/// <param name="Name">The network.</param>
/// <param name="Kind">What it learnt from.</param>
/// <param name="Restyled">By source, size and layer.</param>
/// <param name="Landmarks">By source, size and layer.</param>
/// <param name="Seconds">What computing it took.</param>
public sealed record FeatureScores(
    string Name, WeightsKind Kind, IReadOnlyList<RestyledScore> Restyled, IReadOnlyList<LandmarkScore> Landmarks, double Seconds);

/// <summary>An evaluation.</summary>
/// <param name="Networks">The features under test first, then random ones.</param>
/// <param name="HeldOutSeed">The seed of what was drawn.</param>
/// <param name="Kinds">What was drawn.</param>
/// <param name="Pictures">What else was evaluated on.</param>
/// <param name="Seconds">What all of it took.</param>
public sealed record EvaluationReport(
    IReadOnlyList<FeatureScores> Networks, ulong HeldOutSeed, IReadOnlyList<string> Kinds, IReadOnlyList<string> Pictures, double Seconds)
{
    /// <summary>What scores on given pictures are called.</summary>
    public const string OfPictures = "pictures";

    /// <summary>What restyled scores on drawn scenes are called.</summary>
    public const string OfScenes = "scenes";

    /// <summary>The features under test.</summary>
    [JsonIgnore]
    public FeatureScores Tested => Networks[0];

    /// <summary>Everything, as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, EvaluationJsonContext.Default.EvaluationReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class EvaluationJsonContext : JsonSerializerContext;
