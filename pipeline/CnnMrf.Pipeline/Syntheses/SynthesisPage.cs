namespace CnnMrf.Pipeline.Syntheses;

/// <summary>A part of the list of syntheses.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Continuation">Opaque; asks for what follows. Null: nothing follows.</param>
public sealed record SynthesisPage(IReadOnlyList<SynthesisStatus> Items, string? Continuation);
