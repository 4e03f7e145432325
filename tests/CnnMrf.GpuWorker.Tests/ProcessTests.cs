using System.Diagnostics;
using System.Security.Cryptography;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Storage;
using CnnMrf.Tests.Azurite;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.GpuWorker.Tests;

/// <summary>The program itself, as a process, on a real storage account.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Told_to_stop_it_leaves_a_checkpoint_and_the_next_one_goes_on_to_the_whole_run_s_picture_and_exits_when_idle()
    {
        Assert.SkipUnless(AzuriteServer.IsPossible, "Azurite needs node and npm, which are not installed: https://nodejs.org");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var azurite = await AzuriteServer.StartAsync();
        await using var services = new ServiceCollection().AddLogging()
            .AddAzureStorage(o => o.ConnectionString = azurite.ConnectionString).BuildServiceProvider();
        var store = services.GetRequiredService<IBlobStore>();
        var queues = services.GetRequiredService<IMessageQueues>();
        await store.EnsureContainersAsync(BlobContainers.All, default);
        await queues.EnsureQueuesAsync(default);

        var settings = Presets.Get(Preset.Balanced) with
        {
            Size = OutputSize.OfLongSide(64),
            Levels = 1,
            Iterations = [80],
            FinishFactor = 1,
            Rotations = 0,
            Scales = 0,
            Threads = 1,
            Weights = "own",
        };
        var pair = new SynthesisInput(Waves(64, 1), [Waves(64, 2)]);
        var job = await PlanAsync(store, settings, pair);
        await queues.Get(QueueNames.Levels).SendAsync(new(job.Dispatch.MessageId, PipelineJson.Write(job)), default);
        var level = BlobLayout.Level(job.Key);

        using (var first = Start(azurite))
        {
            while ((await store.ReadDocumentAsync<LevelProgress>(level.Progress, default))?.Value.Iteration is not > 0)
            {
                Assert.False(first.HasExited, "the worker ended");
                await Task.Delay(50);
            }

            using (var kill = Process.Start("kill", ["-TERM", $"{first.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            await first.WaitForExitAsync();
            Assert.Equal(0, first.ExitCode);
        }

        Assert.Null(await store.FindAsync(level.Outcome, default));
        using (var second = Start(azurite))
        {
            await second.WaitForExitAsync();
            Assert.Equal(0, second.ExitCode);
        }

        var outcome = (await store.ReadDocumentAsync<LevelOutcome>(level.Outcome, default))!.Value;
        Assert.Equal((LevelEnd.Completed, 80), (outcome.End, outcome.Record!.Iterations));
        Assert.True(Assert.Single(outcome.ResumedAt) > 0);
        using var whole = new Synthesizer(settings, WeightsChoice.Of(OwnWeights.Load()));
        var result = await store.ReadAsync(BlobLayout.Run(job.Key.RunKey).Result, long.MaxValue, default);
        Assert.Equal(PictureCodec.Encode(whole.Run(pair).Picture, PictureFormat.Png), result!.Bytes.ToArray());
        var notice = await queues.Get(QueueNames.LevelOutcomes).ReceiveAsync(TimeSpan.FromSeconds(5), default);
        Assert.Equal(1, PipelineJson.Read<LevelNotice>(notice!.Body.Span, "notice").Level);
    }

    private static Process Start(AzuriteServer azurite)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            Path.Combine(AppContext.BaseDirectory, "cnnmrf-worker.dll"), "--queue", "storage", "--storage", azurite.ConnectionString,
            "--exit-when-idle", "3s",
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["Worker__LeaseDuration"] = "00:00:15";
        start.Environment["Worker__LeaseRenewEvery"] = "00:00:05";
        start.Environment["Worker__HeartbeatEvery"] = "00:00:00.2";
        start.Environment["Queues__PollInterval"] = "00:00:00.1";
        var process = Process.Start(start)!;

        // A full pipe would hold it up.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<LevelJob> PlanAsync(IBlobStore store, SynthesisSettings settings, SynthesisInput input)
    {
        var run = new RunKey(SynthesisId.Create("process", "0123456789abcdef"), 1);
        var inputs = new List<PreparedInput>();
        (InputRole, string, Picture)[] parts =
            [(InputRole.Content, "content", input.Content!), (InputRole.Style, "style-0", input.Styles[0])];
        foreach (var (role, name, picture) in parts)
        {
            var (bytes, extension, type) = PreparedPicture.Write(picture);
            await store.WriteAsync(BlobLayout.Run(run).Input(name + extension), bytes, new BlobWrite { ContentType = type }, default);
            inputs.Add(new(role, 0, name + extension, picture.Size, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))));
        }

        var plan = new SynthesisPlan
        {
            Id = run.Id,
            Run = run.Run,
            PlannedAt = DateTimeOffset.UtcNow,
            Settings = settings,
            Weights = new("own", OwnWeights.Load().Sha256),
            Inputs = inputs,
            Pyramid = PyramidPlan.Create(settings, input.Content!.Size, [input.Styles[0].Size]),
        };
        await store.WriteDocumentAsync(BlobLayout.Run(run).Plan, plan, BlobCondition.None, default);
        return new()
        {
            Id = run.Id,
            Run = run.Run,
            Level = 1,
            Levels = 1,
            Attempt = 1,
            Settings = plan.Settings,
            Weights = plan.Weights,
            Inputs = inputs,
            Plan = plan.Pyramid.Levels[0],
            Output = plan.Pyramid.Output,
            DispatchedAt = DateTimeOffset.UtcNow,
            Deadline = DateTimeOffset.UtcNow + TimeSpan.FromHours(1),
        };
    }

    // As a decoder gives it: what eight bits hold exactly.
    private static Picture Waves(int side, int seed)
    {
        var picture = new Picture(side, side);
        for (var i = 0; i < picture.Rgb.Length; i++)
        {
            picture.Rgb[i] = (float)(0.5 + (0.4 * Math.Sin(i * 0.011 * seed) * Math.Cos(i * 0.0007 * (seed + 1))));
        }

        return PictureCodec.Decode(PictureCodec.Encode(picture, PictureFormat.Png));
    }
}
