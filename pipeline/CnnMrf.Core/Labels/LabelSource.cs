using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Labels;

/// <summary>A label map as a picture, with what it lies over.</summary>
/// <param name="Map">The picture whose colours are classes.</param>
/// <param name="Over">Size of the picture that it lies over; only the proportions matter.</param>
public sealed record LabelSource(Picture Map, PixelSize Over);
