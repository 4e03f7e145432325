using System.Diagnostics;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Training.Kinds;

namespace CnnMrf.Training.Evaluation;

/// <summary>
/// Says how good features are for matching. <i>Restyled correspondence</i>: patches of a picture are looked for in its warped and restyled
/// self, where the truth is known everywhere. <i>Landmarks</i>: named points of one picture are looked for in another one, as it is,
/// mirrored and shifted. Patches are 3×3 cells at stride 1, matched by normalised cross-correlation at relu3_1 and relu4_1; pooling and
/// padding are what the weights prefer, but zeros are replaced by replicated borders: they would tell places from each other.
/// </summary>
public static class FeatureEvaluation
{
    private const int RandomSeed = 0;

    private static readonly (string Name, int[]? Widths)[] RandomNetworks =
    [
        ("random VGG-19", null),
        ("random 32/64/128/256", [32, 64, 128, 256, 256]),
    ];

    /// <summary>Evaluates features, and random ones beside them if the options say so.</summary>
    /// <param name="features">At least up to relu4_1; they stay the caller's.</param>
    /// <param name="options">What they are evaluated on.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="ct">Stops the work.</param>
    /// <exception cref="EvaluationException">There is nothing to evaluate on.</exception>
    /// <exception cref="SettingsException">The weights end before relu4_1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EvaluationReport Run(
        NetworkWeights features, EvaluationOptions options, IProgress<EvaluationProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        TorchRuntime.EnsureLoaded();
        var clock = Stopwatch.StartNew();
        progress?.Report(new("drawing and restyling", 0));
        var material = EvaluationMaterial.Prepare(options, ct);
        var beside = options.BesideRandom ? RandomNetworks : [];
        var networks = new List<FeatureScores>();
        void Measure(string name, NetworkWeights weights)
        {
            var before = networks.Count;
            networks.Add(Scoring.Measure(
                name, weights, material, share => progress?.Report(new(name, (before + share) / (1 + beside.Length))), ct));
        }

        Measure(features.Name, features);
        foreach (var (name, widths) in beside)
        {
            using var weights = NetworkWeights.Random(RandomSeed, FeatureReader.Layers[^1], widths);
            Measure(name, weights);
        }

        return new(
            networks, HeldOut.Seed, [.. options.Kinds.Select(k => k.Name)], [.. options.Pictures.Select(p => p.Name)],
            clock.Elapsed.TotalSeconds);
    }

    /// <summary>Scores features on pictures that are prepared already: for those who score often.</summary>
    /// <param name="features">At least up to relu4_1; they stay the caller's.</param>
    /// <param name="material">What they are evaluated on.</param>
    /// <param name="ct">Stops the work.</param>
    /// <exception cref="SettingsException">The weights end before relu4_1.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FeatureScores Score(NetworkWeights features, EvaluationMaterial material, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(material);
        TorchRuntime.EnsureLoaded();
        return Scoring.Measure(features.Name, features, material, _ => { }, ct);
    }

    /// <summary>A few seconds' evaluation on drawn scenes, for a learning curve; see <see cref="EvaluationOptions.Quick"/>.</summary>
    /// <param name="features">At least up to relu4_1; they stay the caller's.</param>
    /// <param name="kinds">What is drawn.</param>
    /// <param name="ct">Stops the work.</param>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static FeatureScores Quick(NetworkWeights features, IReadOnlyList<ISceneKind> kinds, CancellationToken ct = default) =>
        Run(features, EvaluationOptions.Quick(kinds), null, ct).Tested;
}
