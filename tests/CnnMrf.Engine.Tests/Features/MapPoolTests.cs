using CnnMrf.Engine.Features;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Features;

public sealed class MapPoolTests
{
    [Fact]
    public void A_returned_map_s_memory_is_lent_again_and_a_lent_one_s_is_not()
    {
        using var pool = new MapPool();
        using var scope = NewDisposeScope();
        var a = MapPool.Rent(pool, 16, 8, 8);
        var b = MapPool.Rent(pool, 16, 8, 8);
        a.fill_(1);
        b.fill_(2);
        Assert.Equal(16 * 64, a.sum().item<float>());
        pool.Return(a);
        Assert.True(a.IsInvalid);
        var c = MapPool.Rent(pool, 16, 4, 8);
        Assert.Equal(1, c.min().item<float>());
        c.fill_(3);
        Assert.Equal(2, b.max().item<float>());
        Assert.Equal([1, 16, 4, 8], c.shape);
        Assert.True(c.permute(0, 2, 3, 1).is_contiguous());
    }

    [Fact]
    public void Memory_of_maps_that_a_scope_disposed_of_is_found_again()
    {
        using var pool = new MapPool();
        using (NewDisposeScope())
        {
            MapPool.Rent(pool, 32, 4, 4).fill_(5);
        }

        using var again = MapPool.Rent(pool, 32, 4, 4);
        Assert.Equal(5, again.min().item<float>());
    }

    [Fact]
    public void Without_a_pool_a_map_has_memory_of_its_own()
    {
        using var map = MapPool.Rent(null, 16, 3, 5);
        Assert.Equal([1, 16, 3, 5], map.shape);
    }
}
