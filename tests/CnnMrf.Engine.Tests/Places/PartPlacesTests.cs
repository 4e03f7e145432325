using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Places;

namespace CnnMrf.Engine.Tests.Places;

public sealed class PartPlacesTests
{
    private static readonly Picture Scene = Sample("photograph.jpg");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_of_a_picture_are_found_again_in_a_piece_of_it(bool mirrored)
    {
        // What lies left of a fifth of the picture is not in the piece.
        var (left, width) = (Scene.Width / 5, Scene.Width - (Scene.Width / 5));
        var piece = Scene.Crop(left, 0, width, Scene.Height);
        var places = PartPlaces.Find(Scene, [mirrored ? piece.MirrorHorizontally() : piece], true, 1, TestContext.Current.CancellationToken)!;
        Assert.True(places.Confidence(0) > 0.5, $"{places.Confidence(0)}");
        Assert.Equal(mirrored, places.AreMirrored(0));
        foreach (var (x, y) in from x in new[] { 0.35, 0.6, 0.9 } from y in new[] { 0.2, 0.5, 0.8 } select (x, y))
        {
            var there = ((x * Scene.Width) - left) / width;
            var (u, v) = places.Of(0, x, y);
            Assert.Equal(mirrored ? 1 - there : there, u, 0.05);
            Assert.Equal(y, v, 0.05);
        }
    }

    [Fact]
    public void A_painting_of_the_like_shows_the_parts_the_other_way_round_and_a_flat_picture_or_noise_none()
    {
        var random = new Random(1);
        var noise = new Picture(128, 96);
        for (var i = 0; i < noise.Rgb.Length; i++)
        {
            noise.Rgb[i] = random.NextSingle();
        }

        var places = PartPlaces.Find(
            Scene, [Sample("painting.jpg"), noise, Narrow.Flat(96, 96, 0.5f, 0.5f, 0.5f)], true, 1, TestContext.Current.CancellationToken)!;
        // The photograph's house is at its right, the painting's at its left.
        Assert.InRange(places.Confidence(0), 0.5, 1);
        Assert.Equal((true, false, false), (places.AreMirrored(0), places.AreMirrored(1), places.AreMirrored(2)));
        Assert.InRange(places.Of(0, 0.76, 0.57).X, 0.15, 0.4);
        Assert.Equal((0, 0), (places.Confidence(1), places.Confidence(2)));
    }

    [Fact]
    public void Where_copies_may_not_be_mirrored_parts_are_looked_for_upright_alone()
    {
        var places = PartPlaces.Find(
            Scene, [Sample("painting.jpg")], mirrored: false, 1, TestContext.Current.CancellationToken)!;
        Assert.False(places.AreMirrored(0));
        Assert.InRange(places.Confidence(0), 0.01, 0.5);
    }

    [Fact]
    public void Where_there_is_nothing_in_common_there_are_no_places() => Assert.Null(PartPlaces.Find(
        Scene, [Narrow.Flat(96, 96, 0.5f, 0.5f, 0.5f)], true, 1, TestContext.Current.CancellationToken));

    [Fact]
    public void In_a_picture_that_is_left_out_nothing_is_looked_for()
    {
        var places = PartPlaces.Find(Scene, [null, Scene.MirrorHorizontally()], true, 1, TestContext.Current.CancellationToken)!;
        Assert.Equal((0, false), (places.Confidence(0), places.AreMirrored(0)));
        Assert.True(places.Confidence(1) > 0.5 && places.AreMirrored(1));
    }

    [Fact]
    public void A_picture_barely_a_patch_wide_has_places() => Assert.Equal(
        0.5, PartPlaces.Find(Narrow.Picture(24, 60, 1), [Narrow.Picture(24, 60, 1)], true, 1, TestContext.Current.CancellationToken)!
            .Of(0, 0.5, 0.5).Y, 0.05);

    [Fact]
    public void On_a_canvas_that_reaches_beyond_the_content_places_are_those_of_the_content()
    {
        var places = PartPlaces.Find(Scene, [Scene], true, 1, TestContext.Current.CancellationToken)!;
        var canvas = places.On(new(56, 42), new(64, 48));
        Assert.Equal(places.Of(0, 0.5 * 64 / 56, 0.25 * 48 / 42), canvas.Of(0, 0.5, 0.25));
        Assert.Equal(places.Confidence(0), canvas.Confidence(0));
    }

    private static Picture Sample(string name) =>
        PictureCodec.Decode(Path.Combine(AppContext.BaseDirectory, "samples", name)).ResizeLongSide(256);
}
