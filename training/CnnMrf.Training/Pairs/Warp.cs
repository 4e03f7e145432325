using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Pairs;

/// <summary>A smooth displacement of a square picture: two waves of low frequency in each direction.</summary>
internal sealed class Warp
{
    private readonly (float FrequencyX, float FrequencyY, float Phase, float X, float Y)[] _waves;

    /// <summary>Draws one.</summary>
    /// <param name="side">Pixels a side.</param>
    /// <param name="amplitude">Greatest displacement of each wave, px.</param>
    /// <param name="random">Which.</param>
    public Warp(int side, float amplitude, SceneRandom random) => _waves =
    [
        .. Enumerable.Range(0, 3).Select(_ => (
            random.Normal(0, 3.5f) / side, random.Normal(0, 3.5f) / side, random.Between(0, MathF.Tau),
            random.Normal(0, amplitude / 2), random.Normal(0, amplitude / 2))),
    ];

    /// <summary>Where the value of a place of the warped picture comes from.</summary>
    public (float X, float Y) Source(float x, float y)
    {
        var (sourceX, sourceY) = (x, y);
        foreach (var wave in _waves)
        {
            var height = MathF.Sin((x * wave.FrequencyX) + (y * wave.FrequencyY) + wave.Phase);
            sourceX += wave.X * height;
            sourceY += wave.Y * height;
        }

        return (sourceX, sourceY);
    }

    /// <summary>Where a place of the original picture lies in the warped one: the inverse of <see cref="Source"/>, by iteration.</summary>
    public (float X, float Y) Target(float x, float y)
    {
        var (targetX, targetY) = (x, y);
        for (var i = 0; i < 8; i++)
        {
            var (sourceX, sourceY) = Source(targetX, targetY);
            targetX += x - sourceX;
            targetY += y - sourceY;
        }

        return (targetX, targetY);
    }

    /// <summary>Resamples a picture, bilinear, beyond the border its nearest pixel.</summary>
    /// <param name="rgba">Side × side × 4 bytes.</param>
    /// <param name="side">Pixels a side.</param>
    /// <returns>Side × side × 3 bytes.</returns>
    public byte[] Apply(ReadOnlySpan<byte> rgba, int side)
    {
        var warped = new byte[side * side * 3];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (sourceX, sourceY) = Source(x + 0.5f, y + 0.5f);
                Bilinear.Sample(rgba, side, sourceX - 0.5f, sourceY - 0.5f, warped.AsSpan(((y * side) + x) * 3, 3));
            }
        }

        return warped;
    }
}
