using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds;
using CnnMrf.Training.Kinds.Boats;
using CnnMrf.Training.Kinds.Cars;
using CnnMrf.Training.Kinds.Waves;
using SkiaSharp;

namespace CnnMrf.Training.Tests.Kinds;

public sealed class VehicleKindTests
{
    private const int Side = 96;

    private static readonly Lazy<Dictionary<string, Landmark>[]> s_cars = new(() => Individuals(new CarKind()));
    private static readonly Lazy<Dictionary<string, Landmark>[]> s_boats = new(() => Individuals(new BoatKind()));
    private static readonly Lazy<Dictionary<string, Landmark>[]> s_waves = new(() => Individuals(new WaveKind()));

    public static TheoryData<string, string> LeftAndRight => new()
    {
        { "wheel.left.hub", "wheel.right.hub" },
        { "tyre.left.bottom", "tyre.right.bottom" },
        { "headlight.left", "headlight.right" },
        { "taillight.left", "taillight.right" },
        { "windscreen.left.bottom", "windscreen.right.bottom" },
        { "rear.screen.left.top", "rear.screen.right.top" },
        { "mirror.left", "mirror.right" },
    };

    [Theory]
    [MemberData(nameof(LeftAndRight))]
    public void A_cars_pairs_are_left_and_right_as_the_picture_shows_them(string left, string right) =>
        Compare(s_cars.Value, left, right, (a, b) => a.X < b.X);

    [Theory]
    [InlineData("roof.edge.middle", "sill.middle")]
    [InlineData("side.window.front.middle", "door.front")]
    [InlineData("wheel.left.hub", "tyre.left.bottom")]
    [InlineData("windscreen.middle", "bonnet.front")]
    [InlineData("grille.middle", "nose.foot")]
    public void A_cars_upper_parts_are_above_its_lower_ones(string high, string low) =>
        Compare(s_cars.Value, high, low, (a, b) => a.Y < b.Y);

    [Theory]
    [InlineData("mast.top", "mast.foot")]
    [InlineData("gunwale.middle", "waterline.middle")]
    [InlineData("sail.main.head", "sail.main.tack")]
    [InlineData("hull.middle", "water.near.middle")]
    public void A_boats_upper_parts_are_above_its_lower_ones(string high, string low) =>
        Compare(s_boats.Value, high, low, (a, b) => a.Y < b.Y);

    [Fact]
    public void A_boats_cabin_lies_between_bow_and_stern() => Compare(s_boats.Value, "hull.bow.top", "hull.stern.top",
        (bow, stern, boat) => !boat.TryGetValue("cabin.front.top", out var cabin) || (bow.X < cabin.X) == (cabin.X < stern.X));

    [Theory]
    [InlineData("wave.crest", "wave.trough")]
    [InlineData("wave.hollow.high", "wave.hollow.low")]
    [InlineData("above.crest", "wave.crest")]
    public void A_waves_upper_parts_are_above_its_lower_ones(string high, string low) =>
        Compare(s_waves.Value, high, low, (a, b) => a.Y < b.Y);

    private static void Compare(
        Dictionary<string, Landmark>[] individuals, string one, string other, Func<Landmark, Landmark, bool> holds) =>
        Compare(individuals, one, other, (a, b, _) => holds(a, b));

    private static void Compare(
        Dictionary<string, Landmark>[] individuals,
        string one,
        string other,
        Func<Landmark, Landmark, Dictionary<string, Landmark>, bool> holds)
    {
        var both = individuals.Where(m => m.ContainsKey(one) && m.ContainsKey(other)).ToArray();
        Assert.NotEmpty(both);
        Assert.All(both, marks => Assert.True(holds(marks[one], marks[other], marks), $"{one} and {other}"));
    }

    private static Dictionary<string, Landmark>[] Individuals(ISceneKind kind) => [.. Enumerable.Range(0, 60).Select(seed =>
    {
        using var painter = new Painter(Side, SKMatrix.Identity, new PlainLook());
        kind.Draw(painter, new((ulong)seed));
        using var scene = painter.Finish();
        return scene.Landmarks.ToDictionary(l => l.Name);
    })];
}
