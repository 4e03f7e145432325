namespace CnnMrf.Engine.Matching;

/// <summary>How style patches are picked.</summary>
/// <param name="PositionWeight">
/// λ ≥ 0: a patch is picked by preference · NCC − λ·Δ², Δ being the distance of the two patches' centres, each in extents of its own map.
/// </param>
public sealed record MatchOptions(double PositionWeight = 0)
{
    /// <summary>The paper's rule: the normalised cross-correlation alone.</summary>
    public static MatchOptions Default { get; } = new();
}
