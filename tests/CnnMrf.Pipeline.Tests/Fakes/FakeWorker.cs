using System.Security.Cryptography;
using System.Text;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.Pipeline.Tests.Fakes;

/// <summary>Writes what a worker writes, without computing.</summary>
internal sealed class FakeWorker(MemoryBlobStore store, MemoryQueues queues, TimeProvider time)
{
    public List<LevelJob> Received { get; } = [];

    public LevelJob? Take()
    {
        if (!queues.Levels.Messages.TryDequeue(out var message))
        {
            return null;
        }

        var job = PipelineJson.Read<LevelJob>(message.Body.Span, message.Id);
        Assert.Equal(message.Id, job.Dispatch.MessageId);
        Received.Add(job);
        return job;
    }

    public Task BeatAsync(LevelJob job, int iteration, int? furthest = null) => store.WriteDocumentAsync(
        BlobLayout.Level(job.Key).Progress,
        new LevelProgress
        {
            Id = job.Id,
            Run = job.Run,
            Level = job.Level,
            Attempt = job.Attempt,
            Worker = "w",
            Phase = LevelPhase.Optimizing,
            Iteration = iteration,
            Furthest = furthest ?? iteration,
            Iterations = job.Plan.Iterations,
            Seconds = iteration * 0.5,
            StartedAt = time.GetUtcNow(),
            Heartbeat = time.GetUtcNow(),
            Energy = Energy(1000 - iteration),
        },
        BlobCondition.None,
        CancellationToken.None);

    public async Task CompleteAsync(LevelJob job, bool notify = true)
    {
        var layout = BlobLayout.Level(job.Key);
        await store.WriteAsync(layout.Preview, TestPictures.Jpeg(seed: job.Level), new BlobWrite { ContentType = "image/jpeg" }, default);
        await store.WriteAsync(layout.Checkpoint, Encoding.UTF8.GetBytes("state"), new BlobWrite(), default);
        await store.TryCreateAsync(layout.Image, Encoding.UTF8.GetBytes($"image {job.Level}"), new BlobWrite(), default);
        if (job.IsLast)
        {
            var picture = TestPictures.Png(job.Output.Width, job.Output.Height, 9);
            await store.WriteAsync(BlobLayout.Run(job.Key.RunKey).Result, picture, new BlobWrite { ContentType = "image/png" }, default);
        }

        await EndAsync(job, new LevelOutcome
        {
            Id = job.Id,
            Run = job.Run,
            Level = job.Level,
            Attempt = job.Attempt,
            End = LevelEnd.Completed,
            EndedAt = time.GetUtcNow(),
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData([(byte)job.Level])),
            Settings = job.Settings,
            Worker = "w",
            Record = new(
                job.Plan.Size.Width, job.Plan.Size.Height, job.Plan.Iterations, job.Plan.Iterations + 1, 2.5,
                new(Energy(1000), Energy(10 * job.Level)), new(9, 1, [new(0, 0, 9), new(1, 2.5, 1, Energy(10 * job.Level))])),
            Engine = new("own", "asked for", "cpu", 2, "float32", new Dictionary<string, string> { ["TorchSharp"] = "0.107.0" }, 1_000_000),
            Matches = job.IsLast ? new(0.5, 0.25, 0.75, 0.5, "It copies.") : null,
        }, notify);
    }

    public Task FailAsync(LevelJob job, Problem problem, LevelEnd end = LevelEnd.Failed) => EndAsync(job, new LevelOutcome
    {
        Id = job.Id,
        Run = job.Run,
        Level = job.Level,
        Attempt = job.Attempt,
        End = end,
        EndedAt = time.GetUtcNow(),
        Problem = problem,
    }, notify: true);

    public static Energies Energy(double total) => new(new Dictionary<string, double> { ["relu3_1"] = total }, 0, 0, total);

    private async Task EndAsync(LevelJob job, LevelOutcome outcome, bool notify)
    {
        await store.TryCreateDocumentAsync(BlobLayout.Level(job.Key).Outcome, outcome, default);
        if (notify)
        {
            var notice = new LevelNotice { Id = job.Id, Run = job.Run, Level = job.Level, Attempt = job.Attempt };
            await queues.Outcomes.SendAsync(new QueueMessage(job.Dispatch.MessageId, PipelineJson.Write(notice)), default);
        }
    }
}
