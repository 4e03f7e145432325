using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Evaluation;
using CnnMrf.Training.Kinds;
using CnnMrf.Training.Kinds.AnimalHeads;
using CnnMrf.Training.Kinds.Animals;
using CnnMrf.Training.Kinds.Boats;
using CnnMrf.Training.Kinds.Cars;
using CnnMrf.Training.Kinds.Faces;
using CnnMrf.Training.Kinds.Generic;
using CnnMrf.Training.Kinds.Houses;
using CnnMrf.Training.Kinds.Landscapes;
using CnnMrf.Training.Kinds.StillLifes;
using CnnMrf.Training.Kinds.Trees;
using CnnMrf.Training.Kinds.Waves;
using CnnMrf.Training.Looks;
using CnnMrf.Training.Pairs;
using CnnMrf.Training.Running;
using SkiaSharp;
using static TorchSharp.torch;

namespace CnnMrf.Training;

/// <summary>The training of the committed features: what is drawn, how often, and in which looks.</summary>
public static class OwnTraining
{
    /// <summary>The least side of a scene that <see cref="Draw"/> draws, px.</summary>
    public const int LeastSide = 16;

    /// <summary>The greatest, px.</summary>
    public const int GreatestSide = 4096;

    private static readonly (ISceneKind Kind, (double SameScene, double TwoIndividuals) Share, (double SameScene, double TwoIndividuals) Deep)[]
        Drawn =
        [
            (new GenericKind(), (0.42, 0), (0.16, 0)),
            (new FaceKind(), (0.06, 0.18), (0.05, 0.20)),
            (new AnimalKind(), (0.02, 0.14), (0.02, 0.20)),
            (new AnimalHeadKind(), (0.02, 0.05), (0.01, 0.04)),
            (new CarKind(), (0.02, 0.14), (0.02, 0.20)),
            (new BoatKind(), (0.01, 0.04), (0.01, 0.06)),
            (new WaveKind(), (0.01, 0.02), (0.01, 0.02)),
            (new TreeKind(), (0.01, 0.03), (0.01, 0.03)),
            (new HouseKind(), (0.02, 0.04), (0.02, 0.05)),
            (new LandscapeKind(), (0.02, 0.03), (0.02, 0.03)),
            (new StillLifeKind(), (0.01, 0.03), (0.01, 0.04)),
        ];

    /// <summary>Everything that can be drawn, with shares.</summary>
    public static SceneKinds Kinds { get; } = new([.. Drawn.Select(d => new KindShare(d.Kind, d.Share.SameScene, d.Share.TwoIndividuals))]);

    /// <summary>
    /// The same, with shares for training deep layers alone: more individuals, because pairs of one scene are won by the shallow layers.
    /// </summary>
    public static SceneKinds DeepKinds { get; } = new([.. Drawn.Select(d => new KindShare(d.Kind, d.Deep.SameScene, d.Deep.TwoIndividuals))]);

    /// <summary>The world of a seed.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="frozen">The deepest layer that stays as it is; null: all learn.</param>
    public static PairArtist World(ulong seed, string? frozen = null) =>
        new(seed, frozen is null ? Kinds : DeepKinds, (random, sameScene) => SceneLook.Pair(random, sameScene));

    /// <summary>One scene, the same for the same arguments.</summary>
    /// <param name="kind">Which of <see cref="Kinds"/>, by name.</param>
    /// <param name="seed">Which individual; whatever its look, it is the same one.</param>
    /// <param name="look">How it looks.</param>
    /// <param name="side">Pixels a side.</param>
    /// <exception cref="ArgumentException">There is no such kind.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The side is out of range.</exception>
    public static Picture Draw(string kind, ulong seed, LookKind look, int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, LeastSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(side, GreatestSide);
        var drawn = Kinds.All.FirstOrDefault(k => k.Name == kind)
            ?? throw new ArgumentException(
                $"There is no kind '{kind}': take one of {string.Join(", ", Kinds.All.Select(k => k.Name))}.", nameof(kind));
        using var scene = drawn.Paint(
            side, SKMatrix.Identity, SceneLook.Of(look, SceneRandom.For(seed, 1 + (ulong)look)), SceneRandom.For(seed, 0));
        return scene.Picture.ToPicture();
    }

    /// <summary>A run that draws this world, evaluated on individuals that it never draws.</summary>
    public static TrainingRun Run(TrainingRequest request) => new(request, World, QuickEvaluation());

    /// <summary>Writes the mean of weights that were refined from the same ones, evaluated as a run is.</summary>
    /// <inheritdoc cref="WeightsAverage.Write"/>
    public static void Average(IReadOnlyList<string> inputs, string output) => WeightsAverage.Write(inputs, output, QuickEvaluation());

    /// <summary>Trained convolutions as the engine's weights.</summary>
    /// <param name="convolutions">Shallowest first.</param>
    public static NetworkWeights Weights(IReadOnlyList<ConvolutionWeights> convolutions)
    {
        ArgumentNullException.ThrowIfNull(convolutions);
        return new(
            "own", PixelSpace.Torchvision, maxPooling: false, WeightsKind.Own,
            [.. convolutions.Select(c => new Convolution(
                LayerName.Parse(c.Layer.Rectifier, "weights"), tensor(c.Weight, [c.Outputs, c.Inputs, 3, 3]), tensor(c.Bias)))]);
    }

    private static Func<IReadOnlyList<ConvolutionWeights>, IReadOnlyDictionary<string, double>> QuickEvaluation()
    {
        var material = new Lazy<EvaluationMaterial>(() => EvaluationMaterial.Prepare(EvaluationOptions.Quick([.. Kinds.All])));
        return convolutions =>
        {
            using var weights = Weights(convolutions);
            return Summary(FeatureEvaluation.Score(weights, material.Value));
        };
    }

    private static SortedDictionary<string, double> Summary(FeatureScores scores)
    {
        var summary = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var score in scores.Restyled)
        {
            summary[$"restyled {score.Layer} {score.LongSide} px"] = score.Within2;
        }

        foreach (var score in scores.Landmarks)
        {
            summary[$"{score.Of} {score.Layer} {score.LongSide} px"] = score.Moved;
        }

        return summary;
    }
}
