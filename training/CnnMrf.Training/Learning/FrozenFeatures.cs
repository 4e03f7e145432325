using CnnMrf.Training.Networks;
using static TorchSharp.torch;

namespace CnnMrf.Training.Learning;

/// <summary>
/// What the frozen layers make of pairs, kept while the pairs are: they are computed once for each pair, alone, so that what a step sees
/// does not depend on which steps were done before it.
/// </summary>
/// <param name="network">Has frozen layers.</param>
/// <param name="keep">Pairs older than this many before the newest asked for are forgotten.</param>
internal sealed class FrozenFeatures(TrainedNetwork network, int keep) : IDisposable
{
    private readonly Dictionary<long, Tensor> _kept = [];
    private long _newest = -1;

    /// <summary>Of some pairs.</summary>
    /// <param name="pairs">Their numbers, and their pictures [2, 3, H, W], asked for where they are needed.</param>
    /// <returns>[2N, C, H/scale, W/scale], first pictures, then second ones, channels-last.</returns>
    public Tensor Of(IReadOnlyList<(long Number, Func<Tensor> Pictures)> pairs)
    {
        using var quiet = no_grad();
        var maps = pairs.Select(p => Of(p.Number, p.Pictures)).ToArray();
        Forget();
        return stack(maps, 1).flatten(0, 1).permute(0, 3, 1, 2);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var map in _kept.Values)
        {
            map.Dispose();
        }

        _kept.Clear();
    }

    // [2, H/scale, W/scale, C]
    private Tensor Of(long number, Func<Tensor> pictures)
    {
        _newest = Math.Max(_newest, number);
        if (!_kept.TryGetValue(number, out var map))
        {
            map = network.Frozen(pictures()).permute(0, 2, 3, 1).contiguous().DetachFromDisposeScope();
            _kept.Add(number, map);
        }

        return map;
    }

    private void Forget()
    {
        foreach (var old in _kept.Keys.Where(n => n < _newest - keep).ToArray())
        {
            _kept.Remove(old, out var map);
            map!.Dispose();
        }
    }
}
