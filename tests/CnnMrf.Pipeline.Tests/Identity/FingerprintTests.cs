using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Json;

namespace CnnMrf.Pipeline.Tests.Identity;

public sealed class FingerprintTests
{
    [Fact]
    public void A_fingerprint_is_of_what_the_image_is_made_of_and_of_nothing_else()
    {
        var job = DocumentTests.Job();
        var same = Of(job);
        Assert.Matches("^[0-9a-f]{64}$", same);
        Assert.Equal(same, Of(job with { Id = CnnMrf.Pipeline.Identity.SynthesisId.Parse("dog-0123456789abcdef"), Run = 9, Attempt = 3 }));
        Assert.Equal(same, Of(job with { Inputs = [.. job.Inputs.Reverse()] }));
        string[] others =
        [
            Of(job with { Level = 2 }),
            Of(job with { Output = new(129, 96) }),
            Of(job with { Plan = job.Plan with { Iterations = 31 } }),
            Of(job with { Inputs = [job.Inputs[0], job.Inputs[1] with { Sha256 = "bc" }] }),
            Of(job with { Inputs = [job.Inputs[0] with { Role = InputRole.ContentMap }, job.Inputs[1]] }),
            Fingerprint.Of(job, job.Settings with { Seed = 1 }, "float32", "1", "w", "p"),
            Fingerprint.Of(job, job.Settings, "float64", "1", "w", "p"),
            Fingerprint.Of(job, job.Settings, "float32", "2", "w", "p"),
            Fingerprint.Of(job, job.Settings, "float32", "1", null, "p"),
            Fingerprint.Of(job, job.Settings, "float32", "1", "w", null),
            Fingerprint.Of(job, job.Settings, "float32", "1", "wp", ""),
        ];
        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.DoesNotContain(same, others);
    }

    private static string Of(LevelJob job) => Fingerprint.Of(job, job.Settings, "float32", "1", "w", "p");
}
