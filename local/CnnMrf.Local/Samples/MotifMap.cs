namespace CnnMrf.Local.Samples;

/// <summary>The motif at every pixel, seen once: strokes ask for it hundreds of thousands of times.</summary>
internal sealed class MotifMap
{
    private readonly Motif[] _motifs;
    private readonly int _width;
    private readonly int _height;

    public MotifMap(int width, int height, Func<float, float, Motif> motif)
    {
        (_width, _height, _motifs) = (width, height, new Motif[width * height]);
        Parallel.For(0, height, row =>
        {
            for (var column = 0; column < width; column++)
            {
                _motifs[(row * width) + column] = motif((column + 0.5f) / height, (row + 0.5f) / height);
            }
        });
    }

    /// <summary>The motif at a point in units of the height; outside, that of the border.</summary>
    public Motif this[float x, float y]
    {
        get
        {
            var column = Math.Clamp((int)(x * _height), 0, _width - 1);
            var row = Math.Clamp((int)(y * _height), 0, _height - 1);
            return _motifs[(row * _width) + column];
        }
    }
}
