using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Native;

public sealed class ConcurrencyTests
{
    // oneDNN's cache of kernels, missed twice at once, gives one thread a kernel without scratch memory: the process would end here.
    [Fact]
    public void Two_threads_may_convolve_a_new_shape_at_the_same_moment()
    {
        LayerName layer = new(2, 2);
        using var weights = NetworkWeights.Random(1, layer, [32, 64]);
        using var network = new FeatureNetwork(weights, layer, PoolingChoice.Average, PaddingChoice.Zero, ScalarType.Float32, CPU);
        var spaces = SpacePair.Of(network);
        var random = new Random(1);
        var shapes = Enumerable.Range(0, 60).Select(_ => (H: random.Next(4, 70), W: random.Next(4, 70))).ToArray();
        using var together = new Barrier(2);
        var sums = new double[2][];
        var threads = Enumerable.Range(0, 2).Select(i => new Thread(() => sums[i] = [.. shapes.Select(s => Convolve(s.H, s.W))])).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(sums[0], sums[1]);

        double Convolve(int h, int w)
        {
            set_num_threads(2);
            using var scope = NewDisposeScope();
            var x = ones([1, 3, h, w]).requires_grad_();
            together.SignalAndWait();
            var features = spaces.Forward(x, [], [layer])[spaces.Pull.Parts[0].Network, layer];
            using var quiet = no_grad();
            var slope = ones_like(features);
            together.SignalAndWait();
            return spaces.Gradient(x, [(features, slope)]).sum().Number();
        }
    }
}
