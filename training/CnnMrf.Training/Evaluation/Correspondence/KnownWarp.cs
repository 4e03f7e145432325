using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Correspondence;

/// <summary>
/// A displacement of a picture that is known both ways: turned, scaled, sheared a little, shifted, and a smooth unevenness. Places are in
/// pixels; the middle of the first pixel is 0.5.
/// </summary>
public sealed class KnownWarp
{
    // Calibrated together with the restylings' strengths (see there); not to be changed.
    private const float Degrees = 10;
    private const float LeastScale = 0.85f;
    private const float GreatestScale = 1.18f;
    private const float Stretch = 0.05f;
    private const float Shear = 0.05f;
    private const float Shift = 0.15f;
    private const float WaveHeight = 0.012f;
    private const float LeastWaves = 0.5f;
    private const float GreatestWaves = 1.5f;
    private const int Iterations = 60;

    private readonly PixelSize _size;
    private readonly double _xx, _xy, _yx, _yy, _shiftX, _shiftY;
    private readonly (double X, double Y, double Phase, double HeightX, double HeightY)[] _waves;

    private KnownWarp(PixelSize size, SceneRandom random)
    {
        _size = size;
        var angle = random.Between(-Degrees, Degrees) * Math.PI / 180;
        var scale = Math.Exp(random.Between(MathF.Log(LeastScale), MathF.Log(GreatestScale)));
        var stretch = 1 + random.Between(-Stretch, Stretch);
        var shear = random.Between(-Shear, Shear);
        var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
        (_xx, _xy) = (scale * stretch * cos, scale * ((shear * cos) - sin));
        (_yx, _yy) = (scale * stretch * sin, scale * ((shear * sin) + cos));
        (_shiftX, _shiftY) = (random.Between(-Shift, Shift) * size.Width, random.Between(-Shift, Shift) * size.Height);
        _waves = new (double, double, double, double, double)[2];
        for (var i = 0; i < _waves.Length; i++)
        {
            var direction = random.Between(0, MathF.Tau);
            var frequency = Math.Tau * random.Between(LeastWaves, GreatestWaves) / size.LongSide;
            var height = WaveHeight * size.LongSide;
            _waves[i] = (frequency * Math.Cos(direction), frequency * Math.Sin(direction), random.Between(0, MathF.Tau),
                random.Between(-height, height), random.Between(-height, height));
        }
    }

    /// <summary>A warp by a seed: of pictures of one shape and different sizes, the same.</summary>
    /// <param name="size">The picture's.</param>
    /// <param name="random">Decides everything.</param>
    public static KnownWarp Random(PixelSize size, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new(size, random);
    }

    /// <summary>Where a place of the picture lies in the warped one; it may lie outside.</summary>
    /// <param name="x">Column, px.</param>
    /// <param name="y">Row, px.</param>
    public (double X, double Y) Target(double x, double y)
    {
        var (awayX, awayY) = (x - (_size.Width / 2.0), y - (_size.Height / 2.0));
        return Uneven((_size.Width / 2.0) + (_xx * awayX) + (_xy * awayY) + _shiftX,
            (_size.Height / 2.0) + (_yx * awayX) + (_yy * awayY) + _shiftY);
    }

    /// <summary>Where a place of the warped picture comes from: the inverse of <see cref="Target"/> to 1e-9 px.</summary>
    /// <param name="x">Column, px.</param>
    /// <param name="y">Row, px.</param>
    public (double X, double Y) Source(double x, double y)
    {
        // The unevenness is much flatter than 1, so that this converges fast.
        var (evenX, evenY) = (x, y);
        for (var i = 0; i < Iterations; i++)
        {
            var (foundX, foundY) = Uneven(evenX, evenY);
            var (errorX, errorY) = (x - foundX, y - foundY);
            (evenX, evenY) = (evenX + errorX, evenY + errorY);
            if (Math.Abs(errorX) + Math.Abs(errorY) < 1e-10)
            {
                break;
            }
        }

        var (awayX, awayY) = (evenX - (_size.Width / 2.0) - _shiftX, evenY - (_size.Height / 2.0) - _shiftY);
        var determinant = (_xx * _yy) - (_xy * _yx);
        return ((_size.Width / 2.0) + (((_yy * awayX) - (_xy * awayY)) / determinant),
            (_size.Height / 2.0) + (((_xx * awayY) - (_yx * awayX)) / determinant));
    }

    /// <summary>The warped picture, bilinear; beyond the border lies the nearest pixel inside.</summary>
    /// <param name="picture">Of the size that the warp was made for.</param>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public Picture Apply(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Size != _size)
        {
            throw new ArgumentException($"A warp for {_size} px does not fit a picture of {picture.Size} px.", nameof(picture));
        }

        var result = new Picture(picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var (sourceX, sourceY) = Source(x + 0.5, y + 0.5);
                Sample(picture, sourceX - 0.5, sourceY - 0.5, result.Row(y).Slice(3 * x, 3));
            }
        }

        return result;
    }

    private static void Sample(Picture picture, double x, double y, Span<float> rgb)
    {
        x = Math.Clamp(x, 0, picture.Width - 1);
        y = Math.Clamp(y, 0, picture.Height - 1);
        var (left, top) = ((int)x, (int)y);
        var (right, bottom) = (Math.Min(left + 1, picture.Width - 1), Math.Min(top + 1, picture.Height - 1));
        var (u, v) = ((float)(x - left), (float)(y - top));
        for (var channel = 0; channel < 3; channel++)
        {
            var upper = (picture[left, top, channel] * (1 - u)) + (picture[right, top, channel] * u);
            var lower = (picture[left, bottom, channel] * (1 - u)) + (picture[right, bottom, channel] * u);
            rgb[channel] = (upper * (1 - v)) + (lower * v);
        }
    }

    private (double X, double Y) Uneven(double x, double y)
    {
        var (awayX, awayY) = (0.0, 0.0);
        foreach (var wave in _waves)
        {
            var height = Math.Sin((x * wave.X) + (y * wave.Y) + wave.Phase);
            (awayX, awayY) = (awayX + (wave.HeightX * height), awayY + (wave.HeightY * height));
        }

        return (x + awayX, y + awayY);
    }
}
