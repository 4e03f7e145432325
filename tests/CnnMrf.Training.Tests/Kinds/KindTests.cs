using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Tests.Kinds;

public sealed class KindTests
{
    private const int Side = 128;

    public static TheoryData<string> Names => [.. OwnTraining.Kinds.All.Select(k => k.Name)];

    public static TheoryData<string> NamedParts => [.. OwnTraining.Kinds.Named.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_draws_the_same_individual(string kind)
    {
        using var one = Draw(kind, 5);
        using var again = Draw(kind, 5);
        using var other = Draw(kind, 6);
        Assert.Equal(one.Picture.Bytes, again.Picture.Bytes);
        Assert.Equal(one.Landmarks, again.Landmarks);
        Assert.NotEqual(one.Picture.Bytes, other.Picture.Bytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_whole_picture_is_covered_by_named_parts(string kind) => Assert.All(Individuals(kind, 20), drawing =>
    {
        using (drawing)
        {
            Assert.True(drawing.Parts.Ids.Count(id => id == 0) < 0.02 * Side * Side);
            Assert.InRange(drawing.Parts.Names.Count, 2, 2000);
        }
    });

    [Theory]
    [MemberData(nameof(NamedParts))]
    public void Individuals_have_landmarks_in_common(string kind)
    {
        var names = Individuals(kind, 24).Select(d =>
        {
            using (d)
            {
                return d.Landmarks.Select(l => l.Name).ToHashSet();
            }
        }).ToArray();
        var common = names.Zip(names.Skip(1), (a, b) => a.Intersect(b).Count()).Average();
        Assert.True(common >= 8, $"{common} landmarks in common");
        Assert.All(names, n => Assert.True(n.Count >= 4, $"only {n.Count} landmarks"));
    }

    [Theory]
    [MemberData(nameof(NamedParts))]
    public void Landmarks_lie_where_their_part_shows(string kind) => Assert.All(Individuals(kind, 20), drawing =>
    {
        using (drawing)
        {
            Assert.All(drawing.Landmarks, l =>
            {
                Assert.InRange(l.X, 0, Side);
                Assert.InRange(l.Y, 0, Side);
                Assert.True(drawing.Parts.Shows(l.Part, l.X, l.Y, Painter.VisibleWithin * Side), $"{l.Name} is not on {l.Part}");
            });
            Assert.Equal(drawing.Landmarks.Count, drawing.Landmarks.Select(l => l.Name).Distinct().Count());
        }
    });

    [Theory]
    [MemberData(nameof(NamedParts))]
    public void Left_is_left_in_the_picture_also_when_the_scene_is_mirrored(string kind)
    {
        // Of a pair of names, the left one lies left of the right one far more often than not, mirrored or not.
        var (right, all) = (0, 0);
        for (ulong seed = 0; seed < 24; seed++)
        {
            using var drawing = Draw(kind, seed, mirrored: seed % 2 == 1);
            var places = drawing.Landmarks.ToDictionary(l => l.Name, l => l.X);
            foreach (var (name, x) in places.Where(p => p.Key.Split('.').Count(w => w is "left") == 1))
            {
                if (places.TryGetValue(string.Join('.', name.Split('.').Select(w => w == "left" ? "right" : w)), out var other))
                {
                    all++;
                    right += x < other ? 1 : 0;
                }
            }
        }

        Assert.True(all == 0 || right > 0.9 * all, $"{right} of {all}");
    }

    private static IEnumerable<DrawnScene> Individuals(string kind, ulong count)
    {
        for (ulong seed = 0; seed < count; seed++)
        {
            yield return Draw(kind, seed);
        }
    }

    private static DrawnScene Draw(string kind, ulong seed, bool mirrored = false)
    {
        var view = mirrored ? new SKMatrix(-1, 0, 1, 0, 1, 0, 0, 0, 1) : SKMatrix.Identity;
        using var painter = new Painter(Side, view, new PlainLook());
        OwnTraining.Kinds.All.Single(k => k.Name == kind).Draw(painter, new(seed));
        return painter.Finish();
    }
}
