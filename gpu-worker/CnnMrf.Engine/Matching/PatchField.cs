using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>The nearest neighbour NN(i) of every query patch i.</summary>
public sealed class PatchField
{
    /// <summary>Joins a grid with what was found for it.</summary>
    /// <exception cref="ArgumentException">There is not one index and one score for each patch of the grid.</exception>
    public PatchField(PatchGrid grid, int[] index, float[] score)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(score);
        if (index.Length != grid.Count || score.Length != grid.Count)
        {
            throw new ArgumentException(
                $"A field over {grid.Count} patches needs as many indices and scores, not {index.Length} and {score.Length}.",
                nameof(index));
        }

        Grid = grid;
        Index = index;
        Score = score;
    }

    /// <summary>The query patches.</summary>
    public PatchGrid Grid { get; }

    /// <summary>For each query patch the number j, in the pool, of the style patch picked.</summary>
    public int[] Index { get; }

    /// <summary>
    /// For each query patch the NCC, −1 … 1, with the patch picked, without preference and position weight; 0 for zero norms.
    /// </summary>
    public float[] Score { get; }
}
