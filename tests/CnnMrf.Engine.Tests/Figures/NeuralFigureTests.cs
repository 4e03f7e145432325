using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Figures;

public sealed class NeuralFigureTests
{
    private static readonly (string A, string B) Labels = ("a.png", "b.png");

    [Fact]
    public void Every_layer_sees_the_same_32_pixels()
    {
        Assert.Equal(["pixels", "relu2_1", "relu3_1", "relu4_1", "relu5_1"], FigureLayer.All.Select(l => l.Name));
        Assert.Equal([32, 16, 8, 4, 2], FigureLayer.All.Select(l => l.Cells));
    }

    [Fact]
    public void The_search_is_the_plain_matcher_s_in_double()
    {
        var cases = from seed in Gen.Choose(0, 100_000)
                    from side in Gen.Choose(1, 4)
                    from channels in Gen.Choose(2, 6)
                    from height in Gen.Choose(4, 11)
                    from width in Gen.Choose(4, 11)
                    select (seed, side, channels, height, width);
        using var matcher = new PlainMatcher();
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator((ulong)c.seed, CPU);
            var patch = rand([1, c.channels, c.side, c.side], ScalarType.Float64, generator: generator) - 0.4;
            var map = rand([1, c.channels, c.height, c.width], ScalarType.Float64, generator: generator) - 0.4;
            using var query = FeatureMap.FromNchw(patch);
            using var style = FeatureMap.FromNchw(map);
            using var pool = new StylePool([new StyleMap(style, style.Grid(c.side, 1))]);
            var field = matcher.Match(query, query.Grid(c.side, 1), pool, MatchOptions.Default);
            var (_, row, column) = pool.Locate(field.Index[0]);
            var (foundRow, foundColumn, score) = PatchSearch.Best(PatchSearch.Scores(patch, map));
            return (row, column) == (foundRow, foundColumn) && Math.Abs(score - field.Score[0]) < 1e-6;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void Patches_are_found_again_in_the_same_picture_at_every_layer()
    {
        using var network = Network();
        var picture = new FigurePicture(Narrow.Picture(160, 128, 1), 160);
        var figure = NeuralMatching.Make(network, picture, picture, [], 3, Labels);
        Assert.Equal(3, figure.Queries.Count);
        Assert.All(figure.Queries, q =>
        {
            Assert.Equal(0, q.Patch.X % 16 + (q.Patch.Y % 16));
            Assert.Equal(["pixels", "relu2_1", "relu3_1", "relu4_1"], q.Matches.Select(m => m.Layer));
            Assert.All(q.Matches, m =>
            {
                Assert.Equal(q.Patch, m.Patch);
                Assert.Equal(1, m.Score, 1e-5);
            });
        });
        Assert.Equal(["relu5_1"], network.Missing.Select(l => l.Name));
        Assert.Contains("relu5_1 is left out", figure.Sheet.Note, StringComparison.Ordinal);
        Assert.Contains("weights pull --deepest relu5_1", figure.Sheet.Note, StringComparison.Ordinal);
        Assert.Equal(5, figure.Sheet.ColumnHeaders.Count);
        Assert.Equal(4, figure.Sheet.Rows.Count);
    }

    [Fact]
    public void A_shifted_picture_is_found_shifted()
    {
        using var network = Network();
        var wide = Narrow.Picture(208, 128, 2);
        var (left, right) = (new FigurePicture(wide.Crop(0, 0, 160, 128), 160), new FigurePicture(wide.Crop(16, 0, 160, 128), 160));
        var figure = NeuralMatching.Make(network, left, right, [new(88, 70)], 1, Labels);
        var query = Assert.Single(figure.Queries);
        Assert.Equal(new FigurePatch(80, 48, 32), query.Patch);
        Assert.Equal(new FigurePatch(64, 48, 32), query.Matches[0].Patch);
        Assert.Equal(1, query.Matches[0].Score, 1e-6);
    }

    [Fact]
    public void Positions_are_those_of_the_pictures_as_given()
    {
        using var network = Network();
        var large = new FigurePicture(Narrow.Picture(160, 128, 1).Resize(640, 512), 160);
        var figure = NeuralMatching.Make(network, large, large, [new(0, 0), new(639, 511)], 1, Labels);
        Assert.Equal([new FigurePatch(0, 0, 128), new FigurePatch(512, 384, 128)], figure.Queries.Select(q => q.Patch));
    }

    [Fact]
    public void Weights_that_reach_relu5_1_show_it()
    {
        var settings = Figure() with { Weights = "random" };
        using var network = FigureNetwork.Load(settings, new(Path.GetTempPath()));
        Assert.Equal(5, network.Layers.Count);
        Assert.Empty(network.Missing);
        using var own = FigureNetwork.Load(settings with { Weights = "own" }, new(Path.GetTempPath()));
        Assert.Equal(("own", "relu5_1"), (own.WeightsName, Assert.Single(own.Missing).Name));
    }

    [Fact]
    public void A_place_outside_and_a_picture_too_oblong_are_refused()
    {
        using var network = Network();
        var picture = new FigurePicture(Narrow.Picture(160, 128, 1), 160);
        var e = Assert.Throws<SettingsException>(() => NeuralMatching.Make(network, picture, picture, [new(160, 3)], 1, Labels));
        Assert.Contains("160,3 is not in the picture, which is 160x128", e.Message, StringComparison.Ordinal);
        Assert.Throws<SettingsException>(() => new FigurePicture(Narrow.Picture(900, 8, 1), 256));
    }

    [Fact]
    public void A_patch_blended_with_itself_is_reconstructed_better_the_longer_it_takes()
    {
        using var network = Network();
        var picture = new FigurePicture(Narrow.Picture(128, 96, 3), 128);
        BlendingFigure Blend(int iterations) =>
            NeuralBlending.Make(network, picture, picture, new(60, 50), new(60, 50), iterations, Labels);
        var (short_, long_) = (Blend(2), Blend(40));
        Assert.Equal(["pixels", "relu2_1", "relu3_1", "relu4_1"], long_.Blends.Select(b => b.Layer));
        Assert.Equal(0, long_.Blends[0].Error);
        var patch = picture.Shown.Crop(long_.A.X, long_.A.Y, 32, 32);
        Assert.All(patch.Rgb.Zip(long_.Pictures[0].Rgb), v => Assert.Equal(v.First, v.Second, 1e-5f));
        Assert.All(long_.Blends.Zip(short_.Blends).Skip(1), b => Assert.True(b.First.Error < b.Second.Error, $"{b}"));
        Assert.InRange(long_.Blends[1].Error, 0, 0.3);
        Assert.Equal(long_.Pictures[1].Rgb, Blend(40).Pictures[1].Rgb);
    }

    [Fact]
    public void The_average_of_two_patches_lies_between_them_and_the_second_is_the_best_match_of_the_first()
    {
        using var network = Network();
        var (a, b) = (new FigurePicture(Narrow.Picture(128, 96, 4), 128), new FigurePicture(Narrow.Picture(112, 128, 5), 128));
        var figure = NeuralBlending.Make(network, a, b, new(60, 50), null, 1, Labels);
        var (first, second) = (a.Shown.Crop(figure.A.X, figure.A.Y, 32, 32), b.Shown.Crop(figure.B.X, figure.B.Y, 32, 32));
        for (var i = 0; i < first.Rgb.Length; i++)
        {
            Assert.Equal((first.Rgb[i] + second.Rgb[i]) / 2, figure.Pictures[0].Rgb[i], 1e-5f);
        }

        Assert.Equal(0, figure.B.X % 16 + (figure.B.Y % 16));
        var same = NeuralBlending.Make(network, a, a, new(60, 50), null, 1, Labels);
        Assert.Equal(same.A, same.B);
    }

    private static SynthesisSettings Figure() => Presets.Balanced with { Threads = 1, Device = DeviceChoice.Cpu };

    private static FigureNetwork Network() => FigureNetwork.Of(Narrow.Context(Figure()), Figure());
}
