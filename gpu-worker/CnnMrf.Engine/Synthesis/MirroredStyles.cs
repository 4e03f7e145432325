using CnnMrf.Core.Settings;
using CnnMrf.Engine.Places;

namespace CnnMrf.Engine.Synthesis;

/// <summary>Which styles' copies are taken mirrored too.</summary>
internal static class MirroredStyles
{
    /// <summary>Whether that depends on where the parts lie.</summary>
    public static bool AreSought(SynthesisSettings settings, SynthesisInput input) =>
        settings.Mirrored == MirroredCopies.Auto && input is { Content: not null, Labels: null };

    /// <summary>For each style, once parts were looked for.</summary>
    /// <param name="styles">How many there are.</param>
    /// <param name="places">What was found.</param>
    public static IReadOnlyList<bool> Of(int styles, PartPlaces? places) =>
        [.. Enumerable.Range(0, styles).Select(i => places?.AreMirrored(i) ?? false)];

    /// <summary>Those of a prepared input whose copies are taken mirrored too, counted from 1.</summary>
    public static IReadOnlyList<int> Taken(SynthesisSettings settings, SynthesisInput prepared) =>
    [
        .. Enumerable.Range(0, prepared.Styles.Count)
            .Where(i => settings.TakesPart(i) && (prepared.Mirrored?[i] ?? settings.Mirrored == MirroredCopies.On)).Select(i => i + 1),
    ];
}
