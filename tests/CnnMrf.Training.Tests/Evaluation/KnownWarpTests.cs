using CnnMrf.Core.Pictures;
using CnnMrf.Training.Evaluation.Correspondence;

namespace CnnMrf.Training.Tests.Evaluation;

public sealed class KnownWarpTests
{
    private static readonly PixelSize Size = new(72, 96);

    [Fact]
    public void A_warp_and_its_inverse_cancel()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var warp = KnownWarp.Random(Size, new(seed));
            for (var y = -10; y <= 110; y += 8)
            {
                for (var x = -10; x <= 90; x += 8)
                {
                    var (targetX, targetY) = warp.Target(x, y);
                    var (sourceX, sourceY) = warp.Source(targetX, targetY);
                    Assert.InRange(Math.Abs(sourceX - x) + Math.Abs(sourceY - y), 0, 1e-8);
                }
            }
        }
    }

    [Fact]
    public void A_pixel_of_the_warped_picture_shows_the_place_that_it_comes_from()
    {
        // A picture whose values are its coordinates.
        var picture = new Picture(Size.Width, Size.Height);
        for (var y = 0; y < Size.Height; y++)
        {
            for (var x = 0; x < Size.Width; x++)
            {
                (picture[x, y, 0], picture[x, y, 1]) = (x + 0.5f, y + 0.5f);
            }
        }

        var warp = KnownWarp.Random(Size, new(3));
        var warped = warp.Apply(picture);
        var seen = 0;
        for (var y = 5; y < Size.Height; y += 9)
        {
            for (var x = 4; x < Size.Width; x += 7)
            {
                var (targetX, targetY) = warp.Target(warped[x, y, 0], warped[x, y, 1]);
                var clamped = warped[x, y, 0] is <= 0.51f or >= 71.49f || warped[x, y, 1] is <= 0.51f or >= 95.49f;
                if (!clamped)
                {
                    seen++;
                    Assert.InRange(Math.Max(Math.Abs(targetX - x - 0.5), Math.Abs(targetY - y - 0.5)), 0, 1e-3);
                }
            }
        }

        Assert.True(seen > 30);
    }

    [Fact]
    public void A_seed_gives_the_same_warp_at_every_size()
    {
        var (small, large) = (KnownWarp.Random(Size, new(8)), KnownWarp.Random(new(144, 192), new(8)));
        var (x, y) = small.Target(30, 40);
        var (doubleX, doubleY) = large.Target(60, 80);
        Assert.InRange(Math.Abs(doubleX - (2 * x)) + Math.Abs(doubleY - (2 * y)), 0, 1e-9);
    }

    [Fact]
    public void A_picture_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => KnownWarp.Random(Size, new(1)).Apply(new(96, 72)));
}
