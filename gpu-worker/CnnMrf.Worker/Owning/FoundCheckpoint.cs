namespace CnnMrf.Worker.Owning;

/// <summary>What is known of the checkpoint of a level without reading it.</summary>
/// <param name="Iteration">−1 where that cannot be told.</param>
/// <param name="Mark">Tells it from others, also when it was taken over; null without a checkpoint.</param>
internal readonly record struct FoundCheckpoint(int Iteration, string? Mark);
