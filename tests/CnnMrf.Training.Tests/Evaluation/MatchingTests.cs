using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using CnnMrf.Training.Evaluation.Correspondence;
using CnnMrf.Training.Evaluation.Landmarks;
using static TorchSharp.torch;

namespace CnnMrf.Training.Tests.Evaluation;

public sealed class MatchingTests
{
    private const int Scale = 4;
    private static readonly PixelSize Size = new(96, 128);

    [Fact]
    public void Features_that_are_the_place_itself_are_all_found_within_a_cell()
    {
        using var matcher = new FusedMatcher(1);
        for (ulong seed = 0; seed < 6; seed++)
        {
            var warp = KnownWarp.Random(Size, new(seed));
            using var picture = Places((x, y) => (x, y));
            using var pool = Matching.Pool(Places(warp.Source));
            var found = Matching.Compare(matcher, picture, pool, warp, Scale, default);
            Assert.True(found.Count > 200);
            Assert.Equal((1, 1, 1), (found.Within1, found.Within2, found.Within4));
        }
    }

    [Fact]
    public void Features_that_say_nothing_are_found_nowhere()
    {
        using var matcher = new FusedMatcher(1);
        var warp = KnownWarp.Random(Size, new(5));
        using var picture = new FeatureMap(ones(Size.Height / Scale, Size.Width / Scale, 3));
        using var pool = Matching.Pool(new FeatureMap(ones(Size.Height / Scale, Size.Width / Scale, 3)));
        var found = Matching.Compare(matcher, picture, pool, warp, Scale, default);
        Assert.InRange(found.Within4, 0, 0.1);
    }

    [Fact]
    public void Landmarks_are_found_where_the_other_picture_has_them()
    {
        using var matcher = new FusedMatcher(1);
        var blank = new Picture(Size.Width, Size.Height);
        var one = new Marked(blank, new Dictionary<string, (double, double)>
        {
            ["eye.left"] = (0.3, 0.4),
            ["eye.right"] = (0.6, 0.4),
            ["hat"] = (0.5, 0.1),
        });

        // The other picture is shifted by 12 px to the right; its right eye is marked wrongly.
        var other = new Marked(blank, new Dictionary<string, (double, double)> { ["eye.left"] = (0.425, 0.4), ["eye.right"] = (0.3, 0.4) });
        using var features = Places((x, y) => (x, y));
        using var pool = Matching.Pool(Places((x, y) => (x - 12, y)));
        var found = LandmarkSearch.Find(matcher, one, features, [other], pool, Scale, default);
        Assert.Equal([("eye.left", true), ("eye.right", false)], found);
    }

    [Fact]
    public void Where_the_mirror_image_is_searched_too_a_landmark_counts_by_the_name_that_it_has_there()
    {
        using var matcher = new FusedMatcher(1);
        var blank = new Picture(Size.Width, Size.Height);
        var one = new Marked(blank, new Dictionary<string, (double, double)>
        {
            ["wheel.left"] = (0.3, 0.4),
            ["bonnet"] = (0.2, 0.2),
            ["hand.left"] = (0.7, 0.6),
        });

        // The other faces the other way: only its mirror image has the like. It has no right hand, so its mirror image no left one.
        var other = new Marked(blank, new Dictionary<string, (double, double)>
        {
            ["wheel.right"] = (0.7, 0.4),
            ["wheel.left"] = (0.1, 0.9),
            ["bonnet"] = (0.8, 0.2),
            ["hand.left"] = (0.3, 0.6),
        });
        using var features = Places((x, y) => (x, y));
        using var pool = Matching.Pool(Places((x, y) => (x + 150, y + 90)), Places((x, y) => (x, y)));
        var found = LandmarkSearch.Find(matcher, one, features, [other, other.Mirrored()], pool, Scale, default);
        Assert.Equal([("bonnet", true), ("hand.left", false), ("wheel.left", true)], found);
    }

    // Cells on a sphere: nearer places are more alike.
    private static FeatureMap Places(Func<double, double, (double X, double Y)> place)
    {
        var (width, height) = (Size.Width / Scale, Size.Height / Scale);
        var values = new float[height * width * 3];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = place(((i % width) + 0.5) * Scale, ((i / width) + 0.5) * Scale);
            var (longitude, latitude) = (x / 100, (y / 100) - 0.6);
            values[3 * i] = (float)(Math.Cos(longitude) * Math.Cos(latitude));
            values[(3 * i) + 1] = (float)(Math.Sin(longitude) * Math.Cos(latitude));
            values[(3 * i) + 2] = (float)Math.Sin(latitude);
        }

        return new(tensor(values, [height, width, 3]));
    }
}
