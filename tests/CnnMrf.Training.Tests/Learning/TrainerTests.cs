using CnnMrf.Core.Tensors;
using CnnMrf.Training.Learning;

namespace CnnMrf.Training.Tests.Learning;

public sealed class TrainerTests
{
    private static readonly TrainingOptions Tiny = new()
    {
        WarmUp = 5,
        Shape = new([8, 8, 12, 12, 16, 16, 16, 16, 24, 24]),
        Batches = [new(48, 3, 1), new(64, 2, 1)],
    };

    [Fact]
    public void The_loss_falls()
    {
        using var trainer = new Trainer(Tiny, Scribbles.Artist());
        var losses = Enumerable.Range(0, 120).Select(_ => trainer.Advance().Loss).ToArray();
        Assert.All(losses, l => Assert.True(double.IsFinite(l)));
        Assert.True(losses[^20..].Average() < 0.75 * losses[..20].Average(), $"{losses[..20].Average()} → {losses[^20..].Average()}");
    }

    [Fact]
    public void A_resumed_run_is_the_uninterrupted_one()
    {
        using var whole = new Trainer(Tiny, Scribbles.Artist());
        Advance(whole, 9);
        using var first = new Trainer(Tiny, Scribbles.Artist());
        Advance(first, 5);
        using var bytes = new MemoryStream();
        SafetensorsWriter.Write(bytes, first.Export());
        using var second = new Trainer(Tiny, Scribbles.Artist());
        second.Import(SafetensorsFile.Read(bytes.ToArray()), 5);
        Advance(second, 4);
        Assert.Equal(whole.Step, second.Step);
        foreach (var (expected, actual) in whole.Export().Zip(second.Export()))
        {
            Assert.Equal(expected.Name, actual.Name);
            Assert.Equal(expected.Bytes.ToArray(), actual.Bytes.ToArray());
        }
    }

    [Fact]
    public void A_checkpoint_of_another_shape_is_refused_by_name()
    {
        using var trainer = new Trainer(Tiny, Scribbles.Artist());
        using var bytes = new MemoryStream();
        SafetensorsWriter.Write(bytes, trainer.Export());
        using var wider = new Trainer(Tiny with { Shape = new([8, 8, 12, 12, 20, 16, 16, 16, 24, 24]) }, Scribbles.Artist());
        var error = Assert.Throws<SafetensorsException>(() => wider.Import(SafetensorsFile.Read(bytes.ToArray()), 0));
        Assert.Contains("conv3_1.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rate_before_the_decay_does_not_depend_on_the_number_of_steps()
    {
        Assert.Equal(75, Tiny.DecayStart(100));
        Assert.All(Enumerable.Range(0, 75), step => Assert.Equal(Tiny.RateAt(step, null), Tiny.RateAt(step, 100)));
        Assert.True(Tiny.RateAt(76, 100) < Tiny.LearningRate);
        Assert.True(Tiny.RateAt(99, 100) < 0.03 * Tiny.LearningRate);
        Assert.True(Tiny.RateAt(0, 100) < Tiny.RateAt(4, 100));
    }

    private static void Advance(Trainer trainer, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            trainer.Advance();
        }
    }
}
