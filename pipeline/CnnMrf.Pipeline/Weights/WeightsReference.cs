namespace CnnMrf.Pipeline.Weights;

/// <summary>Weights, fixed.</summary>
/// <param name="Name"><c>own</c>, <c>random</c>, or the name of a file in the container of weights, without extension.</param>
/// <param name="Sha256">Of their file, hexadecimal; null for <c>random</c>.</param>
public sealed record WeightsReference(string Name, string? Sha256 = null);
