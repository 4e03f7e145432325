using CnnMrf.Core.Pictures;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Tests.Fakes;

namespace CnnMrf.Worker.Tests.Levels;

/// <summary>The fit of content and style: estimated once a run, and the end of a hopeless one.</summary>
public sealed class FittingTests
{
    private readonly World _world = new();

    [Fact]
    public async Task The_coarsest_level_writes_the_fit_and_its_map_before_its_first_iteration()
    {
        var run = await _world.PlanAsync();
        var (fit, map) = (default(FitReport), default(byte[]));
        var engine = new FakeEngine { Fit = 0.42 };
        engine.OnStep = _ =>
        {
            fit = _world.Store.ReadDocumentAsync<FitReport>(run.Blobs.Fit, default).GetAwaiter().GetResult()?.Value;
            map = run.BytesAsync(run.Blobs.FitMap).GetAwaiter().GetResult();
        };
        await WorkAsync(run, engine);
        Assert.Equal((0.42, "Take another style."), (fit!.Fit, fit.Advice));
        Assert.Equal(new PixelSize(8, 8), PictureCodec.Decode(map!, new() { MinSide = 1 }).Size);
        Assert.Equal((LevelEnd.Completed, 1), ((await run.OutcomeAsync(1))!.End, engine.Fitted));
    }

    [Fact]
    public async Task A_fit_below_the_minimum_ends_the_level_without_an_iteration()
    {
        var run = await _world.PlanAsync(World.OneLevel with { MinimumFit = 0.5 });
        var engine = new FakeEngine { Fit = 0.12 };
        await WorkAsync(run, engine);
        var outcome = (await run.OutcomeAsync(1))!;
        Assert.Empty(engine.Begun);
        Assert.Equal((LevelEnd.PoorFit, ProblemCodes.PoorFit, "minimumFit"), (outcome.End, outcome.Problem!.Code, outcome.Problem.Field));
        Assert.Contains("0.12, below minimumFit 0.5", outcome.Problem.Message, StringComparison.Ordinal);
        Assert.Contains("Take another style.", outcome.Problem.Message, StringComparison.Ordinal);
        Assert.Null(await run.BytesAsync(run.Blobs.Level(1).Image));
        Assert.Equal(0.12, (await _world.Store.ReadDocumentAsync<FitReport>(run.Blobs.Fit, default))!.Value.Fit);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.0)]
    public async Task A_fit_that_is_just_enough_goes_on(double minimum)
    {
        var run = await _world.PlanAsync(World.OneLevel with { MinimumFit = minimum });
        await WorkAsync(run, new FakeEngine { Fit = minimum });
        Assert.Equal(LevelEnd.Completed, (await run.OutcomeAsync(1))!.End);
    }

    [Fact]
    public async Task Without_a_content_there_is_no_fit_and_nothing_ends()
    {
        var run = await _world.PlanAsync(World.OneLevel with { MinimumFit = 1 });
        await WorkAsync(run, new FakeEngine { Fit = null });
        Assert.Equal(LevelEnd.Completed, (await run.OutcomeAsync(1))!.End);
        Assert.Null(await run.BytesAsync(run.Blobs.Fit));
    }

    [Fact]
    public async Task Who_takes_the_level_over_finds_the_fit_and_decides_as_the_first_did()
    {
        var run = await _world.PlanAsync(World.OneLevel with { MinimumFit = 0.3 });
        var engine = new FakeEngine { Fit = 0.4 };
        await run.DispatchAsync(1);
        await using (var first = _world.Start(engine))
        {
            engine.OnStep = i => { if (i == 3) { first.Stop(); } };
            await _world.PassAsync(first.WorkAsync());
        }

        // Another machine might round otherwise: it does not look.
        engine.Fit = 0.1;
        engine.OnStep = _ => { };
        await using var second = _world.Start(engine, "second");
        await _world.PassAsync(second.WorkAsync());
        Assert.Equal((LevelEnd.Completed, 1, 2), ((await run.OutcomeAsync(1))!.End, engine.Fitted, engine.Begun.Count));
        Assert.Equal(0.4, (await _world.Store.ReadDocumentAsync<FitReport>(run.Blobs.Fit, default))!.Value.Fit);
    }

    [Fact]
    public async Task Finer_levels_do_not_ask()
    {
        var run = await _world.PlanAsync(World.OneLevel with
        {
            Levels = 2,
            Iterations = [2],
            MinimumFit = 0.3,
            CoarsestSize = 32,
            Size = Core.Settings.OutputSize.OfLongSide(96),
        });
        var engine = new FakeEngine { Fit = 0.4 };
        await WorkAsync(run, engine);
        engine.Fit = 0.1;
        await WorkAsync(run, engine, level: 2);
        Assert.Equal((LevelEnd.Completed, 1), ((await run.OutcomeAsync(2))!.End, engine.Fitted));
    }

    [Fact]
    public async Task Maps_that_do_not_go_together_fail_the_level_in_words()
    {
        var run = await _world.PlanAsync();
        var job = run.Job(1);
        var map = new Picture(64, 64);
        await PutAsync("content-map.png", Pipeline.Syntheses.InputRole.ContentMap, map);
        var red = new Picture(64, 64);
        Array.Fill(red.Rgb, 1);
        await PutAsync("style-map-0.png", Pipeline.Syntheses.InputRole.StyleMap, red);
        await run.DispatchAsync(job);
        var engine = new FakeEngine();
        await using var worker = _world.Start(engine);
        await _world.PassAsync(worker.WorkAsync());
        var outcome = (await run.OutcomeAsync(1))!;
        Assert.Equal((LevelEnd.Failed, "contentMap"), (outcome.End, outcome.Problem!.Field));
        Assert.Contains("#000000", outcome.Problem.Message, StringComparison.Ordinal);

        async Task PutAsync(string name, Pipeline.Syntheses.InputRole role, Picture picture)
        {
            var (bytes, _, type) = Pipeline.Syntheses.PreparedPicture.Write(picture);
            await _world.Store.WriteAsync(run.Blobs.Input(name), bytes, new BlobWrite { ContentType = type }, default);
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.Span));
            job = job with { Inputs = [.. job.Inputs, new(role, 0, name, picture.Size, hash)] };
        }
    }

    private async Task WorkAsync(Run run, FakeEngine engine, int level = 1)
    {
        await run.DispatchAsync(level);
        await using var worker = _world.Start(engine);
        await _world.PassAsync(worker.WorkAsync());
    }
}
