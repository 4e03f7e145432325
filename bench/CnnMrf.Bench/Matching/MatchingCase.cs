using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Bench.Matching;

/// <summary>One size of matching, with features as a rectified layer gives them.</summary>
/// <param name="Channels">C.</param>
/// <param name="Side">Both sides of both maps, in cells.</param>
/// <param name="Stride">Stride of both grids.</param>
public sealed record MatchingCase(int Channels, int Side, int Stride)
{
    public const int PatchSize = 3;

    public static IEnumerable<MatchingCase> All =>
        [new MatchingCase(256, 96, 2), new MatchingCase(256, 96, 1), new MatchingCase(512, 48, 1)];

    public override string ToString() => $"{Channels} ch {Side}x{Side} stride {Stride}";

    public FeatureMap Features(long seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        return new FeatureMap(randn([Side, Side, Channels], float32, generator: generator).relu());
    }

    public StylePool Pool()
    {
        var features = Features(2);
        return new StylePool([new StyleMap(features, features.Grid(PatchSize, Stride))]);
    }

    /// <summary>The style's patches as the filters of a convolution, normalised: what most implementations do.</summary>
    public static Tensor Filters(StyleMap map)
    {
        using var scope = NewDisposeScope();
        var patches = map.Features.Values.unfold(0, PatchSize, map.Grid.Stride).unfold(1, PatchSize, map.Grid.Stride);
        var filters = patches.reshape(-1, map.Features.Channels, PatchSize, PatchSize).contiguous();
        return (filters / filters.flatten(1).norm(1).view(-1, 1, 1, 1)).MoveToOuterDisposeScope();
    }

    /// <summary>The best filter for each patch of a query, by one convolution.</summary>
    public static Tensor ByConvolution(FeatureMap query, Tensor filters, int stride)
    {
        using var scope = NewDisposeScope();
        var image = query.Values.permute(2, 0, 1).unsqueeze(0);
        return nn.functional.conv2d(image, filters, strides: [stride, stride]).argmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>The products alone that exact matching cannot do without: one for each phase of the stride.</summary>
    public void Products(FeatureMap query, FeatureMap style)
    {
        for (var y = 0; y < Stride; y++)
        {
            for (var x = 0; x < Stride; x++)
            {
                using var scope = NewDisposeScope();
                _ = Phase(query, y, x).mm(Phase(style, y, x).t());
            }
        }
    }

    private Tensor Phase(FeatureMap map, int y, int x) => map.Values
        .slice(0, y, Side, Stride).slice(1, x, Side, Stride).reshape(-1, Channels);
}
