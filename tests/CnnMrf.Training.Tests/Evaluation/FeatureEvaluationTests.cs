using System.Text.Json;
using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Features;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Evaluation;
using CnnMrf.Training.Kinds;

namespace CnnMrf.Training.Tests.Evaluation;

public sealed class FeatureEvaluationTests
{
    private static readonly EvaluationOptions Small = new()
    {
        Kinds = [new Scribbles()],
        Look = _ => new PlainLook(),
        RestyledSizes = [new(48, 1, 1)],
        LandmarkSizes = [48],
        Individuals = 2,
        BesideRandom = false,
    };

    [Fact]
    public void A_report_is_the_same_each_time_and_survives_as_JSON()
    {
        using var weights = NetworkWeights.Random(1, new(4, 1), [4, 8, 12, 16, 16]);
        var told = new List<EvaluationProgress>();
        var report = FeatureEvaluation.Run(weights, Small, new Direct(told.Add));
        var again = FeatureEvaluation.Run(weights, Small);
        Assert.Equal(Numbers(report.Tested), Numbers(again.Tested));
        Assert.Equal(["scenes relu3_1", "scenes relu4_1"], report.Tested.Restyled.Select(r => $"{r.Of} {r.Layer}"));
        Assert.Equal(["scribbles relu3_1", "scribbles relu4_1"], report.Tested.Landmarks.Select(l => $"{l.Of} {l.Layer}"));
        Assert.All(report.Tested.Restyled, r => Assert.True(r.Within1 <= r.Within2 && r.Within2 <= r.Within4 && r.Within4 <= 1));
        Assert.True(told.Select(t => t.Share).SequenceEqual(told.Select(t => t.Share).Order()));
        using var json = JsonDocument.Parse(report.ToJson());
        var first = json.RootElement.GetProperty("networks")[0].GetProperty("restyled")[0];
        Assert.Equal(report.Tested.Restyled[0].Within2, first.GetProperty("within2").GetDouble());
        Assert.Equal(8, first.GetProperty("byRestyling").EnumerateObject().Count());
    }

    [Fact]
    public void Pictures_with_landmarks_are_searched_for_each_other_s()
    {
        using var weights = NetworkWeights.Random(1, new(4, 1), [4, 8, 12, 16, 16]);
        using var painter = new Painter(64, SkiaSharp.SKMatrix.Identity, new PlainLook());
        new Scribbles().Draw(painter, new(4));
        using var scene = painter.Finish();
        var points = new Dictionary<string, PicturePoint>
        {
            ["a"] = new(0.3, 0.4),
            ["b"] = new(0.6, 0.7),
            ["background.top.left"] = new(0.1, 0.1),
        };
        var none = new Dictionary<string, PicturePoint>();
        var picture = scene.Picture.ToPicture();
        var report = FeatureEvaluation.Run(weights, Small with
        {
            Kinds = [],
            Pictures = [new("one", picture, points), new("same", picture, points), new("bare", picture, none)],
        });

        // A picture is found in itself, and the background counts apart: 2 landmarks × 2 orders × plain, mirrored and two shifts.
        var deep = report.Tested.Landmarks[^1];
        Assert.Equal((1.0, 16), (deep.Plain, deep.Landmarks));
        Assert.NotNull(deep.Background);
        Assert.Equal(3, report.Tested.Restyled[0].ByPicture.Count);
    }

    [Fact]
    public void Landmarks_in_what_faces_the_other_way_count_apart()
    {
        using var weights = NetworkWeights.Random(1, new(4, 1), [4, 8, 12, 16, 16]);
        using var scene = new Scribbles().Paint(64, SkiaSharp.SKMatrix.Identity, new PlainLook(), new(4));
        var picture = scene.Picture.ToPicture();
        (string Name, float X)[] points = [("front", 0.2f), ("wheel", 0.35f), ("door", 0.55f), ("rear", 0.85f)];
        var turned = new EvaluationPicture(
            "turned", picture.MirrorHorizontally(), points.ToDictionary(p => p.Name, p => new PicturePoint(1 - p.X, 0.5f)));
        var options = Small with
        {
            Kinds = [],
            Pictures = [new("one", picture, points.ToDictionary(p => p.Name, p => new PicturePoint(p.X, 0.5f))), turned],
        };

        // Turned, it faces the other way as it is, and is the same picture where it is mirrored.
        var deep = FeatureEvaluation.Run(weights, options).Tested.Landmarks[^1];
        Assert.Equal((1.0, 1.0), (deep.Mirrored, deep.Alike));
        Assert.Equal(deep.Plain, deep.Opposite);
        Assert.True(deep.Opposite < 1);

        var alone = FeatureEvaluation.Run(weights, options with { Pictures = [options.Pictures[0], turned with { Landmarks = FewOf(turned) }] });
        Assert.Null(alone.Tested.Landmarks[^1].Opposite);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void The_quick_evaluation_scores_what_prepared_pictures_score()
    {
        using var weights = NetworkWeights.Random(1, new(4, 1), [4, 4, 4, 4, 4]);
        var quick = FeatureEvaluation.Quick(weights, Small.Kinds);
        var material = EvaluationMaterial.Prepare(EvaluationOptions.Quick(Small.Kinds));
        Assert.Equal(Numbers(quick), Numbers(FeatureEvaluation.Score(weights, material)));
        Assert.Equal([96, 96, 192, 192], quick.Restyled.Select(r => r.LongSide));
    }

    [Fact]
    public void Nothing_to_evaluate_on_is_refused()
    {
        using var weights = NetworkWeights.Random(1, new(4, 1), [4, 8, 12, 16, 16]);
        Assert.Throws<EvaluationException>(() => FeatureEvaluation.Run(weights, new EvaluationOptions()));
    }

    [Fact]
    public void A_picture_too_narrow_for_a_patch_is_refused_by_name()
    {
        using var weights = NetworkWeights.Random(1, new(4, 1), [4, 8, 12, 16, 16]);
        var options = Small with { Kinds = [], Pictures = [new("strip.png", new(100, 20), new Dictionary<string, PicturePoint>())] };
        var message = Assert.Throws<EvaluationException>(() => FeatureEvaluation.Run(weights, options)).Message;
        Assert.StartsWith("strip.png", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_evaluation_stops()
    {
        using var weights = NetworkWeights.Random(1, new(4, 1), [4, 8, 12, 16, 16]);
        Assert.ThrowsAny<OperationCanceledException>(() => FeatureEvaluation.Run(weights, Small, null, new CancellationToken(true)));
    }

    // Too few to say which way it faces.
    private static Dictionary<string, PicturePoint> FewOf(EvaluationPicture picture) =>
        picture.Landmarks.Take(3).ToDictionary(l => l.Key, l => l.Value);

    private static double[] Numbers(FeatureScores scores) =>
    [
        .. scores.Restyled.SelectMany(r => new[] { r.Within1, r.Within2, r.Within4, r.Patches }),
        .. scores.Landmarks.SelectMany(l => new[] { l.Plain, l.Mirrored, l.Shifted, l.Either ?? -1, l.Alike ?? -1, l.Opposite ?? -1, l.Landmarks }),
    ];

    private sealed class Direct(Action<EvaluationProgress> report) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => report(value);
    }
}
