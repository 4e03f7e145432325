using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds;

/// <summary>A kind and how often it is drawn.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="SameScene">Share of pairs of one scene in two looks.</param>
/// <param name="TwoIndividuals">Share of pairs of two individuals.</param>
public sealed record KindShare(ISceneKind Kind, double SameScene, double TwoIndividuals);

/// <summary>What pairs are drawn of.</summary>
/// <param name="shares">Kinds with their shares, which need not add up to 1.</param>
public sealed class SceneKinds(IReadOnlyList<KindShare> shares)
{
    private readonly double _sum = shares.Sum(s => s.SameScene + s.TwoIndividuals);

    /// <summary>Kinds with their shares.</summary>
    public IReadOnlyList<KindShare> Shares => shares;

    /// <summary>All kinds.</summary>
    public IEnumerable<ISceneKind> All => shares.Select(s => s.Kind);

    /// <summary>The kinds that have landmarks to pair individuals by.</summary>
    public IEnumerable<ISceneKind> Named => shares.Where(s => s.TwoIndividuals > 0).Select(s => s.Kind);

    /// <summary>Draws a kind, and whether the pair shows one scene twice or two individuals.</summary>
    public (ISceneKind Kind, bool SameScene) Choose(SceneRandom random)
    {
        var place = random.Next() * _sum;
        foreach (var share in shares)
        {
            if ((place -= share.SameScene) < 0)
            {
                return (share.Kind, true);
            }

            if ((place -= share.TwoIndividuals) < 0)
            {
                return (share.Kind, false);
            }
        }

        return (shares[^1].Kind, shares[^1].TwoIndividuals == 0);
    }
}
