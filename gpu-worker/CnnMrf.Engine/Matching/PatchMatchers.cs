using CnnMrf.Core.Settings;
using TorchSharp;

namespace CnnMrf.Engine.Matching;

/// <summary>Chooses a matcher for a kind of features.</summary>
public static class PatchMatchers
{
    /// <summary>The fastest matcher for features of this type on this device.</summary>
    /// <param name="type">float32 or float64.</param>
    /// <param name="device">Where the features are.</param>
    /// <param name="threads">Threads to work with on a CPU, 1 or more.</param>
    public static IPatchMatcher For(torch.ScalarType type, torch.Device device, int threads)
    {
        ArgumentNullException.ThrowIfNull(device);
        return type == torch.ScalarType.Float32 && device.type == DeviceType.CPU ? new FusedMatcher(threads) : new PlainMatcher();
    }

    /// <summary>The fastest one for a level, which matches with the same style patches again and again: the fields are the same.</summary>
    /// <inheritdoc cref="For" path="/param"/>
    public static IPatchMatcher ForLevel(torch.ScalarType type, torch.Device device, int threads)
    {
        ArgumentNullException.ThrowIfNull(device);
        return type == torch.ScalarType.Float32 && device.type == DeviceType.CPU ? new PrunedMatcher(threads) : new PlainMatcher();
    }

    /// <summary>A matcher that looks at what the setting says.</summary>
    /// <param name="search">Which style patches are looked at.</param>
    /// <param name="whole">Looks at all of them; taken over.</param>
    /// <param name="threads">Threads to work with on a CPU, 1 or more.</param>
    public static IPatchMatcher Searching(SearchChoice search, IPatchMatcher whole, int threads) =>
        search == SearchChoice.Near ? new NearMatcher(whole, threads) : whole;

    /// <summary>The field as the options' coherence wants it.</summary>
    internal static PatchField Held(
        PatchField field, in MatchQuery query, Patches.StylePool pool, MatchOptions options, CancellationToken ct) =>
        options.Coherence > 0 ? Coherence.Improve(field, query, pool, options, ct) : field;

    /// <summary>For each class the lowest style patch that is offered for it: what is matched where nothing else may win.</summary>
    /// <exception cref="ArgumentException">Nothing is offered for a class that a query has.</exception>
    internal static int[] Lowest(Patches.StylePool pool, IReadOnlyList<byte>? classes)
    {
        if (classes is null) return [0];
        var lowest = new int[classes.Max() + 1];
        foreach (var label in classes.Distinct())
        {
            lowest[label] = pool.Where(map => map.Preference > 0)
                .SelectMany(map => Enumerable.Range(0, map.Grid.Count).Where(j => map.Offers(j, label)).Select(j => map.FirstIndex + j))
                .DefaultIfEmpty(-1).First();
            if (lowest[label] < 0) throw new ArgumentException($"No style patch is offered for the class {label}.", nameof(classes));
        }

        return lowest;
    }

    /// <summary>Refuses inputs that do not fit together, before any of them is read.</summary>
    internal static void Check(Patches.FeatureMap query, Patches.PatchGrid grid, Patches.StylePool pool, MatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.PositionWeight >= 0 && double.IsFinite(options.PositionWeight)))
            throw new ArgumentException($"A position weight is finite and 0 or more, not {options.PositionWeight}.", nameof(options));
        if (!(options.Coherence >= 0 && double.IsFinite(options.Coherence)))
            throw new ArgumentException($"A coherence is finite and 0 or more, not {options.Coherence}.", nameof(options));
        if (options.Classes is { } classes && classes.Count != grid.Count)
            throw new ArgumentException($"There are classes of {classes.Count} patches for a grid of {grid.Count}.", nameof(options));
        if (query.Height != grid.MapHeight || query.Width != grid.MapWidth)
        {
            throw new ArgumentException(
                $"A grid for {grid.MapWidth}×{grid.MapHeight} cells does not fit a query of {query.Width}×{query.Height}.", nameof(grid));
        }

        var style = pool[0];
        if (grid.Size != style.Grid.Size)
        {
            throw new ArgumentException(
                $"Query patches of {grid.Size} cells cannot match style patches of {style.Grid.Size}.", nameof(grid));
        }

        if (query.Channels != style.Features.Channels || query.Values.dtype != style.Features.Values.dtype)
        {
            throw new ArgumentException(
                $"Query and style must share channels and type: {query.Channels} channels of {query.Values.dtype} cannot match " +
                $"{style.Features.Channels} of {style.Features.Values.dtype}.", nameof(query));
        }

        if (options.Guide?.Content is { } content && (!content.Values.shape.AsSpan().SequenceEqual(query.Values.shape)
            || content.Values.dtype != query.Values.dtype))
        {
            throw new ArgumentException(
                $"A guide is as large as the query, of its channels and type: {content.Width}×{content.Height} cells of " +
                $"{content.Channels} cannot guide {query.Width}×{query.Height} of {query.Channels}.", nameof(options));
        }
    }
}
