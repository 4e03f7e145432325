using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>Something done to a finished picture.</summary>
internal interface IEffect
{
    /// <summary>Changes the pixels.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="parts">What each pixel shows.</param>
    /// <param name="random">Decides what the effect's settings leave open.</param>
    void Apply(Pixels pixels, PartMap parts, SceneRandom random);
}
