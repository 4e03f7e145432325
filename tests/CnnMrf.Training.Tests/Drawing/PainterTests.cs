using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Tests.Drawing;

public sealed class PainterTests
{
    [Fact]
    public void A_landmark_that_something_covers_later_is_hidden()
    {
        using var painter = new Painter(100, SKMatrix.Identity, new PlainLook());
        painter.Background("wall", SKColors.White);
        painter.Ellipse(0.3f, 0.5f, 0.1f, 0.1f, "eye", SKColors.Blue);
        painter.Landmark("eye.left", 0.3f, 0.5f, "eye");
        painter.Ellipse(0.7f, 0.5f, 0.1f, 0.1f, "eye", SKColors.Blue);
        painter.Landmark("eye.right", 0.7f, 0.5f, "eye");
        painter.Ellipse(0.3f, 0.5f, 0.12f, 0.12f, "glasses", SKColors.Black);
        using var drawing = painter.Finish();
        Assert.Equal(["eye.right"], drawing.Landmarks.Select(l => l.Name));
    }

    [Fact]
    public void A_landmark_lies_where_the_thing_was_drawn_whatever_the_view()
    {
        var view = SKMatrix.CreateTranslation(0.1f, 0.2f)
            .PreConcat(SKMatrix.CreateRotationDegrees(20)).PreConcat(SKMatrix.CreateScale(0.7f, 0.6f));
        using var painter = new Painter(200, view, new PlainLook());
        painter.Background("wall", SKColors.White);
        using (painter.At(0.5f, 0.4f, 0.5f, degrees: -30))
        {
            painter.Ellipse(0.2f, 0.1f, 0.04f, 0.04f, "dot", SKColors.Red);
            painter.Landmark("dot", 0.2f, 0.1f, "dot");
        }

        using var drawing = painter.Finish();
        var red = Enumerable.Range(0, 200 * 200).Select(i => (X: i % 200, Y: i / 200))
            .Where(p => drawing.Picture.GetPixel(p.X, p.Y) is { Green: < 60 }).ToArray();
        var dot = Assert.Single(drawing.Landmarks);
        Assert.Equal(red.Average(p => p.X + 0.5), dot.X, 0.6);
        Assert.Equal(red.Average(p => p.Y + 0.5), dot.Y, 0.6);
    }

    [Fact]
    public void Left_and_right_are_exchanged_in_mirrored_units()
    {
        using var painter = new Painter(50, SKMatrix.Identity, new PlainLook());
        painter.Background("wall", SKColors.White);
        using (painter.At(1, 0, mirrored: true))
        {
            painter.Landmark("eye.left.inner", 0.2f, 0.5f, "wall");
            painter.Landmark("headlight", 0.4f, 0.5f, "wall");
        }

        using var drawing = painter.Finish();
        Assert.Equal([("eye.right.inner", 40), ("headlight", 30)], drawing.Landmarks.Select(l => (l.Name, (int)MathF.Round(l.X))));
    }

    [Fact]
    public void The_background_covers_the_picture_whatever_the_view()
    {
        using var painter = new Painter(40, SKMatrix.CreateScale(0.2f, 0.2f), new PlainLook());
        painter.Background("sky", SKColors.SkyBlue);
        using var drawing = painter.Finish();
        Assert.All(drawing.Parts.Ids, id => Assert.Equal("sky", drawing.Parts.Names[id]));
    }

    [Fact]
    public void Nothing_is_drawn_outside_a_clip()
    {
        using var painter = new Painter(40, SKMatrix.Identity, new PlainLook());
        painter.Background("wall", SKColors.White);
        using var left = new SKPath();
        left.AddRect(new(0, 0, 0.5f, 1));
        using (painter.Inside(left))
        {
            painter.Ellipse(0.5f, 0.5f, 0.3f, 0.3f, "ball", SKColors.Red);
        }

        using var drawing = painter.Finish();
        Assert.Equal("ball", drawing.Parts.At(15, 20));
        Assert.Equal("wall", drawing.Parts.At(25, 20));
    }
}
