using CnnMrf.Core.Pictures;

namespace CnnMrf.Training.Evaluation;

/// <summary>A place in a picture.</summary>
/// <param name="X">0 at the left edge, 1 at the right one.</param>
/// <param name="Y">0 at the upper edge, 1 at the lower one.</param>
public readonly record struct PicturePoint(double X, double Y);

/// <summary>A picture to evaluate features on.</summary>
/// <param name="Name">E.g. its file's name; of one evaluation's pictures no two are called the same.</param>
/// <param name="Picture">The picture.</param>
/// <param name="Landmarks">Places by name; <c>left</c> and <c>right</c> are the picture's. May be empty.</param>
public sealed record EvaluationPicture(string Name, Picture Picture, IReadOnlyDictionary<string, PicturePoint> Landmarks);
