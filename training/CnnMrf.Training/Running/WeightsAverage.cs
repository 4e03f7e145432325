using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using CnnMrf.Training.Looks;
using CnnMrf.Training.Networks;
using static TorchSharp.torch;

namespace CnnMrf.Training.Running;

/// <summary>
/// The mean of trained weights. Runs that refine the same weights end near enough to each other for their mean to be a network, and a
/// better one than each (Wortsman et al. 2022, <i>Model soups</i>); runs that started from different random weights do not.
/// </summary>
public static class WeightsAverage
{
    // What the mean's metadata say of each of its files.
    private static readonly string[] Told = ["generator", "trainer", "seed", "steps", "minutes", "freeze"];

    // Of the scenes that activations are measured on, px.
    private const int Side = 176;

    /// <summary>Writes the mean of some files.</summary>
    /// <param name="inputs">Files, or <c>own</c> for the embedded one; at least two. One that is named twice counts twice.</param>
    /// <param name="output">The weights file.</param>
    /// <param name="evaluate">Evaluates the mean for its metadata; null: not.</param>
    /// <exception cref="ArgumentException">There are fewer than two.</exception>
    /// <exception cref="TrainingException">A file cannot be read, or is of other widths than the first.</exception>
    public static void Write(
        IReadOnlyList<string> inputs, string output,
        Func<IReadOnlyList<ConvolutionWeights>, IReadOnlyDictionary<string, double>>? evaluate = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs.Count, 2, nameof(inputs));
        var files = inputs.Select(TrainedFile.Load).ToArray();
        var convolutions = Of(inputs, files);
        var how = Told.Select(key => (key, Values: files.Select(f => f.Metadata.GetValueOrDefault(key)).OfType<string>().Distinct()))
            .Where(told => told.Values.Any())
            .ToDictionary(told => told.key, told => string.Join(", ", told.Values));
        how["average"] = string.Join(", ", files.Select(f => f.Sha256));
        TrainedFile.Write(output, convolutions, how, evaluate);
    }

    // Each layer is brought to mean activation 1 over the same scenes first: what a file's own scale is says nothing.
    private static IReadOnlyList<ConvolutionWeights> Of(IReadOnlyList<string> names, WeightsFile[] files)
    {
        TorchRuntime.EnsureLoaded();
        using var scope = NewDisposeScope();
        var scenes = cat(
        [
            .. OwnTraining.Kinds.All.Select(k => PixelSpace.Torchvision.FromPicture(
                OwnTraining.Draw(k.Name, 1, LookKind.Any, Side), ScalarType.Float32, CPU)),
        ]);
        using var network = new TrainedNetwork(
            new([.. files[0].Convolutions.Select(c => c.Outputs)]), seed: 0, ScalarType.Float32, CPU);
        var scaled = files.Select((file, i) => Scaled(names[i], file.Convolutions)).ToArray();
        return Scaled("the mean", [.. scaled[0].Select((first, layer) => first with
        {
            Weight = Mean([.. scaled.Select(s => s[layer].Weight)]),
            Bias = Mean([.. scaled.Select(s => s[layer].Bias)]),
        })]);

        IReadOnlyList<ConvolutionWeights> Scaled(string name, IReadOnlyList<ConvolutionWeights> convolutions)
        {
            try
            {
                network.Unfold(convolutions, scenes);
                return network.Fold(scenes);
            }
            catch (ArgumentException e)
            {
                throw new TrainingException($"'{name}' cannot be averaged with '{names[0]}': {e.Message}", e);
            }
        }
    }

    private static float[] Mean(float[][] values) =>
        [.. Enumerable.Range(0, values[0].Length).Select(i => (float)values.Average(v => (double)v[i]))];
}
