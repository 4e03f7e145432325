using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Local.Display;

namespace CnnMrf.Local.Tests.Display;

public sealed class RemainingTimeTests
{
    // 96² and 192² with 100 iterations each: a fifth of the work, then four fifths.
    private static readonly PyramidPlan Plan = PyramidPlan.Create(
        SettingsJson.Parse("""{"preset": "paper", "size": 192, "iterations": 100}"""), new(300, 300), [new(300, 300)]);

    [Fact]
    public void At_the_start_it_is_the_estimate() => Assert.Equal(50, new RemainingTime(Plan, 50).Seconds(0, 0, 100, 0), 6);

    [Fact]
    public void A_level_is_timed_as_it_runs()
    {
        // 10 iterations of level 1 took 4 s, 90 are to come: 36 s, and 40 s for level 2 as estimated.
        Assert.Equal(76, new RemainingTime(Plan, 50).Seconds(0, 10, 100, 4), 6);
    }

    [Fact]
    public void Without_an_estimate_finer_levels_are_extrapolated() =>
        Assert.Equal(36 + (100 * 0.4 * 4), new RemainingTime(Plan, 0).Seconds(0, 10, 100, 4), 6);

    [Fact]
    public void At_the_end_nothing_remains() => Assert.Equal(0, new RemainingTime(Plan, 50).Seconds(1, 100, 100, 30), 6);
}
