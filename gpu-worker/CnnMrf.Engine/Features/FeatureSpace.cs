namespace CnnMrf.Engine.Features;

/// <summary>A network in a feature space.</summary>
/// <param name="Network">The network.</param>
/// <param name="Weight">W above 0: the mean norm of its features, where it is not alone.</param>
public readonly record struct SpacePart(SpaceNetwork Network, double Weight);

/// <summary>Networks whose features stand side by side at one level.</summary>
public sealed class FeatureSpace
{
    /// <summary>Takes the networks in the order of their channels.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public FeatureSpace(params IEnumerable<SpacePart> parts)
    {
        Parts = [.. parts];
        if (Parts.Count == 0)
        {
            throw new ArgumentException("A feature space needs a network.", nameof(parts));
        }
    }

    /// <summary>The networks.</summary>
    public IReadOnlyList<SpacePart> Parts { get; }

    /// <summary>Whether several networks are joined; one alone is taken as it is, whatever its weight.</summary>
    public bool IsJoint => Parts.Count > 1;

    /// <summary>Whether a network takes part.</summary>
    internal bool Has(SpaceNetwork network) => Parts.Any(p => p.Network == network);
}
