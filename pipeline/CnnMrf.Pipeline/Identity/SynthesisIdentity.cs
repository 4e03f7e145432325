using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Weights;

namespace CnnMrf.Pipeline.Identity;

/// <summary>What makes two requests the same synthesis.</summary>
public static class SynthesisIdentity
{
    /// <summary>Raised when the same request shall give another result than before: then it is another synthesis.</summary>
    public const int PipelineVersion = 1;

    /// <summary>The id of a request: its name, and a hash of every picture's bytes with its role, of the settings, the weights and the
    /// pipeline's
    /// version. File names do not count.</summary>
    /// <param name="name">What its asker calls it.</param>
    /// <param name="inputs">The pictures, in any order.</param>
    /// <param name="settings">Validated, with the weights' fixed name.</param>
    /// <param name="weights">The weights.</param>
    public static SynthesisId Of(string? name, IEnumerable<InputPart> inputs, SynthesisSettings settings, WeightsReference weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        using var hash = new FieldHash("cnnmrf-synthesis");
        hash.Add(PipelineVersion);
        Add(hash, inputs);
        hash.Add(SettingsJson.ToCanonicalUtf8(settings));
        hash.Add(weights.Name);
        hash.Add(weights.Sha256);
        return SynthesisId.Create(Slug.Of(name), hash.ToHex());
    }

    /// <summary>The id of files that cannot be a synthesis, so that they can be shown as a failed one.</summary>
    /// <param name="name">What its asker calls it.</param>
    /// <param name="signature">What tells these very files from others.</param>
    public static SynthesisId OfRefused(string? name, string signature)
    {
        using var hash = new FieldHash("cnnmrf-refused");
        hash.Add(PipelineVersion);
        hash.Add(signature);
        return SynthesisId.Create(Slug.Of(name), hash.ToHex());
    }

    private static void Add(FieldHash hash, IEnumerable<InputPart> inputs)
    {
        var ordered = inputs.OrderBy(i => i.Role).ThenBy(i => i.Index).ToArray();
        hash.Add(ordered.Length);
        foreach (var input in ordered)
        {
            hash.Add(InputNames.Of(input.Role, input.Index));
            hash.Add(input.Sha256);
        }
    }
}
