using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>A way to make a picture look otherwise while everything in it stays where it is. Training uses none of these.</summary>
/// <param name="Name">E.g. <c>halftone</c>.</param>
/// <param name="Apply">A new picture of the same size; the stream decides what the restyling leaves open.</param>
public sealed record Restyling(string Name, Func<Picture, SceneRandom, Picture> Apply)
{
    /// <summary>The eight that evaluation uses.</summary>
    public static IReadOnlyList<Restyling> All { get; } =
    [
        new("oil", OilPaint.Apply),
        new("guided filter", GuidedFilter.Apply),
        new("hatching", Hatching.Apply),
        new("hue rotation", ColourChanges.RotateHue),
        new("solarise", ColourChanges.Solarise),
        new("false colour", ColourChanges.FalseColour),
        new("pencil", PencilSketch.Apply),
        new("halftone", Halftone.Apply),
    ];
}
