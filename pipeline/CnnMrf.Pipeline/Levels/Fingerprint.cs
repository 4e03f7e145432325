using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Pipeline.Levels;

/// <summary>What a level's image is made of, as a hash: an image with another fingerprint is another computation's.</summary>
public static class Fingerprint
{
    /// <summary>Computes it.</summary>
    /// <param name="job">The level; of it count the settings, the level's number and plan, the result's size and the inputs' hashes, not
    /// the synthesis, run or attempt.</param>
    /// <param name="resolved">The settings with everything automatic decided, as the engine did.</param>
    /// <param name="precision">float32 or bfloat16.</param>
    /// <param name="engineVersion">The engine's version.</param>
    /// <param name="weightsSha256">Of the weights' file; null for random ones, which the seed among the settings tells.</param>
    /// <param name="previousImageSha256">Of the file image.safetensors of the level before; null for the coarsest.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(
        LevelJob job,
        SynthesisSettings resolved,
        string precision,
        string engineVersion,
        string? weightsSha256,
        string? previousImageSha256)
    {
        ArgumentNullException.ThrowIfNull(job);
        using var hash = new FieldHash("cnnmrf-level-1");
        hash.Add(SettingsJson.ToCanonicalUtf8(resolved));
        hash.Add(job.Level);
        hash.Add(job.Plan.Size.ToString());
        hash.Add(job.Plan.Canvas.ToString());
        hash.Add(job.Plan.Iterations);
        hash.Add(job.Output.ToString());
        hash.Add(precision);
        hash.Add(engineVersion);
        hash.Add(weightsSha256);
        hash.Add(job.Inputs.Count);
        foreach (var input in job.Inputs.OrderBy(i => i.Role).ThenBy(i => i.Index))
        {
            hash.Add(input.Role.ToString());
            hash.Add(input.Index);
            hash.Add(input.Sha256);
        }

        hash.Add(previousImageSha256);
        return hash.ToHex();
    }
}
