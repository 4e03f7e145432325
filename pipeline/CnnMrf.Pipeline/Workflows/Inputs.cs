using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Pipeline.Workflows;

/// <summary>What a synthesis workflow is started with.</summary>
/// <param name="Id">The synthesis.</param>
/// <param name="Run">The run, 1….</param>
public sealed record SynthesisInput(SynthesisId Id, int Run);

/// <summary>What a batch workflow is started with, and goes on with.</summary>
/// <param name="Name">The batch.</param>
/// <param name="ManifestHash">Of the manifest's bytes, hexadecimal.</param>
/// <param name="Next">The first item that is not started yet.</param>
public sealed record BatchInput(string Name, string ManifestHash, int Next = 0);
