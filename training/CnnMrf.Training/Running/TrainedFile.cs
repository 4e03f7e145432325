using CnnMrf.Core.Settings;
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
}
