using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Places;

namespace CnnMrf.Engine.Synthesis;

/// <summary>The pictures of a synthesis.</summary>
/// <param name="Content">The layout; null for a texture.</param>
/// <param name="Styles">The patches, at least one picture.</param>
/// <param name="Initial">The start, when the settings say that one is given.</param>
/// <param name="Labels">Label maps of content and styles: patches are matched within their class. Null: without classes.</param>
public sealed record SynthesisInput(
    Picture? Content, IReadOnlyList<Picture> Styles, Picture? Initial = null, LabelSet? Labels = null)
{
    /// <summary>Where the content's parts lie in the styles, once they were looked for.</summary>
    internal PartPlaces? Places { get; init; }

    /// <summary>For each style whether its copies are taken mirrored too, once that was looked for.</summary>
    internal IReadOnlyList<bool>? Mirrored { get; init; }
}

/// <summary>Where a synthesis is. Reported once when a level begins (iteration 0) and after every iteration.</summary>
/// <param name="Level">Level, 0 is the coarsest.</param>
/// <param name="Levels">Number of levels.</param>
/// <param name="Size">The level's size, px.</param>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Iterations">Iterations of the level.</param>
/// <param name="Energy">Raw energies.</param>
/// <param name="Objective">What is minimised.</param>
/// <param name="LevelSeconds">Seconds spent on the level.</param>
/// <param name="TotalSeconds">Seconds spent.</param>
/// <param name="Picture">Makes the picture as it is now; call it within the report only.</param>
public sealed record SynthesisProgress(
    int Level, int Levels, PixelSize Size, int Iteration, int Iterations, EnergyTerms Energy, double Objective,
    double LevelSeconds, double TotalSeconds, Func<Picture> Picture);

/// <summary>What came out.</summary>
/// <param name="Picture">The picture; the one as far as it was when interrupted.</param>
/// <param name="LevelPictures">Each finished level's, coarsest first.</param>
/// <param name="Report">The numbers.</param>
public sealed record SynthesisResult(Picture Picture, IReadOnlyList<Picture> LevelPictures, SynthesisReport Report);
