using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Weights;
using CnnMrf.Training.Learning;
using CnnMrf.Training.Running;

namespace CnnMrf.Training.Tests.Running;

public sealed class TrainingRunTests : IDisposable
{
    private static readonly TrainingOptions Tiny = new()
    {
        WarmUp = 5,
        Shape = new([8, 8, 12, 12, 16, 16, 16, 16, 24, 24]),
        Batches = [new(48, 2, 1)],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("cnnmrf-training-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_interrupted_run_that_is_resumed_writes_the_weights_of_the_uninterrupted_one()
    {
        var whole = Request("whole");
        Assert.True(Run(whole).Run());

        var first = Run(Request("parts"));
        using var stop = new CancellationTokenSource();
        Assert.False(first.Run(new Each(p => { if (p.Step == 20) { stop.Cancel(); } }), stop.Token));
        Assert.False(File.Exists(Path.Combine(_folder, "parts.safetensors")));
        Assert.True(Run(Request("parts") with { Resume = first.CheckpointPath }).Run());

        var (expected, actual) = (WeightsFile.Load(Request("whole").Output), WeightsFile.Load(Request("parts").Output));
        Assert.Equal("60", actual.Metadata["steps"]);
        foreach (var (one, other) in expected.Convolutions.Zip(actual.Convolutions))
        {
            Assert.Equal(one.Weight, other.Weight);
            Assert.Equal(one.Bias, other.Bias);
        }
    }

    [Fact]
    public void A_run_can_be_prolonged_from_before_its_decay()
    {
        var run = Run(Request("run"));
        Assert.True(run.Run());
        Assert.Equal("45", SafetensorsFile.Read(run.BeforeDecayPath).Metadata["step"]);
        var longer = Request("longer") with { Resume = run.BeforeDecayPath, Steps = 80 };
        Assert.True(Run(longer).Run());
        Assert.Equal("80", WeightsFile.Load(longer.Output).Metadata["steps"]);
        var late = Request("late") with { Resume = run.CheckpointPath, Steps = 80 };
        Assert.Contains(".before-decay.", Assert.Throws<TrainingException>(() => Run(late).Run()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_refines_weights_starts_near_them_and_can_be_interrupted()
    {
        Run(Request("start")).Run();
        var start = Request("start").Output;
        Assert.True(Run(Request("near") with { From = start, Steps = 1 }).Run());
        Assert.InRange(Distance(start, Request("near").Output), 0, 0.1);

        var whole = Request("whole") with { From = start, Steps = 30, Seed = 2 };
        Assert.True(Run(whole).Run());
        var first = Run(Request("parts") with { From = start, Steps = 30, Seed = 2 });
        using var stop = new CancellationTokenSource();
        Assert.False(first.Run(new Each(_ => stop.Cancel()), stop.Token));
        Assert.True(Run(Request("parts") with { Resume = first.CheckpointPath, Steps = 30 }).Run());
        Assert.Equal(0, Distance(whole.Output, Request("parts").Output));
        Assert.Equal(WeightsFile.Load(start).Sha256, WeightsFile.Load(whole.Output).Metadata["from"]);
        Assert.InRange(Distance(start, whole.Output), 0.001, 1);
    }

    [Theory]
    [InlineData("relu3_1", 5)]
    [InlineData("relu2_1", 3)]
    public void Frozen_layers_stay_as_they_are_while_deeper_ones_learn(string layer, int frozen)
    {
        Run(Request("start")).Run();
        var start = Request("start").Output;
        var whole = Request("whole") with { From = start, Freeze = layer, Seed = 2 };
        Assert.True(Run(whole).Run());
        var refined = WeightsFile.Load(whole.Output);
        Assert.Equal(layer, refined.Metadata["freeze"]);
        var changes = WeightsFile.Load(start).Convolutions.Zip(refined.Convolutions)
            .Select(c => c.First.Weight.Zip(c.Second.Weight).Max(w => Math.Abs(w.First - w.Second)) / c.First.Weight.Max()).ToArray();
        Assert.All(changes[..frozen], change => Assert.InRange(change, 0, 2e-3));
        Assert.All(changes[frozen..], change => Assert.InRange(change, 0.02, 10));

        var first = Run(Request("parts") with { From = start, Freeze = layer, Seed = 2 });
        using var stop = new CancellationTokenSource();
        Assert.False(first.Run(new Each(_ => stop.Cancel()), stop.Token));
        Assert.True(Run(Request("parts") with { Resume = first.CheckpointPath }).Run());
        Assert.Equal(0, Distance(whole.Output, Request("parts").Output));
    }

    [Theory]
    [InlineData("relu9_9", OwnWeights.Name, "--freeze cannot be 'relu9_9'")]
    [InlineData("relu4_1", OwnWeights.Name, "one of relu1_1, relu1_2, relu2_1, relu2_2, relu3_1, relu3_2, relu3_3, relu3_4.")]
    [InlineData("relu3_1", null, "give --from with --freeze")]
    public void Layers_that_cannot_be_frozen_are_refused(string layer, string? from, string message) => Assert.Contains(
        message,
        Assert.Throws<TrainingException>(() => Run(Request("x") with { From = from, Freeze = layer }).Run()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Weights_to_refine_must_be_of_the_networks_widths_and_there()
    {
        var missing = Assert.Throws<TrainingException>(() => Run(Request("x") with { From = "nowhere.safetensors" }).Run());
        Assert.Contains("The weights 'nowhere.safetensors' cannot be taken", missing.Message, StringComparison.Ordinal);
        var wide = Assert.Throws<TrainingException>(() => Run(Request("x") with { From = OwnWeights.Name }).Run());
        Assert.Contains("cannot start from 'own'", wide.Message, StringComparison.Ordinal);
        Assert.Contains("widths 8, 8, 12", wide.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_learning_curve_is_a_table()
    {
        var run = Run(Request("curve"));
        run.Run();
        var lines = File.ReadAllLines(run.CurvePath);
        Assert.StartsWith("step,minutes,loss,decoder,", lines[0], StringComparison.Ordinal);
        Assert.Equal(["20", "40", "60"], lines[1..].Select(l => l.Split(',')[0]));
        Assert.All(lines, l => Assert.Equal(lines[0].Count(c => c == ','), l.Count(c => c == ',')));
    }

    [Theory]
    [InlineData(null, "There is no checkpoint")]
    [InlineData("not a checkpoint", "cannot be gone on with")]
    public void A_checkpoint_that_is_none_is_refused(string? content, string message)
    {
        var path = Path.Combine(_folder, "x.checkpoint.safetensors");
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }

        var error = Assert.Throws<TrainingException>(() => Run(Request("x") with { Resume = path }).Run());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("x.checkpoint.safetensors", error.Message, StringComparison.Ordinal);
    }

    // Root mean squared difference of all weights over their root mean square.
    private static double Distance(string one, string other)
    {
        var (a, b) = (WeightsFile.Load(one), WeightsFile.Load(other));
        var (difference, size) = (0.0, 0.0);
        foreach (var (x, y) in a.Convolutions.Zip(b.Convolutions).SelectMany(c => c.First.Weight.Zip(c.Second.Weight)))
        {
            (difference, size) = (difference + Math.Pow(x - y, 2), size + Math.Pow(x, 2));
        }

        return Math.Sqrt(difference / size);
    }

    private static TrainingRun Run(TrainingRequest request) => new(request, (seed, _) => Scribbles.Artist(seed));

    private TrainingRequest Request(string name) => new(Path.Combine(_folder, $"{name}.safetensors"))
    {
        Steps = 60,
        Options = Tiny,
        Precision = TrainingPrecision.Float32,
        Threads = 1,
    };

    private sealed class Each(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
