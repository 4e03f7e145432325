namespace CnnMrf.Training.Pairs;

/// <summary>Bilinear sampling of square RGBA pictures.</summary>
internal static class Bilinear
{
    /// <summary>The colour at a place.</summary>
    /// <param name="rgba">Side × side × 4 bytes.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="x">Column; the middle of the first pixel is 0.</param>
    /// <param name="y">Row.</param>
    /// <param name="rgb">Receives 3 bytes.</param>
    public static void Sample(ReadOnlySpan<byte> rgba, int side, float x, float y, Span<byte> rgb)
    {
        x = Math.Clamp(x, 0, side - 1);
        y = Math.Clamp(y, 0, side - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, side - 1), Math.Min(top + 1, side - 1));
        var (u, v) = (x - left, y - top);
        for (var channel = 0; channel < 3; channel++)
        {
            float Value(int column, int row, ReadOnlySpan<byte> from) => from[(((row * side) + column) * 4) + channel];
            var upper = (Value(left, top, rgba) * (1 - u)) + (Value(right, top, rgba) * u);
            var lower = (Value(left, bottom, rgba) * (1 - u)) + (Value(right, bottom, rgba) * u);
            rgb[channel] = (byte)MathF.Round((upper * (1 - v)) + (lower * v));
        }
    }
}
