using CnnMrf.Core.Settings;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Local.Running;

/// <summary>The weights that settings name.</summary>
/// <param name="Choice">Which ones.</param>
/// <param name="Says">One line for people.</param>
internal sealed record ChosenWeights(WeightsChoice Choice, string Says)
{
    /// <summary>Finds, reads and checks the weights, as deep as the settings need them.</summary>
    /// <exception cref="SettingsException">They are not there.</exception>
    /// <exception cref="WeightsException">They are not valid, or not deep enough.</exception>
    internal static ChosenWeights For(SynthesisSettings settings)
    {
        var choice = WeightsChoice.For(settings, WeightsStore.ForUser());
        if (choice.File is not { } file)
        {
            return new(choice, $"Weights: random, seed {settings.Seed}.");
        }

        var about = (choice.Path, settings.Weights) switch
        {
            (null, "auto") => $"{choice.Why}; 'cnnmrf weights pull' fetches it",
            (null, _) => "embedded",
            ({ } path, "auto") => $"{path}; {choice.Why}",
            ({ } path, _) => path,
        };
        return new(choice, $"Weights: {file.Name} ({about}).");
    }
}
