using System.Text;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Tests.Running;

public sealed class SynthesisPicturesTests
{
    [Theory]
    [InlineData("a/photo.jpg b/painting.png", "-fit", "photo-painting-fit.png")]
    [InlineData("wall.jpg", "", "wall.png")]
    public void A_result_is_named_after_its_pictures(string paths, string suffix, string name) =>
        Assert.Equal(name, SynthesisPictures.DefaultName(paths.Split(' '), suffix));

    [Fact]
    public void A_name_that_file_systems_would_not_take_is_shortened_and_still_tells_its_pictures()
    {
        var (content, style) = ("content" + new string('c', 200), "style" + new string('é', 100));

        var name = SynthesisPictures.DefaultName([content + ".jpg", style + ".jpg"], "-texture");

        Assert.Matches("^contentc{80,}-styleé{30,}-texture[.]png$", name);
        Assert.InRange(Encoding.UTF8.GetByteCount(name), 1, 212);
    }

    [Fact]
    public void So_is_one_of_many_styles() => Assert.InRange(
        SynthesisPictures.DefaultName([.. Enumerable.Range(0, 300).Select(i => $"painting-{i}.jpg")]).Length, 1, 204);
}
