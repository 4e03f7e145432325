using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds;
using CnnMrf.Training.Kinds.AnimalHeads;
using CnnMrf.Training.Kinds.Animals;
using CnnMrf.Training.Kinds.StillLifes;
using SkiaSharp;

namespace CnnMrf.Training.Tests.Kinds;

public sealed class CreatureAndVesselTests
{
    private const int Side = 96;

    [Fact]
    public void An_animals_feet_are_below_its_shoulder_and_its_eye_before_its_neck()
    {
        var seen = 0;
        foreach (var places in Individuals(new AnimalKind(), 60))
        {
            if (Find(places, "shoulder") is not { } shoulder)
            {
                continue;
            }

            foreach (var foot in places.Where(l => l.Name.EndsWith(".foot", StringComparison.Ordinal)))
            {
                Assert.True(foot.Y > shoulder.Y, $"{foot.Name} at {foot.Y}, shoulder at {shoulder.Y}");
                seen++;
            }

            // Whichever way it faces, nose, eye and rump follow each other.
            if (Find(places, "eye.pupil") is { } eye && Find(places, "croup") is { } croup && Find(places, "nose.tip") is { } nose)
            {
                Assert.Equal(MathF.Sign(nose.X - croup.X), MathF.Sign(eye.X - croup.X));
                seen++;
            }
        }

        Assert.True(seen > 60, $"only {seen} compared");
    }

    [Fact]
    public void Animals_face_either_way()
    {
        var right = 0;
        var all = 0;
        foreach (var places in Individuals(new AnimalKind(), 60))
        {
            if (Find(places, "eye.pupil") is { } eye && Find(places, "back.middle") is { } back)
            {
                right += eye.X > back.X ? 1 : 0;
                all++;
            }
        }

        Assert.InRange(right, all * 0.3, all * 0.7);
    }

    [Fact]
    public void A_heads_left_eye_is_left_and_its_nose_between_eyes_and_chin()
    {
        foreach (var places in Individuals(new AnimalHeadKind(), 40))
        {
            if (Find(places, "eye.left.pupil") is { } left && Find(places, "eye.right.pupil") is { } right)
            {
                Assert.True(left.X < right.X);
                if (Find(places, "nose.tip") is { } nose && Find(places, "chin.bottom") is { } chin)
                {
                    Assert.InRange(nose.Y, (left.Y + right.Y) / 2, chin.Y);
                }
            }

            if (Find(places, "eye.left.inner") is { } inner && Find(places, "eye.left.outer") is { } outer)
            {
                Assert.True(outer.X < inner.X);
            }
        }
    }

    [Fact]
    public void A_vessel_is_symmetrical_and_stands_on_its_foot()
    {
        foreach (var places in Individuals(new StillLifeKind(), 40))
        {
            if (Find(places, "vessel.rim.left") is { } rimLeft && Find(places, "vessel.rim.right") is { } rimRight
                && Find(places, "vessel.foot.left") is { } footLeft && Find(places, "vessel.foot.right") is { } footRight)
            {
                Assert.Equal((rimLeft.X + rimRight.X) / 2, (footLeft.X + footRight.X) / 2, 0.01f);
                Assert.True(footLeft.Y > rimLeft.Y);
                Assert.True(rimLeft.X < rimRight.X && footLeft.X < footRight.X);
            }
        }
    }

    [Fact]
    public void A_lathe_profile_goes_through_its_knots_and_nowhere_beyond_them()
    {
        foreach (var ware in Enum.GetValues<Ware>())
        {
            var profile = Profile.Of(ware, new(3));
            Assert.All(profile.Knots, k => Assert.Equal(k.R, profile.At(k.Y), 0.001f));
            Assert.InRange(profile.Along().Max(k => k.R), 0, profile.Widest + 0.001f);
            Assert.True(profile.Along().Min(k => k.R) > 0.01f);
        }
    }

    private static Landmark? Find(IEnumerable<Landmark> places, string name) =>
        places.Where(l => l.Name == name).Select(l => (Landmark?)l).FirstOrDefault();

    private static IEnumerable<IReadOnlyList<Landmark>> Individuals(ISceneKind kind, ulong count)
    {
        for (ulong seed = 0; seed < count; seed++)
        {
            using var painter = new Painter(Side, SKMatrix.Identity, new PlainLook());
            kind.Draw(painter, SceneRandom.For(seed, 9));
            using var drawing = painter.Finish();
            yield return drawing.Landmarks;
        }
    }
}
