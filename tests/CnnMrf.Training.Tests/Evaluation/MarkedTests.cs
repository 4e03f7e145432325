using CnnMrf.Core.Pictures;
using CnnMrf.Training.Evaluation.Landmarks;

namespace CnnMrf.Training.Tests.Evaluation;

public sealed class MarkedTests
{
    [Fact]
    public void Mirroring_moves_points_with_what_they_mark_and_exchanges_left_and_right()
    {
        var mirrored = Dotted(10, 30, "eye.left").Mirrored();
        var (x, y) = mirrored.Points["eye.right"];
        Assert.Single(mirrored.Points);
        Assert.Equal(1, mirrored.Picture[(int)(x * 40), (int)(y * 80), 0]);
    }

    [Fact]
    public void Shifting_moves_points_with_what_they_mark_and_loses_those_that_leave()
    {
        var shifted = Dotted(10, 30, "eye.left").Shifted(0.13, -0.14);
        var (x, y) = shifted.Points["eye.left"];
        Assert.Equal(1, shifted.Picture[(int)(x * 40), (int)(y * 80), 0]);
        Assert.Empty(Dotted(2, 30, "eye.left").Shifted(-0.13, 0.14).Points);
    }

    // One red pixel, marked.
    private static Marked Dotted(int x, int y, string name)
    {
        var picture = new Picture(40, 80);
        picture[x, y, 0] = 1;
        return new(picture, new Dictionary<string, (double, double)> { [name] = ((x + 0.5) / 40, (y + 0.5) / 80) });
    }
}
