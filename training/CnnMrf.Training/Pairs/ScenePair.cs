namespace CnnMrf.Training.Pairs;

/// <summary>Two places that belong together.</summary>
/// <param name="AX">Column in the first picture, px.</param>
/// <param name="AY">Row in the first picture, px.</param>
/// <param name="BX">Column in the second picture, px.</param>
/// <param name="BY">Row in the second picture, px.</param>
public readonly record struct PairPoint(float AX, float AY, float BX, float BY);

/// <summary>Two pictures with known correspondence.</summary>
public sealed class ScenePair
{
    /// <summary>Pixels from one entry of <see cref="PartsA"/> to the next: a cell of relu4_1.</summary>
    public const int PartStep = 8;

    /// <summary>Pixels a side of both pictures; a multiple of 8.</summary>
    public required int Side { get; init; }

    /// <summary>Side × Side × 3 bytes, interleaved red, green, blue.</summary>
    public required byte[] A { get; init; }

    /// <summary>As <see cref="A"/>.</summary>
    public required byte[] B { get; init; }

    /// <summary>Places that belong together, all inside both pictures.</summary>
    public required PairPoint[] Points { get; init; }

    /// <summary>
    /// Whether both show the same scene, so that <see cref="Points"/> are dense and exact; else they are landmarks of two individuals.
    /// </summary>
    public required bool SameScene { get; init; }

    /// <summary>
    /// Part of the first picture at the middle of every 8×8 pixels, row by row; equal numbers mean equal names; 0 is no part.
    /// </summary>
    public required ushort[] PartsA { get; init; }

    /// <summary>As <see cref="PartsA"/>, for the second picture.</summary>
    public required ushort[] PartsB { get; init; }
}
