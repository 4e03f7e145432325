namespace CnnMrf.Engine.Places;

/// <summary>A place in one picture and where the like of it was found in another, both in extents of their pictures: 0…1.</summary>
/// <param name="X">Horizontal, from the left.</param>
/// <param name="Y">Vertical, from above.</param>
/// <param name="U">Horizontal, there.</param>
/// <param name="V">Vertical, there.</param>
/// <param name="Weight">How far it is to be trusted, more than 0: in NCC above what unlike patches have.</param>
internal readonly record struct PlacePair(double X, double Y, double U, double V, double Weight);
