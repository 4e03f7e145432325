using CnnMrf.Engine.Arithmetic;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Arithmetic;

/// <summary>
/// Maps of more than 2 GiB, as pictures of 7000 px have them. They are not filled: what is not written to takes no memory.
/// </summary>
public sealed class LargeMapTests
{
    private const int Cells = (1 << 13) + 8;
    private const int Channels = 1 << 16;

    [Fact]
    public unsafe void Values_beyond_two_gibibytes_are_where_libtorch_sees_them()
    {
        using var scope = NewDisposeScope();
        var whole = empty([1, Cells + 1, Channels]);
        foreach (var map in new[] { whole, whole.narrow(1, 1, Cells) })
        {
            var values = FloatBuffer.PointerTo(map);
            (values[0], values[((long)Cells * Channels) - 1]) = (3, 4);
            Assert.Equal((3f, 4f), (map[0, 0, 0].item<float>(), map[0, Cells - 1, Channels - 1].item<float>()));
        }
    }
}
