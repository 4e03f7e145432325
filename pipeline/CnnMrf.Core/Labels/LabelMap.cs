namespace CnnMrf.Core.Labels;

/// <summary>The class of every place of a picture. It is laid over the picture, whatever its own resolution.</summary>
public sealed class LabelMap
{
    private readonly byte[] _classes;

    /// <summary>Takes classes over.</summary>
    /// <param name="width">Width, at least 1.</param>
    /// <param name="height">Height, at least 1.</param>
    /// <param name="classes">Row by row, each 0…31.</param>
    /// <exception cref="ArgumentException">There are not width × height of them, or one is no class.</exception>
    public LabelMap(int width, int height, byte[] classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Length != (long)width * height || Array.Exists(classes, c => c >= LabelSet.MaxClasses))
        {
            throw new ArgumentException(
                $"A label map of {width}×{height} has as many classes, each below {LabelSet.MaxClasses}.", nameof(classes));
        }

        (Width, Height, _classes) = (width, height, classes);
    }

    /// <summary>Width, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height, at least 1.</summary>
    public int Height { get; }

    /// <summary>The class of each place, row by row.</summary>
    public ReadOnlySpan<byte> Classes => _classes;

    /// <summary>The class at a place of the picture that the map lies over.</summary>
    /// <param name="x">From the left edge, 0, to the right one, 1; beyond them the edge counts.</param>
    /// <param name="y">From the upper edge to the lower one, likewise.</param>
    public int At(double x, double y)
    {
        var column = Math.Clamp((int)Math.Floor(x * Width), 0, Width - 1);
        var row = Math.Clamp((int)Math.Floor(y * Height), 0, Height - 1);
        return _classes[(row * Width) + column];
    }
}
