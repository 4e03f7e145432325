using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// What guides a match (DESIGN §1): every query patch Ψ(X) is lengthened by μ times the content's patch Ψ(Xc) at the same place, every
/// style patch Ψ(Xs) by μ times itself, so that what the content shows there takes part in the choice.
/// </summary>
/// <remarks>
/// The long vectors never exist. As the style's halves are one map, ⟨[Ψ(X), μΨ(Xc)], [Ψ(Xs), μΨ(Xs)]⟩ = ⟨Ψ(X) + μ²Ψ(Xc), Ψ(Xs)⟩, and the
/// norms are √(‖Ψ(X)‖² + μ²‖Ψ(Xc)‖²) and √(1 + μ²)·‖Ψ(Xs)‖: a match of a sum, with norms of its own.
/// </remarks>
public sealed class MatchGuide : IDisposable
{
    private readonly double[] squares;

    /// <summary>Takes over the content's features; they are disposed with the guide.</summary>
    /// <param name="content">Φ(Xc), of the query's size, channels and type.</param>
    /// <param name="weight">μ, finite and 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public MatchGuide(FeatureMap content, double weight)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!(weight >= 0 && double.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "The weight of a guide is finite and 0 or more.");
        (Content, Weight) = (content, weight);
        squares = PatchNorms.SquaredCells(content);
    }

    /// <summary>Φ(Xc).</summary>
    public FeatureMap Content { get; }

    /// <summary>μ.</summary>
    public double Weight { get; }

    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();

    /// <summary>The sum that is matched in place of a query: Φ(X) + μ²Φ(Xc).</summary>
    internal FeatureMap Lead(FeatureMap query)
    {
        using var noGradient = TorchSharp.torch.no_grad();
        return new(query.Values.add(Content.Values, alpha: Scalars.Of(Weight * Weight)));
    }

    /// <summary>
    /// For each patch what the sum's correlation with a style patch, over that one's norm, is multiplied by to be the NCC.
    /// </summary>
    internal double[] InverseNorms(FeatureMap query, PatchGrid grid)
    {
        var sums = PatchNorms.SquaredCells(query);
        for (var p = 0; p < sums.Length; p++) sums[p] += Weight * Weight * squares[p];
        var inverse = PatchNorms.Inverse(sums, grid, query.Height, query.Width);
        var styles = 1 / Math.Sqrt(1 + (Weight * Weight));
        for (var i = 0; i < inverse.Length; i++) inverse[i] *= styles;
        return inverse;
    }
}
