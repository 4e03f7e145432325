using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds;

/// <summary>Draws individuals of a kind.</summary>
internal static class ScenePainting
{
    /// <summary>One individual.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="view">From the scene's unit square to the picture's.</param>
    /// <param name="look">How it looks.</param>
    /// <param name="random">Which one.</param>
    public static DrawnScene Paint(this ISceneKind kind, int side, SKMatrix view, ILook look, SceneRandom random)
    {
        using var painter = new Painter(side, view, look);
        kind.Draw(painter, random);
        return painter.Finish();
    }
}
