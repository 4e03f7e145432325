using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Generic;
using CnnMrf.Training.Looks;
using SkiaSharp;

namespace CnnMrf.Training.Tests.Looks;

public sealed class SceneLookTests
{
    private const int Side = 48;

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_seed_gives_the_same_picture_again(ulong seed)
    {
        using var first = Draw(seed, LookOf(seed));
        using var second = Draw(seed, LookOf(seed));
        Assert.Equal(first.Picture.Bytes, second.Picture.Bytes);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_look_used_again_does_the_same(ulong seed)
    {
        var look = LookOf(seed);
        using var first = Draw(seed, look);
        using var second = Draw(seed, look);
        Assert.Equal(first.Picture.Bytes, second.Picture.Bytes);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_where_does_not_depend_on_the_look(ulong seed)
    {
        using var plain = Draw(seed, new PlainLook());
        using var looked = Draw(seed, LookOf(seed));
        Assert.Equal(plain.Parts.Ids, looked.Parts.Ids);
        Assert.Equal(plain.Parts.Names, looked.Parts.Names);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Pictures_stay_opaque_and_show_something(ulong seed)
    {
        using var drawn = Draw(seed, LookOf(seed));
        var bytes = drawn.Picture.Bytes;
        Assert.All(bytes.Chunk(4), pixel => Assert.Equal(255, pixel[3]));
        Assert.True(Enumerable.Range(0, 3).Max(c => Deviation([.. bytes.Chunk(4).Select(p => (double)p[c])])) > 5);
    }

    [Fact]
    public void Another_seed_gives_another_picture()
    {
        using var first = Draw(1, LookOf(1));
        using var second = Draw(1, LookOf(2));
        Assert.NotEqual(first.Picture.Bytes, second.Picture.Bytes);
    }

    [Fact]
    public void A_part_keeps_its_colour_whatever_else_is_drawn()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            SceneLook alone = LookOf(seed), among = LookOf(seed);
            among.Colour("hair", SKColors.Brown);
            among.Colour("sky", SKColors.SkyBlue);
            Assert.Equal(alone.Colour("skin", SKColors.Wheat), among.Colour("skin", SKColors.Wheat));
        }
    }

    [Fact]
    public void Which_of_two_parts_is_lighter_is_often_the_other_way_round()
    {
        var inverted = Enumerable.Range(0, 400).Count(i =>
        {
            var look = LookOf((ulong)i);
            return Lightness(look.Colour("dark", new(60, 60, 60))) > Lightness(look.Colour("light", new(200, 200, 200)));
        });
        Assert.InRange(inverted, 40, 200);
    }

    public static TheoryData<ulong> Seeds() => [.. Enumerable.Range(0, 12).Select(i => (ulong)i)];

    private static SceneLook LookOf(ulong seed) => SceneLook.Random(SceneRandom.For(seed, 3));

    private static int Lightness(SKColor colour) => colour.Red + colour.Green + colour.Blue;

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static DrawnScene Draw(ulong seed, ILook look)
    {
        using var painter = new Painter(Side, SKMatrix.Identity, look);
        new GenericKind().Draw(painter, SceneRandom.For(seed, 7));
        return painter.Finish();
    }
}
