using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using CnnMrf.Training.Kinds.Houses;
using CnnMrf.Training.Kinds.Landscapes;
using CnnMrf.Training.Kinds.Trees;
using SkiaSharp;

namespace CnnMrf.Training.Tests.Kinds;

public sealed class SceneryTests
{
    private const int Side = 64;

    // Shows 0.3 of a side more to all sides than the scene was meant to.
    private static readonly SKMatrix s_wide = new(0.625f, 0, 0.1875f, 0, 0.625f, 0.1875f, 0, 0, 1);

    [Fact]
    public void A_backdrop_names_six_places_on_the_part_that_shows_there()
    {
        string[] names =
        [
            "background.bottom.left", "background.bottom.right", "background.middle.left", "background.middle.right",
            "background.top.left", "background.top.right",
        ];
        var found = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            using var scene = Draw(Backdrop.Draw, seed, SKMatrix.Identity);
            Assert.Empty(scene.Landmarks.Select(l => l.Name).Except(names));
            found += scene.Landmarks.Count;
        }

        // A thin line may lie over one of them now and then.
        Assert.InRange(found, 6 * 39, 6 * 40);
    }

    [Fact]
    public void Scenery_goes_on_beyond_the_picture()
    {
        Action<Painter, SceneRandom>[] all = [Backdrop.Draw, new TreeKind().Draw, new HouseKind().Draw, new LandscapeKind().Draw];
        Assert.All(all, draw =>
        {
            for (ulong seed = 0; seed < 12; seed++)
            {
                using var scene = Draw(draw, seed, s_wide);
                Assert.DoesNotContain((ushort)0, scene.Parts.Ids);
            }
        });
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(35, 0.25f)]
    [InlineData(-20, 0.1f)]
    public void What_is_as_high_as_the_eye_lies_on_the_horizon(float degrees, float perspective)
    {
        var view = new HouseView(0.5f, 0.8f, 0.4f, 0.3f, degrees, perspective);
        foreach (var (x, z) in new[] { (-0.7f, 0.4f), (0.2f, -0.6f), (1f, 1f) })
        {
            Assert.Equal(view.Horizon, view.At(x, view.Eye, z).Y, 1e-5f);
        }
    }

    [Fact]
    public void Handles_are_on_doors_and_crowns_above_trunks()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            using var house = Draw(new HouseKind().Draw, seed, SKMatrix.Identity);
            var places = house.Landmarks.ToDictionary(l => l.Name);
            if (places.TryGetValue("door.handle", out var handle) && places.TryGetValue("door.bottom.left", out var left)
                && places.TryGetValue("door.bottom.right", out var right))
            {
                Assert.InRange(handle.X, left.X - 1, right.X + 1);
                Assert.True(handle.Y < Math.Max(left.Y, right.Y));
            }

            using var tree = Draw(new TreeKind().Draw, seed, SKMatrix.Identity);
            places = tree.Landmarks.ToDictionary(l => l.Name);
            if (places.TryGetValue("crown.middle", out var crown) && places.TryGetValue("trunk.middle", out var trunk))
            {
                Assert.True(crown.Y < trunk.Y);
            }
        }
    }

    private static DrawnScene Draw(Action<Painter, SceneRandom> draw, ulong seed, SKMatrix view)
    {
        using var painter = new Painter(Side, view, new PlainLook());
        draw(painter, new(seed));
        return painter.Finish();
    }
}
