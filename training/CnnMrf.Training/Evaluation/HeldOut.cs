using System.Text;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation;

/// <summary>The random streams of evaluation. Training never draws from them: a seed of its own keeps them apart.</summary>
public static class HeldOut
{
    /// <summary>The seed of everything that evaluation draws. A training run may have any other.</summary>
    public const ulong Seed = 0x4845_4C44_2D4F_5554;

    /// <summary>The stream of a thing, by its name and number: adding other things does not change it.</summary>
    /// <param name="name">E.g. a kind or a picture and what is done to it.</param>
    /// <param name="number">0, 1, …</param>
    public static SceneRandom Stream(string name, int number)
    {
        ArgumentNullException.ThrowIfNull(name);

        // FNV-1a: string.GetHashCode differs from run to run.
        var hash = 0xCBF29CE484222325;
        foreach (var value in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ value) * 0x100000001B3;
        }

        return SceneRandom.For(Seed, hash + (ulong)number);
    }
}
