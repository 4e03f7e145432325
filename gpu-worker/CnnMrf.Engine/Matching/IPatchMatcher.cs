using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// Finds for every query patch the style patch of highest score, preference · NCC − λ·Δ². Ties go to the lowest j. A style patch of norm
/// zero, or in a map of preference 0, never wins; if none else is there, j = 0. The NCC of a query of norm zero is 0 with every patch.
/// With classes only patches offered for the query's class may win, and of these the lowest is taken where none of them can.
/// With a guide, query and style patches are the lengthened ones (<see cref="MatchGuide"/>).
/// A matcher serves one caller at a time.
/// </summary>
public interface IPatchMatcher : IDisposable
{
    /// <summary>Matches every patch of a query map.</summary>
    /// <param name="query">Features of the image synthesised, of the pool's type, channels and device.</param>
    /// <param name="queryGrid">Its patches, of the pool's patch size; stride and wrapping are free.</param>
    /// <param name="pool">The style patches.</param>
    /// <param name="options">How they are picked.</param>
    /// <param name="ct">Looked at many times during the work.</param>
    /// <exception cref="ArgumentException">Query, grid and pool do not fit together.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    PatchField Match(
        FeatureMap query, PatchGrid queryGrid, StylePool pool, MatchOptions options, CancellationToken ct = default);
}
