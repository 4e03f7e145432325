using System.Security.Cryptography;
using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Weights;

namespace CnnMrf.Worker.Tests.Fakes;

/// <summary>A planned run: its plan and pictures in the store, its levels ready to be dispatched.</summary>
internal sealed class Run
{
    private readonly World _world;
    private readonly SynthesisPlan _plan;

    private Run(World world, SynthesisPlan plan) => (_world, _plan) = (world, plan);

    public RunLayout Blobs => BlobLayout.Run(new RunKey(_plan.Id, _plan.Run));

    public int Levels => _plan.Pyramid.Levels.Count;

    public SynthesisPlan Plan => _plan;

    public static async Task<Run> PlanAsync(
        World world, SynthesisSettings settings, SynthesisInput input, WeightsReference? weights = null, string name = "test")
    {
        var id = SynthesisId.Create(name, "0123456789abcdef");
        var layout = BlobLayout.Run(new RunKey(id, 1));
        var inputs = new List<PreparedInput>();
        async Task Add(InputRole role, int index, string part, Picture? picture)
        {
            if (picture is null)
            {
                return;
            }

            var (bytes, extension, type) = PreparedPicture.Write(picture);
            await world.Store.WriteAsync(layout.Input(part + extension), bytes, new BlobWrite { ContentType = type }, default);
            inputs.Add(new(role, index, part + extension, picture.Size, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))));
        }

        await Add(InputRole.Content, 0, "content", input.Content);
        for (var i = 0; i < input.Styles.Count; i++)
        {
            await Add(InputRole.Style, i, $"style-{i}", input.Styles[i]);
        }

        if (input.Labels is { } labels)
        {
            await Add(InputRole.ContentMap, 0, "content-map", Drawn(labels, labels.Content));
            for (var i = 0; i < labels.Styles.Count; i++)
            {
                await Add(InputRole.StyleMap, i, $"style-map-{i}", Drawn(labels, labels.Styles[i]));
            }
        }

        await Add(InputRole.Initial, 0, "initial", input.Initial);
        var plan = new SynthesisPlan
        {
            Id = id,
            Run = 1,
            PlannedAt = world.Time.GetUtcNow(),
            Settings = settings,
            Weights = weights ?? new("random", null),
            Inputs = inputs,
            Pyramid = PyramidPlan.Create(settings, input.Content?.Size, [.. input.Styles.Select(s => s.Size)]),
        };
        await world.Store.WriteDocumentAsync(layout.Plan, plan, BlobCondition.None, default);
        return new(world, plan);
    }

    private static Picture Drawn(LabelSet labels, LabelMap map)
    {
        var picture = new Picture(map.Width, map.Height);
        for (var p = 0; p < map.Classes.Length; p++)
        {
            var color = labels.Classes[map.Classes[p]];
            (picture.Rgb[3 * p], picture.Rgb[(3 * p) + 1], picture.Rgb[(3 * p) + 2]) =
                (color.Red / 255f, color.Green / 255f, color.Blue / 255f);
        }

        return picture;
    }

    public LevelJob Job(int level, int attempt = 1) => new()
    {
        Id = _plan.Id,
        Run = _plan.Run,
        Level = level,
        Levels = Levels,
        Attempt = attempt,
        Settings = _plan.Settings,
        Weights = _plan.Weights,
        Inputs = _plan.Inputs,
        Plan = _plan.Pyramid.Levels[level - 1],
        Output = _plan.Pyramid.Output,
        PlannedAt = _plan.PlannedAt,
        DispatchedAt = _world.Time.GetUtcNow(),
        Deadline = _world.Time.GetUtcNow() + TimeSpan.FromHours(24),
    };

    public Task DispatchAsync(int level, int attempt = 1) => DispatchAsync(Job(level, attempt));

    public Task DispatchAsync(LevelJob job) => _world.Queues.Levels.SendAsync(
        new QueueMessage(job.Dispatch.MessageId, PipelineJson.Write(job)), default);

    public async Task<LevelOutcome?> OutcomeAsync(int level) =>
        (await _world.Store.ReadDocumentAsync<LevelOutcome>(Blobs.Level(level).Outcome, default))?.Value;

    public async Task<LevelProgress?> ProgressAsync(int level) =>
        (await _world.Store.ReadDocumentAsync<LevelProgress>(Blobs.Level(level).Progress, default))?.Value;

    public async Task<LevelOwner?> OwnerAsync(int level) =>
        (await _world.Store.ReadDocumentAsync<LevelOwner>(Blobs.Level(level).Owner, default))?.Value;

    public async Task<byte[]?> BytesAsync(BlobAddress blob) =>
        (await _world.Store.ReadAsync(blob, long.MaxValue, default))?.Bytes.ToArray();

    public Task CancelAsync() => _world.Store.WriteDocumentAsync(
        Blobs.Cancel, new CancelMarker { RequestedAt = _world.Time.GetUtcNow() }, BlobCondition.None, default);
}
