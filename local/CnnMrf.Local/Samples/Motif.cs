using System.Numerics;

namespace CnnMrf.Local.Samples;

/// <summary>What a painter sees at one point.</summary>
/// <param name="Part">Which thing it belongs to; a stroke does not leave its thing.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Direction">The direction of strokes in radians, 0 to the right, growing clockwise.</param>
/// <param name="Fine">Whether it needs a fine brush.</param>
internal readonly record struct Motif(int Part, Vector3 Color, float Direction, bool Fine);
