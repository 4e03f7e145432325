using CnnMrf.Training.Evaluation;
using CnnMrf.Training.Learning;

namespace CnnMrf.Training.Tests;

public sealed class OwnTrainingTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public void A_minute_of_training_makes_features_that_match_better_than_random_ones()
    {
        var options = new TrainingOptions
        {
            Shape = new([12, 12, 20, 20, 32, 32, 32, 32, 48, 48]),
            Batches = [new(64, 4, 2)],
            WarmUp = 10,
        };
        var material = EvaluationMaterial.Prepare(new()
        {
            Kinds = [.. OwnTraining.Kinds.All],
            RestyledSizes = [new(96, 1, 6)],
            LandmarkSizes = [96],
            Individuals = 2,
        });
        using var trainer = new Trainer(options, OwnTraining.World(1)) { Steps = 300 };
        var before = Score();
        var losses = Enumerable.Range(0, 300).Select(_ => trainer.Advance().Loss).ToArray();
        var after = Score();

        Assert.True(losses[^40..].Average() < 0.92 * losses[..20].Average(), $"{losses[..20].Average()} → {losses[^40..].Average()}");
        Assert.True(after.Restyled > before.Restyled + 0.05, $"restyled {before.Restyled} → {after.Restyled}");
        Assert.True(after.Landmarks > before.Landmarks + 0.03, $"landmarks {before.Landmarks} → {after.Landmarks}");

        (double Restyled, double Landmarks) Score()
        {
            using var weights = OwnTraining.Weights(trainer.Fold());
            var scores = FeatureEvaluation.Score(weights, material);
            return (scores.Restyled.Where(s => s.Layer == "relu4_1").Average(s => s.Within2),
                scores.Landmarks.Where(s => s.Layer == "relu4_1").Average(s => s.Moved));
        }
    }

    [Fact]
    public void Every_kind_has_a_name_and_a_share_of_its_own()
    {
        Assert.Equal(OwnTraining.Kinds.Shares.Count, OwnTraining.Kinds.All.Select(k => k.Name).Distinct().Count());
        Assert.All(OwnTraining.Kinds.Shares, s => Assert.True(s.SameScene > 0));
        Assert.Contains("face", OwnTraining.Kinds.Named.Select(k => k.Name));
        Assert.DoesNotContain("generic", OwnTraining.Kinds.Named.Select(k => k.Name));
    }
}
