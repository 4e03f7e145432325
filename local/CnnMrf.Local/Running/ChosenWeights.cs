using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Local.Running;

/// <summary>The weights that settings name.</summary>
/// <param name="File">Null: random ones, seeded.</param>
/// <param name="Says">One line for people.</param>
internal sealed record ChosenWeights(WeightsFile? File, string Says)
{
    /// <summary>Finds, reads and checks the weights, as deep as the settings need them.</summary>
    /// <exception cref="UsageException">They are not there.</exception>
    /// <exception cref="WeightsException">They are not valid, or not deep enough.</exception>
    internal static ChosenWeights For(SynthesisSettings settings)
    {
        var name = settings.Weights;
        if (name == "random")
        {
            return new(null, $"Weights: random, seed {settings.Seed}.");
        }

        if (name is "auto" or "vgg19")
        {
            return WeightsStore.ForUser().Find() is { } pulled ? Read(pulled, settings)
                : name == "auto" ? new(null, $"Weights: random, seed {settings.Seed}; 'cnnmrf weights pull' fetches trained ones.")
                : throw new UsageException("--weights vgg19: VGG-19 has not been fetched yet; run: cnnmrf weights pull");
        }

        if (!System.IO.File.Exists(name))
        {
            throw new UsageException($"--weights: '{name}' is neither auto, vgg19 or random nor an existing file");
        }

        return Read(name, settings);
    }

    private static ChosenWeights Read(string path, SynthesisSettings settings)
    {
        var deepest = VggArchitecture.Parse(EngineContext.Deepest(settings).ToString());
        var weights = WeightsFile.Load(path, new WeightsOptions { Deepest = deepest });
        return new(weights, $"Weights: {weights.Name} ({path}).");
    }
}
