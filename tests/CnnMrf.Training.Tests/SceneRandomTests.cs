using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Tests;

public sealed class SceneRandomTests
{
    [Fact]
    public void A_seed_gives_the_same_numbers_for_ever() =>
        Assert.Equal([16294208416658607535UL, 7960286522194355700UL], Two(new(0)));

    [Fact]
    public void Purposes_have_streams_of_their_own() =>
        Assert.NotEqual(SceneRandom.For(1, 1).NextBits(), SceneRandom.For(1, 2).NextBits());

    [Fact]
    public void Uniform_and_normal_numbers_have_their_moments()
    {
        var random = new SceneRandom(5);
        var uniform = Enumerable.Range(0, 20_000).Select(_ => random.Between(2, 4)).ToArray();
        var normal = Enumerable.Range(0, 20_000).Select(_ => random.Normal(1, 3)).ToArray();
        Assert.InRange(uniform.Average(), 2.98, 3.02);
        Assert.InRange(uniform.Min(), 2, 2.01);
        Assert.InRange(uniform.Max(), 3.99, 4);
        Assert.InRange(normal.Average(), 0.93, 1.07);
        Assert.InRange(normal.Select(n => (n - 1) * (n - 1)).Average(), 8.6, 9.4);
    }

    [Fact]
    public void Whole_numbers_below_a_bound_reach_all_of_them() =>
        Assert.Equal(7, Enumerable.Range(0, 200).Select(_ => new SceneRandom((ulong)_).Below(7)).Distinct().Count());

    private static ulong[] Two(SceneRandom random) => [random.NextBits(), random.NextBits()];
}
