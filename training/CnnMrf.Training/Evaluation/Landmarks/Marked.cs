using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Landmarks;

/// <summary>A picture with named points.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Points">Places by name, 0 … 1 of its width and height.</param>
internal sealed record Marked(Picture Picture, IReadOnlyDictionary<string, (double X, double Y)> Points)
{
    /// <summary>Columns of the points by name, 0 … 1.</summary>
    public IReadOnlyDictionary<string, double> Columns { get; } = Points.ToDictionary(p => p.Key, p => p.Value.X);

    /// <summary>The mirrored picture: what was at the left is at the right, and is called so.</summary>
    public Marked Mirrored() => new(
        Picture.MirrorHorizontally(), Points.ToDictionary(p => Landmark.Exchanged(p.Key), p => (1 - p.Value.X, p.Value.Y)));

    /// <summary>The picture shifted, what the edges leave bare filled with their pixels; points shifted out of it are lost.</summary>
    /// <param name="x">To the right, 0 … 1 of the width.</param>
    /// <param name="y">Downwards, 0 … 1 of the height.</param>
    public Marked Shifted(double x, double y)
    {
        var (columns, rows) = ((int)Math.Round(x * Picture.Width), (int)Math.Round(y * Picture.Height));
        var result = new Picture(Picture.Width, Picture.Height);
        for (var row = 0; row < result.Height; row++)
        {
            var from = Picture.Row(Math.Clamp(row - rows, 0, result.Height - 1));
            var to = result.Row(row);
            for (var column = 0; column < result.Width; column++)
            {
                from.Slice(3 * Math.Clamp(column - columns, 0, result.Width - 1), 3).CopyTo(to[(3 * column)..]);
            }
        }

        var (moveX, moveY) = ((double)columns / Picture.Width, (double)rows / Picture.Height);
        return new(result, Points
            .Select(p => (p.Key, X: p.Value.X + moveX, Y: p.Value.Y + moveY))
            .Where(p => p.X is >= 0 and < 1 && p.Y is >= 0 and < 1)
            .ToDictionary(p => p.Key, p => (p.X, p.Y)));
    }

    /// <summary>At another size.</summary>
    public Marked At(int longSide) => this with { Picture = Picture.ResizeLongSide(longSide) };
}
