using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Owning;

namespace CnnMrf.Worker.Levels;

/// <summary>A level that is owned and taken over, ready to be computed.</summary>
/// <param name="Job">The level.</param>
/// <param name="Ownership">The lease.</param>
/// <param name="Checkpoint">Where checkpoints go.</param>
/// <param name="Found">The checkpoint that was there.</param>
/// <param name="Reporter">Progress and preview.</param>
/// <param name="Held">Cancelled when lease or lock are lost: from then on nothing may be written.</param>
/// <param name="Unwanted">Cancelled when nobody wants the level any more: then no checkpoint is of use.</param>
/// <param name="Work">Cancelled when computing must end, for whatever reason.</param>
internal sealed record LevelContext(
    LevelJob Job,
    LevelOwnership Ownership,
    FencedBlob Checkpoint,
    BlobBytes? Found,
    LevelReporter Reporter,
    CancellationToken Held,
    CancellationToken Unwanted,
    CancellationToken Work)
{
    /// <summary>The iteration of the last checkpoint written; −1 before the first.</summary>
    public int Saved { get; set; } = -1;
}
