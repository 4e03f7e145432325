using SkiaSharp;

namespace CnnMrf.Training.Drawing;

/// <summary>A named point of a drawn scene.</summary>
/// <param name="Name">What it is, e.g. <c>eye.left</c>. Left and right are the picture's: a mirrored scene has them exchanged.</param>
/// <param name="X">Column, px; the middle of the first pixel is 0.5.</param>
/// <param name="Y">Row, px.</param>
/// <param name="Part">The part on which or at whose edge it lies.</param>
public readonly record struct Landmark(string Name, float X, float Y, string Part)
{
    /// <summary>What the names of the background's landmarks begin with.</summary>
    public const string BackgroundPrefix = "background.";

    /// <summary>The name in the mirror image: what was at the left is at the right, and is called so.</summary>
    public static string Exchanged(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Join('.', name.Split('.').Select(word => word switch
        {
            "left" => "right",
            "right" => "left",
            _ => word,
        }));
    }
}

/// <summary>Which part of a scene each pixel shows.</summary>
/// <param name="Side">Pixels a side.</param>
/// <param name="Ids">Row by row; an index into <paramref name="Names"/>.</param>
/// <param name="Names">The parts' names; the first, empty, is for pixels that nothing covers.</param>
public sealed record PartMap(int Side, ushort[] Ids, IReadOnlyList<string> Names)
{
    /// <summary>The part at a pixel; pixels outside count as the nearest inside.</summary>
    public string At(float x, float y) => Names[Ids[(Clamp(y) * Side) + Clamp(x)]];

    /// <summary>Whether a part shows within a distance of a place.</summary>
    /// <param name="part">Its name.</param>
    /// <param name="x">Column, px.</param>
    /// <param name="y">Row, px.</param>
    /// <param name="radius">Distance, px.</param>
    public bool Shows(string part, float x, float y, float radius)
    {
        for (var row = Clamp(y - radius); row <= Clamp(y + radius); row++)
        {
            for (var column = Clamp(x - radius); column <= Clamp(x + radius); column++)
            {
                if (Names[Ids[(row * Side) + column]] == part)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int Clamp(float value) => Math.Clamp((int)MathF.Floor(value), 0, Side - 1);
}

/// <summary>A finished drawing.</summary>
/// <param name="Picture">Square, RGBA.</param>
/// <param name="Parts">What each pixel shows.</param>
/// <param name="Landmarks">The named points that are in the picture and not hidden by what was drawn later.</param>
public sealed record DrawnScene(SKBitmap Picture, PartMap Parts, IReadOnlyList<Landmark> Landmarks) : IDisposable
{
    /// <summary>Those landmarks whose name the scene has once.</summary>
    public IEnumerable<Landmark> SingleLandmarks => Landmarks.GroupBy(l => l.Name).Where(g => g.Count() == 1).Select(g => g.First());

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
