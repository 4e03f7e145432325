namespace CnnMrf.Api.Syntheses.List;

/// <summary>A page of syntheses.</summary>
/// <param name="Items">Newest first; may be fewer than asked for, even none, although more follow.</param>
/// <param name="Continuation">Opaque; asks for what follows. Null: nothing follows.</param>
/// <param name="Next">The path of what follows.</param>
public sealed record SynthesisList(IReadOnlyList<SynthesisView> Items, string? Continuation, string? Next);
