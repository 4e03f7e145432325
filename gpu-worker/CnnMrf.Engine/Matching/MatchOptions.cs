using CnnMrf.Engine.Places;

namespace CnnMrf.Engine.Matching;

/// <summary>How style patches are picked.</summary>
/// <param name="PositionWeight">
/// λ ≥ 0: a patch is picked by preference · NCC − λ·Δ², Δ being the distance of the two patches' centres, each in extents of its own map.
/// </param>
/// <param name="Guide">The content, where it takes part in the choice: the NCC is then that of the lengthened patches. Not owned.</param>
/// <param name="Coherence">κ ≥ 0: what it is worth that a neighbour is matched with the same displacement.</param>
/// <param name="Classes">
/// For each query patch its class, 0 … 31: only style patches that are offered for that class may be picked. Null: classes play no part.
/// </param>
/// <param name="Places">
/// Where the content's parts lie in each style: Δ is then the distance from there, and λ is multiplied by how sure that place is. Null:
/// from the same place.
/// </param>
public sealed record MatchOptions(
    double PositionWeight = 0, MatchGuide? Guide = null, double Coherence = 0, IReadOnlyList<byte>? Classes = null,
    PartPlaces? Places = null)
{
    /// <summary>The paper's rule: the normalised cross-correlation alone.</summary>
    public static MatchOptions Default { get; } = new();
}
