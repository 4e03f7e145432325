using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Features;
using FsCheck.Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Engine.Tests.Features;

public sealed class WinogradConvolutionTests
{
    [Property(MaxTest = 30)]
    public void It_is_the_convolution_of_float64_for_all_sides(byte heightSeed, byte widthSeed, bool wide, byte threads)
    {
        if (!MatrixKernel.IsSupported) return;
        var (height, width) = ((heightSeed % 40) + 1, (widthSeed % 50) + 1);
        using var scope = NewDisposeScope();
        var x = ChannelsLast(randn(1, wide ? 48 : 16, height, width));
        var weight = randn(wide ? 32 : 64, x.shape[1], 3, 3);
        var bias = randn(weight.shape[0]);
        using var team = new WorkerTeam((threads % 3) + 1);
        using var convolution = WinogradConvolution.Of(weight)!;
        var y = convolution.Run(x, Framed(height), Framed(width), bias, team);
        var truth = conv2d(x.to(float64), weight.to(float64), bias.to(float64), padding: [1, 1]);
        Assert.Equal(truth.shape, y.shape);
        Assert.True(y.permute(0, 2, 3, 1).is_contiguous());
        Assert.True(y.to(float64).RelativeMaximum(truth) < 2e-5);
    }

    [Fact]
    public void Its_transpose_carries_slopes_back_as_autograd_does()
    {
        if (!MatrixKernel.IsSupported) return;
        using var scope = NewDisposeScope();
        var weight = randn(48, 32, 3, 3);
        var x = randn([1, 32, 21, 34], float64).requires_grad_();
        var slope = randn(1, 48, 21, 34);
        var truth = autograd.grad([conv2d(x, weight.to(float64), padding: [1, 1])], [x], [slope.to(float64)])[0];
        using var team = new WorkerTeam(2);
        using var transpose = WinogradConvolution.TransposeOf(weight)!;
        var gradient = transpose.Run(ChannelsLast(slope), Framed(21), Framed(34), null, team);
        Assert.True(gradient.to(float64).RelativeMaximum(truth) < 2e-5);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        if (!MatrixKernel.IsSupported) return;
        using var scope = NewDisposeScope();
        var (x, weight) = (ChannelsLast(randn(1, 64, 61, 83)), randn(32, 64, 3, 3));
        using var convolution = WinogradConvolution.Of(weight)!;
        double[][] results = [.. new[] { 1, 2, 3, 5 }.Select(threads =>
        {
            using var team = new WorkerTeam(threads);
            return convolution.Run(x, Framed(61), Framed(83), null, team).Doubles();
        })];
        Assert.All(results, r => Assert.Equal(results[0], r));
    }

    [Fact]
    public void What_it_cannot_do_is_left_to_others()
    {
        using var scope = NewDisposeScope();
        Assert.Null(WinogradConvolution.Of(randn(64, 3, 3, 3)));
        Assert.Null(WinogradConvolution.Of(randn(10, 16, 3, 3)));
        Assert.Null(WinogradConvolution.Of(randn([32, 16, 3, 3], float64)));
        Assert.Null(WinogradConvolution.TransposeOf(randn(64, 3, 3, 3)));
        Assert.False(WinogradConvolution.Pays(12, 12));
        Assert.True(WinogradConvolution.Pays(96, 75));
    }

    private static int[] Framed(int length) => [-1, .. Enumerable.Range(0, length), -1];

    private static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
