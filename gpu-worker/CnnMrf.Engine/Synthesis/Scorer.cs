using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>Energies of a given picture, as DESIGN §1 defines them: raw sums, nothing resized.</summary>
public static class Scorer
{
    /// <summary>Scores a picture.</summary>
    /// <param name="settings">Layers, patches and copies; what a run would minimise does not matter.</param>
    /// <param name="weights">Which ones.</param>
    /// <param name="input">Content (null: its energy is 0) and styles.</param>
    /// <param name="image">The picture.</param>
    /// <param name="weighted">Whether the total uses the settings' weights; else it uses 1, 1 and 1e-3.</param>
    /// <exception cref="SettingsException">Content and image differ in size, a picture is smaller than a patch, or the style weights do not
    /// fit the number of styles.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for pictures of this size.</exception>
    public static EnergyTerms Score(
        SynthesisSettings settings, WeightsChoice weights, SynthesisInput input, Picture image, bool weighted)
    {
        using var context = new EngineContext(settings, weights);
        return NativeMemory.Need(() => Score(settings, context, input, image, weighted));
    }

    internal static EnergyTerms Score(
        SynthesisSettings settings, EngineContext context, SynthesisInput input, Picture image, bool weighted)
    {
        SettingsValidator.FitsStyles("styleWeights", settings.StyleWeights, input.Styles.Count);
        if (input.Content is { } content && (content.Width, content.Height) != (image.Width, image.Height))
        {
            throw new SettingsException("image", $"is {image.Width}x{image.Height} px, but the content is "
                + $"{content.Width}x{content.Height}: score compares pictures of equal size and resizes nothing");
        }

        var least = PyramidPlan.LeastSide(settings);
        var styles = input.Styles.Index().Where(s => settings.TakesPart(s.Index));
        foreach (var (name, picture) in styles.Select(s => ($"style {s.Index + 1}", s.Item)).Append(("image", image)))
        {
            if (Math.Min(picture.Width, picture.Height) < least)
            {
                throw new SettingsException(
                    name, $"is {picture.Width}x{picture.Height} px, smaller than one patch of the deepest MRF layer ({least} px)");
            }
        }

        var leastGuided = PyramidPlan.LeastGuidedSide(settings);
        if (input.Content is not null && Math.Min(image.Width, image.Height) < leastGuided)
        {
            throw new SettingsException("image", $"is {image.Width}x{image.Height} px, but the content layer {settings.ContentLayer} needs "
                + $"sides of at least {leastGuided} px: take larger pictures or a shallower layer");
        }

        // The argmax of the text: each patch on its own.
        var raw = settings with
        {
            Objective = ObjectiveKind.Sum,
            Variable = VariableSpace.Weights,
            InducedLayers = LayerWeights.None,
            Coherence = 0,
            Search = SearchChoice.Exact,
            ConfidenceThreshold = -1,
        };
        using var scope = NewDisposeScope();
        using var network = new FeatureNetwork(
            context.Weights, EngineContext.Deepest(raw), raw.Pooling, raw.Tileable ? PaddingChoice.Circular : raw.Padding,
            context.Type, context.Device);
        var size = new PixelSize(image.Width, image.Height);
        var level = new LevelPlan(0, size, size, [.. input.Styles.Select(s => new PixelSize(s.Width, s.Height))], 0, 1, 0);
        using var problem = new LevelProblem(context, SpacePair.Of(network), raw, level, input);
        problem.Energy.Evaluate(network.Input.FromPicture(image, context.Type, context.Device)).Gradient.Dispose();
        var terms = problem.Energy.Terms;
        return !weighted ? terms : terms with
        {
            Total = settings.MrfLayers.Sum(l => settings.StyleWeight * l.Weight * terms.Style[l.Layer.ToString()])
                + (settings.ContentWeight[^1] * terms.Content) + (settings.SmoothnessWeight * terms.Smoothness),
        };
    }
}
