using CnnMrf.Engine.Optimization;
using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Engine.Tests.Optimization;

public sealed class ConvergenceTests
{
    [Theory]
    [InlineData(0.1, false, 100, 50, 40, 38, 37, 36)]
    [InlineData(0.3, true, 100, 50, 40, 38, 37, 36)]
    [InlineData(0.1, false, 100, 99, 98, 97)]
    [InlineData(0.05, true, 100, 99, 98, 97, 96)]
    [InlineData(0.03, false, 100, 99, 98, 97, 96)]
    [InlineData(1, true, 4, 3, 2, 1, 0)]
    [InlineData(0.01, true, 0, 0, 0, 0, 0)]
    [InlineData(0, false, 1, 1, 1, 1, 1, 1, 1)]
    public void It_is_reached_when_four_iterations_gained_less_than_the_share(double tolerance, bool reached, params int[] objectives) =>
        Assert.Equal(reached, Convergence.Reached(Samples([.. objectives.Select(o => (double)o)]), tolerance));

    [Fact]
    public void A_rise_when_matches_change_is_no_gain_and_no_loss()
    {
        Assert.True(Convergence.Reached(Samples([100, 50, 90, 80, 70, 60]), 0.01));
        Assert.False(Convergence.Reached(Samples([100, 50, 90, 80, 70, 40]), 0.01));
    }

    private static ObjectiveSample[] Samples(double[] objectives) => [.. objectives.Select((o, i) => new ObjectiveSample(i, i, o))];
}
