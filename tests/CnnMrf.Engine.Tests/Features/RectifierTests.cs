using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Features;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Engine.Tests.Features;

public sealed class RectifierTests
{
    public static TheoryData<ScalarType, int, int, int> Maps { get; } = new(
        from type in new[] { ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float64 }
        from map in new[] { (1, 1, 1), (3, 5, 7), (16, 4, 4), (64, 75, 96) }
        select (type, map.Item1, map.Item2, map.Item3));

    [Theory]
    [MemberData(nameof(Maps))]
    public void Values_and_slopes_pass_where_libtorch_lets_them_pass(ScalarType type, int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var team = new WorkerTeam(2);
        var map = ChannelsLast(randn(1, channels, height, width).to(type));
        map.narrow(3, 0, 1).zero_();
        var slope = ChannelsLast(randn_like(map));
        var (values, slopes) = (relu(map), slope * (map > 0));
        using var rectifier = Rectifier.Apply(map, team);
        Assert.True(map.eq(values).all().item<bool>());
        rectifier.Pull(slope, team);
        Assert.True(slope.eq(slopes).all().item<bool>());
    }

    [Fact]
    public void What_is_not_a_number_is_not_hidden()
    {
        using var scope = NewDisposeScope();
        using var team = new WorkerTeam(1);
        var map = ChannelsLast(full([1, 16, 2, 3], float.NaN));
        using var rectifier = Rectifier.Apply(map, team);
        Assert.True(map.isnan().all().item<bool>());
    }

    private static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
