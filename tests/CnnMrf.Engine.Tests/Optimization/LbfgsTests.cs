using CnnMrf.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Optimization;

public sealed class LbfgsTests
{
    [Theory]
    [InlineData(1, 400)]
    [InlineData(5, 120)]
    [InlineData(25, 60)]
    public void A_quadratic_is_minimised(int history, int iterations)
    {
        using var scope = NewDisposeScope();
        var curvature = linspace(1, 10, 20, ScalarType.Float64);
        var goal = linspace(-1, 2, 20, ScalarType.Float64);
        Evaluation Quadratic(Tensor x) => new(
            (0.5 * curvature * (x - goal).square()).sum().item<double>(), curvature * (x - goal));
        var start = zeros(20, ScalarType.Float64);
        using var optimizer = new Lbfgs(start, Quadratic(start), new(history));
        var first = optimizer.Value;
        for (var i = 0; i < iterations; i++)
        {
            optimizer.Step(Quadratic);
        }

        Assert.Equal(iterations, optimizer.Iteration);
        Assert.True(optimizer.Value < 1e-8 * first, $"{optimizer.Value:E2} of {first:E2}");
        Assert.True((optimizer.X - goal).abs().max().item<double>() < 1e-3);
    }

    [Fact]
    public void The_first_step_is_no_longer_than_one_in_the_sum_of_its_entries()
    {
        using var scope = NewDisposeScope();
        var start = zeros(4, ScalarType.Float64);
        Evaluation Steep(Tensor x) => new(x.sum().item<double>() * 1000, full_like(x, 1000.0));
        using var optimizer = new Lbfgs(start, Steep(start), new(5));
        optimizer.Step(Steep);
        Assert.Equal([-0.25, -0.25, -0.25, -0.25], optimizer.X.Doubles());
    }

    [Fact]
    public void A_gentle_gradient_is_followed_whole()
    {
        using var scope = NewDisposeScope();
        var start = zeros(2, ScalarType.Float64);
        Evaluation Gentle(Tensor x) => new(x.sum().item<double>() * 0.1, full_like(x, 0.1));
        using var optimizer = new Lbfgs(start, Gentle(start), new(5));
        optimizer.Step(Gentle);
        Assert.Equal([-0.1, -0.1], optimizer.X.Doubles());
    }

    [Fact]
    public void A_first_step_that_is_given_takes_every_value_as_far_against_its_gradient()
    {
        using var scope = NewDisposeScope();
        var slope = tensor(new[] { 1000, -1e-3, 0, 5 }, ScalarType.Float64);
        var start = ones(4, ScalarType.Float64);
        Evaluation Plane(Tensor x) => new((x * slope).sum().item<double>(), slope.clone());
        using var optimizer = new Lbfgs(start, Plane(start), new(5, FirstStep: 0.25));
        optimizer.Step(Plane);
        Assert.Equal([0.75, 1.25, 1, 0.75], optimizer.X.Doubles());
    }

