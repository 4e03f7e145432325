using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>
/// Memory of float32 feature maps, kept from one evaluation to the next: a network needs two or three maps at a time, and to have every
/// one mapped and cleared anew costs more than many a pass over it.
/// </summary>
internal sealed class MapPool : IDisposable
{
    private readonly Lock _gate = new();
    // By reference: tensors are equal to others by their values, all of which would be compared.
    private readonly HashSet<Tensor> _free = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, Tensor> _lent = new(ReferenceEqualityComparer.Instance);

    /// <summary>A map whose values are still undefined.</summary>
    /// <param name="pool">Where it comes from, and goes with <see cref="Return"/>; null: memory of its own.</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <returns>[1, C, H, W], channels-last.</returns>
    public static Tensor Rent(MapPool? pool, long channels, long height, long width)
    {
        using var scope = NewDisposeScope();
        if (pool is null)
        {
            return empty([1, height, width, channels], ScalarType.Float32).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
        }

        lock (pool._gate)
        {
            var storage = pool.Take(channels * height * width);
            var map = storage.narrow(0, 0, channels * height * width).view(1, height, width, channels).permute(0, 3, 1, 2);
            pool._lent.Add(map, storage);
            return map.MoveToOuterDisposeScope();
        }
    }

    /// <summary>Lets go of a map, from here or not.</summary>
    public void Return(Tensor map)
    {
        lock (_gate)
        {
            if (_lent.Remove(map, out var storage))
            {
                _free.Add(storage);
            }
        }

        map.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var storage in _free.Concat(_lent.Values))
        {
            storage.Dispose();
        }
    }

    private Tensor Take(long count)
    {
        // Maps of an evaluation that was left half-way were disposed of by its scope.
        foreach (var (map, abandoned) in _lent.Where(l => l.Key.IsInvalid).ToArray())
        {
            _lent.Remove(map);
            _free.Add(abandoned);
        }

        if (_free.Where(f => f.numel() >= count).MinBy(f => f.numel()) is { } fitting)
        {
            _free.Remove(fitting);
            return fitting;
        }

        // Maps have grown: the new one takes the place of one that is too small.
        if (_free.MaxBy(f => f.numel()) is { } small)
        {
            _free.Remove(small);
            small.Dispose();
        }

        return empty([count], ScalarType.Float32).DetachFromDisposeScope();
    }
}
