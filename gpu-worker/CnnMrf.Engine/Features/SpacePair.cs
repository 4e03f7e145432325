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
    private IReadOnlyList<SpaceNetwork> Networks { get; }

    /// <summary>One network for everything, as published.</summary>
    /// <param name="network">Φ.</param>
    public static SpacePair Of(FeatureNetwork network)
    {
        var space = new FeatureSpace(new SpacePart(new(network, network, network.Input), 1));
        return new(space, space, network.Input);
    }

    /// <summary>The features of a picture by every network, each run once. Only what is pulled keeps a graph.</summary>
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

            using var quiet = isPulled ? null : no_grad();
            features.Add(network, network.Forward(x, wanted, style));
        }

        return features;
    }

    /// <summary>Carries slopes of pulled features back to the picture.</summary>
    /// <param name="x">The picture that <see cref="Forward"/> was given, with a graph.</param>
    /// <param name="slopes">Some of its features and the slopes by them.</param>
    /// <returns>Of x's shape.</returns>
    internal Tensor Gradient(Tensor x, IReadOnlyCollection<(Tensor Features, Tensor Slope)> slopes)
    {
        var networks = string.Join(" and ", Pull.Parts.Select(p => p.Network.Shape));
        var from = string.Join(" ", slopes.Select(s => s.Features.shape[1]));
        var work = new FirstRun.Work($"{networks} from {from}", x.shape[2], x.shape[3], x.dtype, get_num_threads(), Graph: true);
        return FirstRun.Of(
            work, () => autograd.grad([.. slopes.Select(s => s.Features)], [x], [.. slopes.Select(s => s.Slope)])[0].contiguous());
    }
}
