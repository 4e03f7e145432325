using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CnnMrf.Core.Pictures;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Running;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Api.Tests.Fakes;

/// <summary>Brings syntheses to where a test wants them, as workflow and worker would.</summary>
internal static class Scene
{
    public static async Task<SynthesisId> StartAsync(this ApiHost host, string name = "cat", int seed = 1)
    {
        using var response = await host.Client.PostAsync("/api/syntheses", TestForms.Whole(name, seed));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var json = await response.Content.ReadFromJsonAsync<JsonObject>();
        return SynthesisId.Parse(json!["id"]!.ToString());
    }

    public static async Task<SynthesisId> StartRunningAsync(this ApiHost host, string name = "cat", int seed = 1)
    {
        var id = await host.StartAsync(name, seed);
        await host.ChangeAsync(id, s => s with
        {
            Status = SynthesisState.Running,
            StartedAt = DateTimeOffset.UtcNow,
            Size = new PixelSize(128, 96),
            Level = 1,
            Levels = [new(64, 48, 4, 0.2), new(128, 96, 4, 0.8)],
        });
        await host.ProgressAsync(id, 1, 2);
        await host.WriteAsync(BlobLayout.Run(new(id, 1)).Level(1).Preview, [0xFF, 0xD8, 1, 2, 3, 4, 5, 6], "image/jpeg");
        return id;
    }

    public static async Task<SynthesisId> StartCompletedAsync(this ApiHost host, string name = "cat", int seed = 1)
    {
        var id = await host.StartRunningAsync(name, seed);
        var run = BlobLayout.Run(new(id, 1));
        await host.WriteAsync(run.Result, TestForms.Picture(), "image/png");
        await host.WriteAsync(run.Sheet, TestForms.Picture(2), "image/png");
        await host.WriteAsync(run.Report, """{"version":1,"seconds":3.5}"""u8.ToArray(), "application/json");
        await host.WriteAsync(run.FitMap, [0xFF, 0xD8, 7, 7], "image/jpeg");
        await host.ChangeAsync(id, s => s with
        {
            Status = SynthesisState.Completed,
            EndedAt = DateTimeOffset.UtcNow,
            Level = 2,
            Percent = 100,
            Fit = new() { Fit = 0.8, MeanNcc = 0.7, Coverage = 0.9, Copy = 0.1, Advice = "Go on." },
            Warnings = ["One thing."],
        });
        return id;
    }

    public static async Task<SynthesisId> StartFailedAsync(this ApiHost host, string name = "cat", int seed = 1)
    {
        var id = await host.StartRunningAsync(name, seed);
        await host.ChangeAsync(id, s => s with
        {
            Status = SynthesisState.Failed,
            EndedAt = DateTimeOffset.UtcNow,
            Problem = new("poison", "A level failed again and again.", "level-1"),
        });
        return id;
    }

    public static async Task ChangeAsync(this ApiHost host, SynthesisId id, Func<SynthesisStatus, SynthesisStatus> change)
    {
        var run = new RunKey(id, 1);
        var now = await host.Get<StatusWriter>().UpdateAsync(run, change, default);
        if (now.Status.IsFinal())
        {
            host.Workflows.End(run.InstanceId);
        }
    }

    public static Task ProgressAsync(this ApiHost host, SynthesisId id, int level, int iteration)
    {
        var energies = new Energies(new Dictionary<string, double> { ["relu3_1"] = 10, ["relu4_1"] = 5 }, 2, 3, 15.003);
        return host.Store.WriteDocumentAsync(BlobLayout.Level(new(id, 1, level)).Progress, new LevelProgress
        {
            Id = id,
            Run = 1,
            Level = level,
            Attempt = 1,
            Worker = "here",
            Phase = LevelPhase.Optimizing,
            Iteration = iteration,
            Furthest = iteration,
            Iterations = 4,
            Seconds = iteration,
            StartedAt = DateTimeOffset.UtcNow,
            Heartbeat = DateTimeOffset.UtcNow,
            Energy = energies,
            Objective = 15,
            Trace = [new(0, 0, 30, energies), new(iteration, iteration, 15)],
        }, BlobCondition.None, default);
    }

    public static Task WriteAsync(this ApiHost host, BlobAddress blob, byte[] bytes, string contentType) =>
        host.Store.WriteAsync(blob, bytes, new BlobWrite { ContentType = contentType }, default);

    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();

    public static async Task<string> DetailAsync(this HttpResponseMessage response) => (await response.JsonAsync())["detail"]!.ToString();

    public static async Task<string?> FieldAsync(this HttpResponseMessage response) => (await response.JsonAsync())["field"]?.ToString();
}
