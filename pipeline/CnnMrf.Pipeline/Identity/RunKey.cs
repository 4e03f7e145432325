using System.Globalization;

namespace CnnMrf.Pipeline.Identity;

/// <summary>A run of a synthesis.</summary>
/// <param name="Id">The synthesis.</param>
/// <param name="Run">1 is the first; each retry is one more.</param>
public readonly record struct RunKey(SynthesisId Id, int Run)
{
    /// <summary>The workflow's instance id: <c>{id}-r{n}</c>.</summary>
    public string InstanceId => string.Create(CultureInfo.InvariantCulture, $"{Id.Value}-r{Run}");

    /// <summary>A level of the run.</summary>
    public LevelKey Level(int level) => new(Id, Run, level);

    /// <summary>Reads an instance id.</summary>
    public static bool TryParse(string? instanceId, out RunKey key)
    {
        key = default;
        var cut = instanceId?.LastIndexOf("-r", StringComparison.Ordinal) ?? -1;
        if (cut < 0 || !SynthesisId.TryParse(instanceId![..cut], out var id)
            || !int.TryParse(instanceId.AsSpan(cut + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var run) || run < 1)
        {
            return false;
        }

        key = new(id, run);
        // One spelling a key: no leading zeros.
        return key.InstanceId == instanceId;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} run {Run}";
}
