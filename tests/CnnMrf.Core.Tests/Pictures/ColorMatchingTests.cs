using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Tests.Pictures;

public sealed class ColorMatchingTests
{
    private static readonly Picture Reddish = Tinted(40, 30, 1, 0.9f, 0.3f, 0.2f);
    private static readonly Picture Bluish = Tinted(33, 50, 2, 0.2f, 0.4f, 0.8f);

    [Fact]
    public void Matching_a_picture_to_itself_changes_nothing()
    {
        Assert.InRange(TestPictures.LargestDifference(Reddish, ColorMatching.MatchHistogram(Reddish, Reddish)), 0, 1e-6f);
        Assert.InRange(TestPictures.LargestDifference(Reddish, ColorMatching.MatchCovariance(Reddish, Reddish)), 0, 1e-5f);
    }

    [Fact]
    public void Matched_histograms_agree_at_every_quantile()
    {
        var matched = ColorMatching.MatchHistogram(Reddish, Bluish);
        Assert.Equal(Reddish.Size, matched.Size);
        for (var channel = 0; channel < 3; channel++)
        {
            var (got, want) = (Sorted(matched, channel), Sorted(Bluish, channel));
            for (var percent = 5; percent <= 95; percent += 5)
            {
                Assert.Equal(want[want.Length * percent / 100], got[got.Length * percent / 100], 0.02f);
            }
        }
    }

    [Fact]
    public void Matching_histograms_keeps_the_order_of_values()
    {
        var matched = ColorMatching.MatchHistogram(Reddish, Bluish);
        for (var i = 3; i < Reddish.Rgb.Length; i++)
        {
            if (Reddish.Rgb[i] <= Reddish.Rgb[i - 3])
            {
                Assert.True(matched.Rgb[i] <= matched.Rgb[i - 3]);
            }
        }
    }

    [Fact]
    public void Matched_covariances_agree()
    {
        var matched = ColorMatching.MatchCovariance(Reddish, Bluish);
        for (var a = 0; a < 3; a++)
        {
            Assert.Equal(Mean(Bluish, a), Mean(matched, a), 1e-4);
            for (var b = 0; b <= a; b++)
            {
                Assert.Equal(Covariance(Bluish, a, b), Covariance(matched, a, b), 2e-4);
            }
        }
    }

    [Fact]
    public void Flat_and_black_pictures_give_numbers()
    {
        var black = TestPictures.Constant(8, 8, 0, 0, 0);
        var flat = TestPictures.Constant(9, 9, 0.3f, 0.5f, 0.7f);
        foreach (var (source, target) in new[] { (black, flat), (flat, black), (flat, Reddish), (Reddish, flat), (black, black) })
        {
            Assert.All(ColorMatching.MatchHistogram(source, target).Rgb, v => Assert.InRange(v, 0f, 1f));
            var linear = ColorMatching.MatchCovariance(source, target);
            Assert.All(linear.Rgb, v => Assert.True(float.IsFinite(v)));
            for (var channel = 0; channel < 3; channel++)
            {
                Assert.Equal(Mean(target, channel), Mean(linear, channel), 1e-3);
            }
        }

        Assert.InRange(TestPictures.LargestDifference(ColorMatching.MatchHistogram(black, flat).Resize(9, 9), flat), 0, 1e-5f);
    }

    private static Picture Tinted(int width, int height, int seed, float red, float green, float blue)
    {
        var random = new Random(seed);
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            var light = random.NextSingle();
            picture.Rgb[i] = (red * light) + (0.1f * random.NextSingle());
            picture.Rgb[i + 1] = (green * light) + (0.2f * random.NextSingle());
            picture.Rgb[i + 2] = (blue * light * light) + (0.1f * random.NextSingle());
        }

        return picture;
    }

    private static float[] Sorted(Picture picture, int channel) => [.. Values(picture, channel).Order()];

    private static double Mean(Picture picture, int channel) => Values(picture, channel).Average(v => (double)v);

    private static double Covariance(Picture picture, int a, int b)
    {
        var (meanA, meanB) = (Mean(picture, a), Mean(picture, b));
        return Values(picture, a).Zip(Values(picture, b), (x, y) => (x - meanA) * (y - meanB)).Average();
    }

    private static IEnumerable<float> Values(Picture picture, int channel) => picture.Rgb.Where((_, i) => i % 3 == channel);
}
