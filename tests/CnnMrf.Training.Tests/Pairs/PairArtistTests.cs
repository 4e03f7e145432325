using CnnMrf.Training.Drawing;
using CnnMrf.Training.Pairs;

namespace CnnMrf.Training.Tests.Pairs;

public sealed class PairArtistTests
{
    [Fact]
    public void A_pair_is_a_function_of_seed_number_and_side()
    {
        var one = Scribbles.Artist(3).Draw(17, 64);
        var again = Scribbles.Artist(3).Draw(17, 64);
        var other = Scribbles.Artist(4).Draw(17, 64);
        Assert.Equal(one.A, again.A);
        Assert.Equal(one.B, again.B);
        Assert.Equal(one.Points, again.Points);
        Assert.NotEqual(one.A, other.A);
    }

    [Fact]
    public void Places_of_one_scene_show_the_same_thing_in_both_pictures()
    {
        var artist = new PairArtist(1, new([new(new Scribbles(), 1, 0)]), (_, _) => (new PlainLook(), new PlainLook()));
        var (same, beside, all) = (0, 0, 0);
        foreach (var pair in Enumerable.Range(0, 12).Select(n => artist.Draw(n, 96)))
        {
            Assert.True(pair.SameScene);
            Assert.True(pair.Points.Length > 200, $"{pair.Points.Length} places");
            all += pair.Points.Length;
            same += pair.Points.Count(p => Difference(Colour(pair.A, p.AX, p.AY), Colour(pair.B, p.BX, p.BY)) < 40);
            beside += pair.Points.Count(p => p.BX < 92 && Difference(Colour(pair.A, p.AX, p.AY), Colour(pair.B, p.BX + 4, p.BY)) < 40);
        }

        // What is missing lies on edges, which fall between pixels.
        Assert.InRange((double)same / all, 0.88, 1);
        Assert.True(beside < 0.9 * same);
    }

    [Fact]
    public void Individuals_are_paired_by_landmarks_that_show_the_part_they_name()
    {
        var artist = Scribbles.Artist(sameScene: 0);
        foreach (var pair in Enumerable.Range(0, 30).Select(n => artist.Draw(n, 96)))
        {
            Assert.False(pair.SameScene);
            Assert.InRange(pair.Points.Length, 0, 3);
            Assert.All(pair.Points, p => Assert.All(new[] { p.AX, p.AY, p.BX, p.BY }, v => Assert.InRange(v, 3, 93)));
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(100)]
    public void Sides_that_are_no_multiples_of_8_are_refused(int side) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Scribbles.Artist().Draw(0, side));

    [Fact]
    public void A_warps_target_is_the_inverse_of_its_source()
    {
        var warp = new Warp(100, 3, new(9));
        foreach (var (x, y) in new[] { (10f, 20f), (50f, 50f), (93f, 4f) })
        {
            var (targetX, targetY) = warp.Target(x, y);
            var (sourceX, sourceY) = warp.Source(targetX, targetY);
            Assert.Equal(x, sourceX, 0.05);
            Assert.Equal(y, sourceY, 0.05);
            Assert.NotEqual((x, y), (targetX, targetY));
        }
    }

    [Fact]
    public void A_stream_gives_the_same_pair_whether_it_was_kept_or_drawn_again()
    {
        using var stream = new PairStream(Scribbles.Artist(), 64, first: 0, keep: 4, ahead: 2);
        var kept = stream.Get(3);
        Assert.Same(kept, stream.Get(3));
        stream.Get(50);
        var again = stream.Get(3);
        Assert.NotSame(kept, again);
        Assert.Equal(kept.B, again.B);
    }

    private static ReadOnlySpan<byte> Colour(byte[] rgb, float x, float y) => rgb.AsSpan(((int)y * 96 * 3) + ((int)x * 3), 3);

    private static int Difference(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        Math.Abs(one[0] - other[0]) + Math.Abs(one[1] - other[1]) + Math.Abs(one[2] - other[2]);
}
