using CnnMrf.Core.Settings;
using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>The spaces of one level: that in which patches are matched, and that whose features are pulled.</summary>
public sealed class SpacePair
{
    /// <summary>Joins two spaces; the same one twice is computed once.</summary>
    /// <param name="match">The matching space.</param>
    /// <param name="pull">The pulling space.</param>
    /// <param name="input">The space that pictures are held in.</param>
    public SpacePair(FeatureSpace match, FeatureSpace pull, PixelSpace input)
    {
        (Match, Pull, Input) = (match, pull, input);
        Networks = [.. pull.Parts.Concat(match.Parts).Select(p => p.Network).Distinct()];
    }

    /// <summary>Where patches are matched; guidance and position belong here.</summary>
    public FeatureSpace Match { get; }

    /// <summary>What is pulled: patches, induced layers and the content's.</summary>
    public FeatureSpace Pull { get; }

    /// <summary>The space that pictures are held in.</summary>
    public PixelSpace Input { get; }

    /// <summary>Whether both are the same space.</summary>
    internal bool IsOne => ReferenceEquals(Match, Pull);

    /// <summary>The networks of both, those that are pulled first.</summary>
    internal IReadOnlyList<SpaceNetwork> Networks { get; }

    /// <summary>One network for everything, as published.</summary>
    /// <param name="network">Φ.</param>
    public static SpacePair Of(FeatureNetwork network)
    {
        var space = new FeatureSpace(new SpacePart(new(network, network, network.Input), 1));
        return new(space, space, network.Input);
    }

    /// <summary>
    /// The features of a picture by every network, each run once. Where the picture asks for a gradient, what is pulled keeps what that
    /// needs.
    /// </summary>
    /// <param name="x">[1, 3, H, W] in <see cref="Input"/>.</param>
    /// <param name="matched">Layers needed in the matching space.</param>
    /// <param name="pulled">Layers needed in the pulling space.</param>
    /// <param name="style">Whether it is a style picture.</param>
    internal SpaceFeatures Forward(
        Tensor x, IReadOnlyCollection<LayerName> matched, IReadOnlyCollection<LayerName> pulled, bool style = false)
    {
        var features = new SpaceFeatures();
        foreach (var network in Networks)
        {
            var isPulled = Pull.Has(network);
            IEnumerable<LayerName> layers = [.. isPulled ? pulled : [], .. Match.Has(network) ? matched : []];
            LayerName[] wanted = [.. layers.Distinct()];
            if (wanted.Length == 0)
            {
                continue;
            }

            if (isPulled && x.requires_grad)
            {
                features.Add(network, network.Trace(x, wanted));
                continue;
            }

            using var quiet = no_grad();
            features.Add(network, network.Forward(x, wanted, style));
        }

        return features;
    }

    /// <summary>Carries slopes of pulled features back to the picture, and uses the features up.</summary>
    /// <param name="features">Of the picture, which asked for a gradient.</param>
    /// <param name="slopes">Slopes by some of its features.</param>
    /// <returns>[1, 3, H, W] in <see cref="Input"/>.</returns>
    internal static Tensor Gradient(
        SpaceFeatures features, IEnumerable<(SpaceNetwork Network, LayerName Layer, Tensor Slope)> slopes)
    {
        using var scope = NewDisposeScope();
        Tensor? gradient = null;
        var networks = slopes.ToLookup(s => s.Network);
        features.Drop();
        foreach (var network in networks)
        {
            var own = network.Key.Gradient(features.Trace(network.Key), network.ToDictionary(s => s.Layer, s => s.Slope));
            gradient = gradient is null ? own : gradient.Accumulate(own);
        }

        return gradient!.MoveToOuterDisposeScope();
    }
}
