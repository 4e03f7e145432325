using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>Label maps among the inputs of a run.</summary>
public static class PreparedLabels
{
    /// <summary>Reads them.</summary>
    /// <param name="inputs">All inputs: what the maps lie over.</param>
    /// <param name="maps">The maps' pictures, in any order.</param>
    /// <param name="settings">Style pictures that are left out offer no class.</param>
    /// <returns>Null where there are no maps.</returns>
    /// <exception cref="LabelMapException">They cannot be used.</exception>
    public static LabelSet? Read(
        IReadOnlyList<PreparedInput> inputs, IEnumerable<(InputRole Role, int Index, Picture Picture)> maps, SynthesisSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var all = maps.OrderBy(m => m.Index).ToArray();
        if (all.Length == 0)
        {
            return null;
        }

        LabelSource Source((InputRole Role, int Index, Picture Picture) map, InputRole over) =>
            new(map.Picture, inputs.Single(i => i.Role == over && i.Index == map.Index).Size);
        return LabelSet.Read(
            Source(all.Single(m => m.Role == InputRole.ContentMap), InputRole.Content),
            [.. all.Where(m => m.Role == InputRole.StyleMap).Select(m => Source(m, InputRole.Style))],
            settings.StyleWeights);
    }
}
