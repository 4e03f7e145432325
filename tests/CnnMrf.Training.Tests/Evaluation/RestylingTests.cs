using CnnMrf.Core.Pictures;
using CnnMrf.Training.Evaluation;
using CnnMrf.Training.Evaluation.Restylings;

namespace CnnMrf.Training.Tests.Evaluation;

public sealed class RestylingTests
{
    public static TheoryData<string> Names => [.. Restyling.All.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_restyling_is_a_function_of_its_seed_and_changes_the_picture_within_its_range(string name)
    {
        var restyling = Restyling.All.Single(r => r.Name == name);
        var picture = Scene();
        var before = picture.Clone();
        var (one, again) = (restyling.Apply(picture, new(1)), restyling.Apply(picture, new(1)));
        Assert.Equal(before.Rgb, picture.Rgb);
        Assert.Equal(picture.Size, one.Size);
        Assert.Equal(one.Rgb, again.Rgb);
        Assert.Contains(Enumerable.Range(2, 8), seed => !restyling.Apply(picture, new((ulong)seed)).Rgb.SequenceEqual(one.Rgb));
        Assert.All(one.Rgb, v => Assert.InRange(v, 0, 1));
        var change = one.Rgb.Zip(picture.Rgb, (a, b) => MathF.Abs(a - b)).Average();
        Assert.InRange(change, 0.02, 0.7);
    }

    [Fact]
    public void The_guided_filter_smooths_surfaces_and_keeps_edges()
    {
        var picture = Scene();
        var smooth = Restyling.All.Single(r => r.Name == "guided filter").Apply(picture, new(4));

        // Scaled by the change of light, the disc's edge stays far steeper than the waves on the ground.
        float Step(Picture p, int x, int y, int away) => MathF.Abs(p[x, y, 1] - p[x + away, y, 1]);
        Assert.True(Step(smooth, 16, 24, 4) / Step(picture, 16, 24, 4) > 2 * Step(smooth, 4, 4, 2) / Step(picture, 4, 4, 2));
    }

    [Fact]
    public void Streams_of_held_out_things_differ_by_name_and_number_and_stay_what_they_are()
    {
        Assert.Equal(HeldOut.Stream("face", 3).NextBits(), HeldOut.Stream("face", 3).NextBits());
        Assert.Equal(4, new[] { ("face", 3), ("face", 4), ("tree", 3), ("tree", 4) }
            .Select(t => HeldOut.Stream(t.Item1, t.Item2).NextBits()).Distinct().Count());
    }

    // A disc on a ground with faint waves.
    private static Picture Scene()
    {
        var picture = new Picture(64, 48);
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < 64; x++)
            {
                var inside = ((x - 32) * (x - 32)) + ((y - 24) * (y - 24)) < 196;
                var wave = 0.03f * MathF.Sin(x * MathF.PI / 2.5f);
                var (red, green, blue) = inside ? (0.9f, 0.7f, 0.4f) : (0.2f + wave, 0.25f + wave, 0.5f + wave);
                (picture[x, y, 0], picture[x, y, 1], picture[x, y, 2]) = (red, green, blue);
            }
        }

        return picture;
    }
}
