using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Features;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Features;

public sealed class PoolingTests
{
    public static TheoryData<bool, ScalarType, int, int, int> Maps { get; } = new(
        from max in new[] { true, false }
        from type in new[] { ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float64 }
        from map in new[] { (6, 8, 8), (16, 2, 2), (32, 21, 34), (64, 33, 17) }
        select (max, type, map.Item1, map.Item2, map.Item3));

    [Theory]
    [MemberData(nameof(Maps))]
    public void Values_and_slopes_are_libtorch_s(bool max, ScalarType type, int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var team = new WorkerTeam(2);
        using var maps = new MapPool();

        // With many equal values, as a rectifier leaves them.
        var map = ChannelsLast(randn(1, channels, height, width).mul(4).round().relu().to(type));
        var input = map.detach().clone().requires_grad_();
        var expected = Pooling.Of(input, max);
        var slope = ChannelsLast(randn_like(expected));
        var slopes = autograd.grad([expected], [input], [slope])[0];
        Tensor pooled;
        Pooling pooling;
        using (no_grad()) pooling = Pooling.Apply(map, max, team, maps, out pooled);
        using (pooling)
        {
            Assert.True(pooled.eq(expected).all().item<bool>());
            Assert.True(pooling.Pull(slope, team, maps).eq(slopes).all().item<bool>());
        }
    }

    private static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
