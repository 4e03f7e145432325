using CnnMrf.Training.Kinds;
using CnnMrf.Training.Kinds.Animals;
using CnnMrf.Training.Kinds.Boats;
using CnnMrf.Training.Kinds.Cars;
using CnnMrf.Training.Looks;
using CnnMrf.Training.Pairs;

namespace CnnMrf.Training.Tests.Pairs;

public sealed class FacingTests
{
    private static readonly Dictionary<string, double> Car = new()
    {
        ["bonnet"] = 10,
        ["windscreen"] = 30,
        ["roof"] = 50,
        ["boot"] = 80,
        ["wheel.left"] = 20,
        ["wheel.right"] = 75,
        ["background.corner"] = 2,
    };

    [Fact]
    public void Two_face_opposite_ways_if_their_parts_come_in_the_opposite_order()
    {
        var mirrored = Car.ToDictionary(p => p.Key, p => 100 - p.Value);
        var smaller = Car.ToDictionary(p => p.Key, p => 30 + (p.Value / 3));
        Assert.True(Facing.AreOpposite(Car, mirrored));
        Assert.False(Facing.AreOpposite(Car, smaller));
    }

    [Fact]
    public void What_is_called_left_or_right_by_the_picture_and_the_background_tell_nothing()
    {
        var sided = new Dictionary<string, double>
        {
            ["wheel.left"] = 75,
            ["wheel.right"] = 20,
            ["eye.left"] = 50,
            ["eye.right"] = 10,
            ["background.corner"] = 98,
            ["bonnet"] = 10,
            ["roof"] = 5,
        };
        Assert.False(Facing.AreOpposite(Car, sided));
    }

    [Fact]
    public void Three_landmarks_are_too_few_to_tell() => Assert.False(Facing.AreOpposite(
        new Dictionary<string, double> { ["bonnet"] = 10, ["roof"] = 50, ["boot"] = 80 },
        new Dictionary<string, double> { ["bonnet"] = 90, ["roof"] = 50, ["boot"] = 20 }));

    [Theory]
    [InlineData(typeof(CarKind))]
    [InlineData(typeof(AnimalKind))]
    [InlineData(typeof(BoatKind))]
    public void Two_of_a_pair_face_the_same_way(Type type)
    {
        var kind = (ISceneKind)Activator.CreateInstance(type)!;
        Assert.True(kind.FacesSideways);
        var artist = new PairArtist(5, new([new(kind, 0, 1)]), (random, sameScene) => SceneLook.Pair(random, sameScene));
        var sides = Enumerable.Range(0, 40).AsParallel().Select(n => artist.Draw(n, 64).Points)
            .Where(points => points.Length > 7)
            .Select(points =>
            {
                var (a, b) = (points.Average(p => p.AX), points.Average(p => p.BX));
                return points.Sum(p => (p.AX - a) * (p.BX - b)) > 0;
            })
            .ToArray();
        Assert.True(sides.Length > 10, $"{sides.Length}");
        Assert.True(sides.Count(same => same) > 0.9 * sides.Length, $"{sides.Count(same => same)} of {sides.Length}");
    }
}
