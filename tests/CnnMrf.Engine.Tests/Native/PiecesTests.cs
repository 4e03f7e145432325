using System.Runtime.InteropServices;
using CnnMrf.Engine.Native;

namespace CnnMrf.Engine.Tests.Native;

public sealed class PiecesTests
{
    [Theory]
    [InlineData(10, 4, 100, new[] { 4, 4, 2 }, 4)]
    [InlineData(10, 10, 3, new[] { 3, 3, 3, 1 }, 3)]
    [InlineData(7, 100, 1, new[] { 1, 1, 1, 1, 1, 1, 1 }, 1)]
    [InlineData(0, 5, 5, new int[0], 5)]
    public void A_piece_that_memory_does_not_suffice_for_is_done_in_halves(int total, int atOnce, int fits, int[] pieces, int last)
    {
        var (done, at) = (new List<int>(), 0);
        Assert.Equal(last, Pieces.Run(total, atOnce, (start, count) =>
        {
            Assert.Equal(at, start);
            if (count > fits)
            {
                throw new Failure("CUDA out of memory. Tried to allocate 2.00 GiB");
            }

            done.Add(count);
            at += count;
        }));
        Assert.Equal(pieces, done);
    }

    [Fact]
    public void Where_it_does_not_suffice_for_one_unit_that_is_said() =>
        Assert.Throws<Failure>(() => Pieces.Run(
            4, 4, (_, _) => throw new Failure("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried …")));

    [Fact]
    public void Other_failures_are_not_tried_again()
    {
        var tries = 0;
        Assert.Throws<Failure>(() => Pieces.Run(4, 4, (_, _) =>
        {
            tries++;
            throw new Failure("mat1 and mat2 shapes cannot be multiplied");
        }));
        Assert.Equal(1, tries);
    }

    /// <summary>As libtorch's are told of.</summary>
    private sealed class Failure(string message) : ExternalException(message);
}
