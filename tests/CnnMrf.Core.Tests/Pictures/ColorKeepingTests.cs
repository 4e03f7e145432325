using CnnMrf.Core.Pictures;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Core.Tests.Pictures;

public sealed class ColorKeepingTests
{
    private static readonly Gen<float> Value = Gen.Choose(0, 1000).Select(v => v / 1000f);

    private static readonly Gen<(float R, float G, float B)> Color =
        from r in Value from g in Value from b in Value select (r, g, b);

    [Fact]
    public void A_picture_keeps_its_own_colours()
    {
        Prop.ForAll(Color.ToArbitrary(), c => Apart(Apply(c, c), c) < 2e-4).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void Lightness_is_never_given_up_and_hue_is_the_other_s()
    {
        Prop.ForAll((from a in Color from b in Color select (a, b)).ToArbitrary(), p =>
        {
            var result = Apply(p.a, p.b);
            var (wanted, other, got) = (Lab(p.a), Lab(p.b), Lab(result));
            var (chroma, hers) = (Math.Sqrt((got.A * got.A) + (got.B * got.B)), Math.Sqrt((other.A * other.A) + (other.B * other.B)));
            // Where there is chroma at all its direction is the other's, and there is never more of it.
            var turned = chroma < 0.5 || hers < 0.5 ? 1 : ((got.A * other.A) + (got.B * other.B)) / (chroma * hers);
            return Math.Abs(wanted.L - got.L) < 0.05 && chroma < hers + 0.2 && turned > 0.999;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(0.5, 0.5, 0.5)]
    public void Grey_takes_no_colour_from_grey_and_black_and_white_take_none_at_all(float r, float g, float b)
    {
        Assert.True(Apart(Apply((r, g, b), (0.3f, 0.3f, 0.3f)), (r, g, b)) < 1e-3);
        if (r is 0 or 1)
        {
            Assert.True(Apart(Apply((r, g, b), (0.9f, 0.1f, 0.4f)), (r, g, b)) < 1e-2);
        }
    }

    [Fact]
    public void The_published_values_of_sRGB_s_primaries_in_CIELAB_come_out()
    {
        foreach (var (color, l, a, b) in new[]
        {
            ((1f, 0f, 0f), 53.24, 80.09, 67.20), ((0f, 1f, 0f), 87.74, -86.18, 83.18), ((0f, 0f, 1f), 32.30, 79.19, -107.86),
            ((1f, 1f, 1f), 100.0, 0, 0),
        })
        {
            var lab = Lab(color);
            Assert.Equal(l, lab.L, 0.02);
            Assert.Equal(a, lab.A, 0.05);
            Assert.Equal(b, lab.B, 0.05);
        }
    }

    [Fact]
    public void The_colours_are_brought_to_the_picture_s_size_place_by_place()
    {
        var light = Flat(8, 4, 0.5f, 0.5f, 0.5f);
        var halves = new Picture(80, 40);
        for (var y = 0; y < 40; y++)
        {
            for (var x = 0; x < 80; x++)
            {
                halves[x, y, x < 40 ? 0 : 2] = 0.8f;
            }
        }

        var result = ColorKeeping.Apply(light, halves);
        Assert.Equal(light.Size, result.Size);
        Assert.True(result[0, 2, 0] > result[0, 2, 2] + 0.2f && result[7, 2, 2] > result[7, 2, 0] + 0.2f);
        Assert.All(result.Rgb, v => Assert.InRange(v, 0, 1));
    }

    private static (float R, float G, float B) Apply((float R, float G, float B) lightness, (float R, float G, float B) color)
    {
        var result = ColorKeeping.Apply(Flat(1, 1, lightness.R, lightness.G, lightness.B), Flat(1, 1, color.R, color.G, color.B));
        return (result.Rgb[0], result.Rgb[1], result.Rgb[2]);
    }

    private static double Apart((float R, float G, float B) a, (float R, float G, float B) b) =>
        Math.Max(Math.Abs(a.R - b.R), Math.Max(Math.Abs(a.G - b.G), Math.Abs(a.B - b.B)));

    // CIELAB written down again, from CIE 15 and IEC 61966-2-1.
    private static (double L, double A, double B) Lab((float R, float G, float B) c)
    {
        var (r, g, b) = (Linear(c.R), Linear(c.G), Linear(c.B));
        var x = F(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / 0.95047);
        var y = F((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        var z = F(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / 1.08883);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));

        static double Linear(double v) => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);

        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
    }

    private static Picture Flat(int width, int height, float r, float g, float b)
    {
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            (picture.Rgb[i], picture.Rgb[i + 1], picture.Rgb[i + 2]) = (r, g, b);
        }

        return picture;
    }
}
