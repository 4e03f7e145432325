using CnnMrf.Core.Settings;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>
/// A feature space with the factors that make its networks comparable: W over the mean norm of a network's feature vectors at that layer
/// of the style. A network alone has the factor 1 and shares its memory; several are written into one map.
/// </summary>
internal sealed class JoinedSpace
{
    // Networks differ in scale by orders of magnitude; features nearer to nothing than this are nothing, and no scale follows from them.
    private const double LeastNorm = 1e-4;

    private readonly IReadOnlyList<SpacePart> _parts;
    private readonly Dictionary<LayerName, double[]> _factors;

    private JoinedSpace(IReadOnlyList<SpacePart> parts, Dictionary<LayerName, double[]> factors) => (_parts, _factors) = (parts, factors);

    /// <summary>Measures a space's networks on the upright style pictures.</summary>
    /// <param name="space">The space.</param>
    /// <param name="layers">The layers that will be joined.</param>
    /// <param name="styles">Features of the pictures that count; not looked at where the space is one network alone.</param>
    public static JoinedSpace Measure(FeatureSpace space, IEnumerable<LayerName> layers, IReadOnlyList<SpaceFeatures> styles) => new(
        space.Parts,
        space.IsJoint
            ? layers.Distinct().ToDictionary(l => l, l => space.Parts.Select(p => Factor(p, l, styles)).ToArray())
            : []);

    /// <summary>The joined features of a picture at a layer, without their graph.</summary>
    public FeatureMap Join(SpaceFeatures features, LayerName layer)
    {
        if (_parts.Count == 1)
        {
            return FeatureMap.FromNchw(features[_parts[0].Network, layer]);
        }

        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var maps = _parts.Select(p => features[p.Network, layer].squeeze(0).permute(1, 2, 0)).ToArray();
        var joined = empty([maps[0].shape[0], maps[0].shape[1], maps.Sum(m => m.shape[2])], maps[0].dtype, maps[0].device);
        long from = 0;
        for (var n = 0; n < maps.Length; n++)
        {
            joined.narrow(2, from, maps[n].shape[2]).copy_(maps[n]).mul_(Scalars.Of(_factors[layer][n]));
            from += maps[n].shape[2];
        }

        return new(joined);
    }

    /// <summary>Takes a gradient by the joined features apart into those by each network's own. It is scaled in place.</summary>
    /// <param name="features">What was joined, with its graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="slope">[1, C, H, W].</param>
    public IEnumerable<(Tensor Features, Tensor Slope)> Split(SpaceFeatures features, LayerName layer, Tensor slope)
    {
        if (_parts.Count == 1)
        {
            return [(features[_parts[0].Network, layer], slope)];
        }

        var split = new List<(Tensor, Tensor)>();
        long from = 0;
        foreach (var (part, factor) in _parts.Zip(_factors[layer]))
        {
            var own = features[part.Network, layer];
            split.Add((own, slope.narrow(1, from, own.shape[1]).mul_(Scalars.Of(factor))));
            from += own.shape[1];
        }

        return split;
    }

    private static double Factor(SpacePart part, LayerName layer, IReadOnlyList<SpaceFeatures> styles)
    {
        using var scope = NewDisposeScope();
        double sum = 0, count = 0;
        foreach (var style in styles)
        {
            var features = style[part.Network, layer];
            sum += features.to(ScalarType.Float64).Squared().sum(1).sqrt().sum().Number();
            count += features.shape[2] * features.shape[3];
        }

        var mean = sum / count;
        return mean > LeastNorm ? part.Weight / mean : part.Weight;
    }
}
