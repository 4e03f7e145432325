using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Weights;

/// <summary>The weights that the engine brings along: a narrow network of VGG-19's shape, trained on drawn scenes.</summary>
public static class OwnWeights
{
    /// <summary>What settings and reports call them.</summary>
    public const string Name = "own";

    private const string Resource = "CnnMrf.Engine.Weights.own.safetensors";

    // Small, and wanted again for every report.
    private static readonly Lazy<WeightsFile> Whole = new(Read);

    /// <summary>False only for an engine that was built without the file, to train it for instance.</summary>
    public static bool AreEmbedded { get; } = typeof(OwnWeights).Assembly.GetManifestResourceInfo(Resource) is not null;

    /// <summary>Reads them, checked as every weights file is.</summary>
    /// <param name="deepest">The deepest layer wanted, and nothing deeper; null: all there is.</param>
    /// <exception cref="WeightsException">They end before that layer, or are not embedded.</exception>
    public static WeightsFile Load(VggLayer? deepest = null)
    {
        var whole = Whole.Value;
        if (deepest is null) return whole;
        var wanted = VggArchitecture.ConvolutionsUpTo(deepest).Count;
        if (wanted > whole.Convolutions.Count)
        {
            throw new WeightsException(
                $"The weights '{Name}' end at {whole.Deepest}, but {deepest} is wanted. Choose shallower layers, or --weights random, "
                + $"or VGG-19: cnnmrf weights pull --deepest {deepest}, then --weights vgg19.");
        }

        return whole with { Convolutions = [.. whole.Convolutions.Take(wanted)] };
    }

    private static WeightsFile Read()
    {
        using var stream = typeof(OwnWeights).Assembly.GetManifestResourceStream(Resource) ?? throw new WeightsException(
            $"This build was made without the weights '{Name}' (gpu-worker/CnnMrf.Engine/Weights/own.safetensors). Build it with them, "
            + "or take others: --weights random, or cnnmrf weights pull and --weights vgg19.");
        return WeightsFile.Load(stream, Name) with { Name = Name, Kind = WeightsKind.Own };
    }
}
