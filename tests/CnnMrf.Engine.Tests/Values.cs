using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests;

/// <summary>Tensors as numbers.</summary>
internal static class Values
{
    public static double[] Doubles(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    /// <summary>‖a − b‖ over ‖b‖.</summary>
    public static double RelativeNorm(this Tensor actual, Tensor expected)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (actual.to(ScalarType.Float64), expected.to(ScalarType.Float64));
        Assert.Equal(b.shape, a.shape);
        return ((a - b).norm() / b.norm()).ToDouble();
    }

    /// <summary>The largest difference over the largest entry of b.</summary>
    public static double RelativeMaximum(this Tensor actual, Tensor expected)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (actual.to(ScalarType.Float64), expected.to(ScalarType.Float64));
        Assert.Equal(b.shape, a.shape);
        return ((a - b).abs().max() / b.abs().max()).ToDouble();
    }

    public static void AssertRelative(double expected, double actual, double tolerance, string what = "")
    {
        var error = Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), 1e-300);
        Assert.True(error <= tolerance, $"{what}: {actual:R} is not {expected:R}, off by {error:E1}");
    }
}
