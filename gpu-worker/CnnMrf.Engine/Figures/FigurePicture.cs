using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;

namespace CnnMrf.Engine.Figures;

/// <summary>A picture at the size that a figure works at.</summary>
public sealed class FigurePicture
{
    // Three lattice cells: a patch has somewhere to go.
    private const int LeastSide = FigureLayer.Footprint + FigureLayer.Lattice;

    /// <summary>Brings a picture to the size.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="longSide">Its long side then, px; more where its short side would not have room for a patch to move.</param>
    /// <exception cref="SettingsException">The picture is too oblong.</exception>
    public FigurePicture(Picture picture, int longSide)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var least = Math.Ceiling((double)LeastSide * picture.Size.LongSide / picture.Size.ShortSide);
        if (least > 4096)
        {
            throw new SettingsException(
                "size", $"a picture of {picture.Size} px is too oblong for patches of {FigureLayer.Footprint} px: crop it");
        }

        Original = picture.Size;
        Shown = picture.Resize(picture.Size.WithLongSide(Math.Max(longSide, least)));
    }

    /// <summary>Size of the picture as it was given.</summary>
    public PixelSize Original { get; }

    /// <summary>The picture as it is looked at.</summary>
    public Picture Shown { get; }

    /// <summary>The patch on the lattice whose centre is nearest to a place of the original.</summary>
    /// <exception cref="SettingsException">The place is not in the picture.</exception>
    internal (int X, int Y) Snap(FigurePoint at, string option)
    {
        if (!(at.X >= 0 && at.X < Original.Width && at.Y >= 0 && at.Y < Original.Height))
        {
            throw new SettingsException(option, $"{at} is not in the picture, which is {Original} px");
        }

        return (
            OnLattice((at.X + 0.5) * Shown.Width / Original.Width, Shown.Width),
            OnLattice((at.Y + 0.5) * Shown.Height / Original.Height, Shown.Height));
    }

    /// <summary>A patch's corner in pixels of the original.</summary>
    internal FigurePatch Patch(int x, int y) => new(
        (int)Math.Round((double)x * Original.Width / Shown.Width),
        (int)Math.Round((double)y * Original.Height / Shown.Height),
        (int)Math.Round((double)FigureLayer.Footprint * Original.Width / Shown.Width));

    internal Picture Crop(int x, int y) => Shown.Crop(x, y, FigureLayer.Footprint, FigureLayer.Footprint);

    /// <summary>The last corner on the lattice with whole cells of the deepest layer.</summary>
    internal static int LastCorner(int side) => ((side / FigureLayer.Lattice) * FigureLayer.Lattice) - FigureLayer.Footprint;

    private static int OnLattice(double centre, int side) => Math.Clamp(
        (int)Math.Round((centre - (FigureLayer.Footprint / 2.0)) / FigureLayer.Lattice) * FigureLayer.Lattice, 0, LastCorner(side));
}

/// <summary>A place in a picture, px from its upper left.</summary>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
public readonly record struct FigurePoint(int X, int Y)
{
    /// <summary><c>x,y</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{X},{Y}");
}

/// <summary>A square of a picture, in pixels of the picture as it was given.</summary>
/// <param name="X">Left.</param>
/// <param name="Y">Top.</param>
/// <param name="Side">Side.</param>
public readonly record struct FigurePatch(int X, int Y, int Side);
