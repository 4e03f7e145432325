using CnnMrf.Engine.Places;

namespace CnnMrf.Engine.Patches;

/// <summary>
/// One copy of a style picture at one layer: its features and its patches, which are numbered from <see cref="FirstIndex"/> on.
/// </summary>
public sealed class StyleMap : IDisposable
{
    /// <summary>Takes over a feature map; it is disposed with this one.</summary>
    /// <param name="features">The features.</param>
    /// <param name="grid">The patches that may be picked; not wrapped.</param>
    /// <param name="preference">Factor on the scores of this copy's patches, 0 … 1; at 0 none of them ever wins.</param>
    /// <exception cref="ArgumentException">The grid wraps, or belongs to a map of another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The preference is not within 0 … 1.</exception>
    public StyleMap(FeatureMap features, PatchGrid grid, double preference = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(grid);
        if (grid.Wraps) throw new ArgumentException("Patches of a style do not wrap: only the image synthesised does.", nameof(grid));
        if (!(preference is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(preference), preference, "A style's preference is between 0 and 1.");
        Features = features;
        Grid = grid;
        Preference = preference;
        Norms = PatchNorms.Inverse(features, grid);
    }

    /// <summary>The features.</summary>
    public FeatureMap Features { get; }

    /// <summary>The patches that may be picked.</summary>
    public PatchGrid Grid { get; }

    /// <summary>Number in the pool of this copy's first patch; 0 until it is put in one.</summary>
    public int FirstIndex { get; internal set; }

    /// <summary>Place of this copy in the pool; 0 until it is put in one.</summary>
    public int Position { get; internal set; }

    /// <summary>Number of the style picture that it is a copy of.</summary>
    public int Style { get; init; }

    /// <summary>Where a place of that picture lies in this copy, both in extents; null: at the same place.</summary>
    internal Affine? Frame { get; init; }

    /// <summary>For each patch the classes that it may be picked for, one bit each; null: all.</summary>
    internal uint[]? Classes { get; set; }

    /// <summary>Whether a patch may be picked for a class.</summary>
    internal bool Offers(int patch, int label) => Classes is not { } classes || (classes[patch] >> label & 1) != 0;

    /// <summary>Factor on the scores of this copy's patches, 0 … 1.</summary>
    public double Preference { get; }

    /// <summary>Inverse norm of each patch, 0 where the norm is 0.</summary>
    public ReadOnlySpan<double> InverseNorms => Norms;

    /// <summary>
    /// Preference times inverse norm of a patch: what its correlation with a query is multiplied by; 0 where it may not win.
    /// </summary>
    internal double Weight(int patch) => Norms[patch] * Preference;

    private double[] Norms { get; }

    /// <inheritdoc/>
    public void Dispose() => Features.Dispose();
}