    [Fact]
    public void With_a_first_step_a_few_iterations_reach_what_takes_more_without()
    {
        using var scope = NewDisposeScope();
        var curvature = logspace(-2, 2, 50, dtype: ScalarType.Float64);
        Evaluation Valley(Tensor x) => new((0.5 * curvature * x.square()).sum().item<double>(), curvature * x);
        double After(int iterations, double firstStep)
        {
            var start = ones(50, ScalarType.Float64);
            using var optimizer = new Lbfgs(start, Valley(start), new(5, firstStep));
            for (var i = 0; i < iterations; i++)
            {
                optimizer.Step(Valley);
            }

            return optimizer.Value;
        }

        Assert.True(After(4, 0.5) < After(6, 0));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_evaluation_that_is_not_finite_is_stepped_back_from_and_survived(double broken)
    {
        using var scope = NewDisposeScope();
        var evaluations = 0;
        var curvature = linspace(1, 9, 6, ScalarType.Float64);
        Evaluation Trapped(Tensor x) => ++evaluations is 4 or 5
            ? new(broken, full_like(x, broken))
            : new((curvature * (x - 3).square()).sum().item<double>(), 2 * curvature * (x - 3));
        var start = zeros(6, ScalarType.Float64);
        using var optimizer = new Lbfgs(start, Trapped(start), new(5));
        optimizer.Step(Trapped);
        optimizer.Step(Trapped);
        var before = optimizer.X.Doubles();
        var value = optimizer.Value;
        optimizer.Step(Trapped);
        Assert.Equal(before, optimizer.X.Doubles());
        Assert.Equal(value, optimizer.Value);
        Assert.Equal(3, optimizer.Iteration);
        for (var i = 0; i < 400; i++)
        {
            optimizer.Step(Trapped);
            Assert.True(double.IsFinite(optimizer.Value));
        }

        Assert.True(optimizer.Value < value);
        Assert.True(isfinite(optimizer.X).all().item<bool>());
    }

    [Fact]
    public void Continued_after_an_evaluation_that_was_not_finite_it_keeps_its_caution()
    {
        using var scope = NewDisposeScope();
        var curvature = linspace(1, 9, 6, ScalarType.Float64);
        Evaluation Whole(Tensor x) => new((curvature * (x - 3).square()).sum().item<double>(), 2 * curvature * (x - 3));
        var start = zeros(6, ScalarType.Float64);
        using var optimizer = new Lbfgs(start, Whole(start), new(5));
        optimizer.Step(Whole);
        optimizer.Step(x => new(double.NaN, x));
        using var resumed = new Lbfgs(optimizer.Memory, new(5));
        Assert.Equal((0.1, 0.1), (optimizer.Damping, resumed.Damping));
        optimizer.Step(Whole);
        resumed.Step(Whole);
        Assert.Equal(optimizer.X.Doubles(), resumed.X.Doubles());
        Assert.Equal((1.0, 1.0), (optimizer.Damping, resumed.Damping));
    }

    [Fact]
    public void No_more_pairs_are_kept_than_asked_for()
    {
        using var scope = NewDisposeScope();
        var curvature = linspace(1, 50, 30, ScalarType.Float64);
        Evaluation Quadratic(Tensor x) => new((0.5 * curvature * x.square()).sum().item<double>(), curvature * x);
        var start = ones(30, ScalarType.Float64);
        using var optimizer = new Lbfgs(start, Quadratic(start), new(3));
        for (var i = 1; i <= 6; i++)
        {
            optimizer.Step(Quadratic);
            Assert.Equal(Math.Min(i, 3), optimizer.Memory.S.Count);
            Assert.Equal(Math.Min(i, 3), optimizer.Memory.Y.Count);
        }
    }

    [Fact]
    public void A_pair_without_curvature_is_not_kept()
    {
        using var scope = NewDisposeScope();
        Evaluation Straight(Tensor x) => new(x.sum().item<double>(), ones_like(x));
        var start = zeros(3, ScalarType.Float64);
        using var optimizer = new Lbfgs(start, Straight(start), new(3));
        optimizer.Step(Straight);
        Assert.Empty(optimizer.Memory.S);
    }

    [Fact]
    public void Continued_from_its_memory_it_goes_on_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        Evaluation Banana(Tensor x)
        {
            var (a, b) = (x[0].item<double>(), x[1].item<double>());
            var slope = b - (a * a);
            return new(
                ((1 - a) * (1 - a)) + (5 * slope * slope), tensor([(-2 * (1 - a)) - (20 * a * slope), 10 * slope]));
        }

        var start = tensor([-1.0, 1.5]);
        using var whole = new Lbfgs(start, Banana(start), new(4));
        for (var i = 0; i < 7; i++)
        {
            whole.Step(Banana);
        }

        using var resumed = new Lbfgs(whole.Memory, new(4));
        for (var i = 0; i < 7; i++)
        {
            whole.Step(Banana);
            resumed.Step(Banana);
            Assert.Equal(whole.X.Doubles(), resumed.X.Doubles());
            Assert.Equal(whole.Value, resumed.Value);
            Assert.Equal(whole.Iteration, resumed.Iteration);
        }
    }
}
