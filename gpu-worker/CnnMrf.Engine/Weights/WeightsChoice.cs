using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Engine.Weights;

/// <summary>The weights that settings name, found and read: the one place that says what <c>auto</c> means.</summary>
/// <param name="File">Null: random ones, by the settings' seed.</param>
/// <param name="Path">Where they were read from; null for random and embedded ones.</param>
/// <param name="Why">Why these, for reports.</param>
public sealed record WeightsChoice(WeightsFile? File, string? Path, string Why)
{
    private const string Asked = "asked for";

    /// <summary>Random ones, by the settings' seed.</summary>
    public static WeightsChoice Random { get; } = new(null, null, Asked);

    /// <summary>Weights at hand.</summary>
    public static WeightsChoice Of(WeightsFile file) => new(file, null, Asked);

    /// <summary>Finds, reads and checks the weights, as deep as the settings need them.</summary>
    /// <param name="settings">Which weights, and which layers.</param>
    /// <param name="store">Where pulled ones are looked for.</param>
    /// <exception cref="SettingsException">They are not there.</exception>
    /// <exception cref="WeightsException">They are not valid, or not deep enough.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be read.</exception>
    public static WeightsChoice For(SynthesisSettings settings, WeightsStore store)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(store);
        var deepest = VggArchitecture.Parse(EngineContext.Deepest(settings).ToString());
        var pulled = settings.Weights is "auto" or "vgg19" ? store.Find() : null;
        return settings.Weights switch
        {
            "random" => Random,
            OwnWeights.Name => new(OwnWeights.Load(deepest), null, Asked),
            "auto" when pulled is null => new(OwnWeights.Load(deepest), null, "auto: VGG-19 has not been pulled"),
            "auto" => new(Pulled(pulled, deepest), pulled, "auto: it was pulled"),
            "vgg19" when pulled is null =>
                throw new SettingsException("weights", "vgg19 has not been fetched yet; run: cnnmrf weights pull"),
            "vgg19" => new(Pulled(pulled, deepest), pulled, Asked),
            var path when System.IO.File.Exists(path) => new(WeightsFile.Load(path, new() { Deepest = deepest }), path, Asked),
            var path => throw new SettingsException("weights", $"'{path}' is neither auto, own, vgg19 or random nor an existing file"),
        };
    }

    // Nobody named this file: who gets its error must learn how to be rid of it.
    private static WeightsFile Pulled(string path, VggLayer deepest)
    {
        try
        {
            return WeightsFile.Load(path, new() { Deepest = deepest });
        }
        catch (WeightsException e) when (!IsSound(path))
        {
            throw new WeightsException(
                $"{e.Message} This is where pulled weights are kept: fetch them again by cnnmrf weights pull --refresh, "
                + $"delete the file, or take --weights {OwnWeights.Name}.", e);
        }
    }

    // A file that only ends too early has said so, with another remedy.
    private static bool IsSound(string path)
    {
        try
        {
            WeightsFile.Load(path);
            return true;
        }
        catch (WeightsException)
        {
            return false;
        }
    }
}
