using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>What a matcher correlates with the style's patches: the query itself, or where there is a guide their sum.</summary>
internal readonly struct MatchQuery : IDisposable
{
    private readonly bool own;

    internal MatchQuery(FeatureMap query, PatchGrid grid, MatchGuide? guide)
    {
        own = guide is not null;
        Map = guide?.Lead(query) ?? query;
        InverseNorms = guide?.InverseNorms(query, grid) ?? PatchNorms.Inverse(query, grid);
    }

    internal FeatureMap Map { get; }

    /// <summary>Whether it is a sum: the factors are then not its inverse norms.</summary>
    internal bool IsSum => own;

    /// <summary>
    /// For each patch the factor that makes its correlation with a style patch of norm 1 the NCC; 0 for a query of norm 0.
    /// </summary>
    internal double[] InverseNorms { get; }

    public void Dispose()
    {
        if (own) Map.Dispose();
    }
}
