using System.Globalization;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Training.Running;

/// <summary>Weights that training wrote.</summary>
internal static class TrainedFile
{
    /// <summary>Loads weights that are as training writes them.</summary>
    /// <param name="name">A file, or <c>own</c> for the embedded ones.</param>
    /// <exception cref="TrainingException">They are missing, broken, or for another input, pooling or padding.</exception>
    public static WeightsFile Load(string name)
    {
        WeightsFile file;
        try
        {
            file = name == OwnWeights.Name ? OwnWeights.Load() : WeightsFile.Load(name);
        }
        catch (WeightsException e)
        {
            throw new TrainingException($"The weights '{name}' cannot be taken: {e.Message}", e);
        }

        if (file.Input != InputConvention.Torchvision || file.Pooling != PoolingKind.Average || file.Padding != PaddingChoice.Replicate)
        {
            throw new TrainingException(
                $"The weights '{name}' cannot be taken: they must be for torchvision's input, average pooling and replicate padding, as "
                + "training writes them.");
        }

        return file;
    }

    /// <summary>Writes trained weights.</summary>
    /// <param name="path">The file.</param>
    /// <param name="convolutions">Shallowest first.</param>
    /// <param name="how">
    /// What its metadata say of how they were trained; <c>generator</c> and <c>trainer</c> are this program's if it says nothing of them.
    /// </param>
    /// <param name="evaluate">Evaluates them for the metadata; null: not.</param>
    public static void Write(
        string path, IReadOnlyList<ConvolutionWeights> convolutions, IReadOnlyDictionary<string, string> how,
        Func<IReadOnlyList<ConvolutionWeights>, IReadOnlyDictionary<string, double>>? evaluate)
    {
        var metadata = new Dictionary<string, string>(how) { ["name"] = OwnWeights.Name, ["padding"] = "replicate" };
        metadata.TryAdd("generator", TrainingVersion.Generator.ToString(CultureInfo.InvariantCulture));
        metadata.TryAdd("trainer", TrainingVersion.Trainer.ToString(CultureInfo.InvariantCulture));
        if (evaluate is not null)
        {
            metadata["evaluation"] = string.Join(
                ", ", evaluate(convolutions).Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Key} {share.Value:0.000}")));
        }

        WeightsWriter.Write(path, convolutions, InputConvention.Torchvision, PoolingKind.Average, metadata, TensorType.F16);
    }
}
