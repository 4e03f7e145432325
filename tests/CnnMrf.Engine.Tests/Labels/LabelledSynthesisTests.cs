using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Labels;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Styles;
using CnnMrf.Engine.Synthesis;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Labels;

public sealed class LabelledSynthesisTests
{
    private static readonly Picture Content = Narrow.Picture(48, 40, 1);
    private static readonly Picture Style = Halves(48, 44, 2);

    [Theory]
    [InlineData(Preset.Balanced)]
    [InlineData(Preset.Paper)]
    public void Each_side_is_made_of_its_own_class_s_patches(Preset preset)
    {
        // The style is red on the left and blue on the right; the content asks for blue on the left.
        var labels = Labels(Stripes(48, 40, left: Blue), Stripes(48, 44, left: Red));
        var settings = Narrow.Settings(preset) with { Iterations = [10], ContentWeight = [0.0] };
        var result = Run(settings, new(Content, [Style], Labels: labels));
        var (asked, free) = (BlueOnTheLeft(result.Picture), BlueOnTheLeft(Run(settings, new(Content, [Style])).Picture));
        Assert.True(asked > free + 0.005, $"{free} → {asked}");
        // The vote lays patches down; the others' optimisation has only begun.
        if (preset == Preset.Balanced) Assert.True(asked > 0.4, $"{asked}");

        static double BlueOnTheLeft(Picture picture)
        {
            var (left, right) = (Mean(picture, 0, 24), Mean(picture, 36, 60));
            return left.Blue - left.Red - (right.Blue - right.Red);
        }
    }

    [Fact]
    public void Maps_of_one_class_change_nothing()
    {
        var labels = Labels(Stripes(48, 40, Red, Red), Stripes(48, 44, Red, Red));
        var settings = Narrow.Settings(Preset.Balanced);
        Assert.Equal(
            Run(settings, new(Content, [Style])).Picture.Rgb, Run(settings, new(Content, [Style], Labels: labels)).Picture.Rgb);
    }

    [Fact]
    public void A_shuffled_start_and_rotated_copies_keep_to_the_classes()
    {
        var labels = Labels(Stripes(48, 40, left: Blue), Stripes(48, 44, left: Red));
        var settings = Narrow.Settings(Preset.Balanced) with
        {
            Initial = InitialPicture.Shuffle,
            Iterations = [0],
            Rotations = 1,
            RotationStep = 20,
            Scales = 1,
            MatchColors = ColorMatch.Off,
        };
        var result = Run(settings, new(Content, [Style], Labels: labels));
        var (left, right) = (Mean(result.Picture, 0, 24), Mean(result.Picture, 36, 60));
        Assert.True(left.Blue > left.Red + 0.2 && right.Red > right.Blue + 0.2, $"{left} {right}");
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(0, 1, true)]
    [InlineData(0, 0.7, false)]
    [InlineData(30, 1.3, false)]
    [InlineData(30, 1.3, true)]
    [InlineData(-90, 1, false)]
    public void A_map_turns_with_its_copy(double degrees, double scale, bool mirrored)
    {
        using var scope = NewDisposeScope();
        var map = Stripes(60, 48, left: Red);
        var transform = new CopyTransform(degrees, scale, mirrored);
        var copy = StyleCopies.Apply(Tensor(map), transform);
        var set = Labels(Stripes(60, 48, left: Red), map);
        var labels = new StyleLabels(set.Styles[0], new(60, 48), transform);
        var pixels = labels.Pixels();
        Assert.Equal(copy.shape[2] * copy.shape[3], pixels.Length);
        var red = copy[0, 0].contiguous().data<float>().ToArray();
        for (var p = 0; p < pixels.Length; p++)
        {
            // Between the stripes bilinear values are neither.
            if (Math.Abs(red[p] - 0.5f) > 0.3f) Assert.Equal(red[p] > 0.5f ? Red : Blue, set.Classes[pixels[p]]);
        }
    }

    [Fact]
    public void The_class_of_a_patch_is_that_under_its_centre_and_a_canvas_reflects()
    {
        var set = Labels(Stripes(40, 20, left: Blue), Stripes(40, 20, left: Red));
        var grid = PatchGrid.Create(3, 12, 3, 1);
        // Cells of 4 px, a picture of 40 px on a canvas of 48: centres at 6, 10 … 42 px.
        var classes = new ContentLabels(set.Content, new(40, 20)).Of(grid, 4);
        Assert.Equal([true, true, true, true, false, false, false, false, false, false], classes.Select(c => set.Classes[c] == Blue));
    }

    [Fact]
    public void A_class_too_small_for_any_centre_is_offered_by_the_patches_that_reach_over_it()
    {
        var map = Stripes(40, 40, Red, Red);
        for (var x = 0; x < 3; x++)
        {
            (map[x, 0, 0], map[x, 0, 2]) = (0, 1);
        }

        var set = Labels(Stripes(40, 40, left: Red), map);
        using var pool = new StylePool([Map(10)]);
        OfferedClasses.Mark(pool, [new(set.Styles[0], new(40, 40), CopyTransform.Identity)], [0, 1], 4);
        var blue = set.Classes.ToList().IndexOf(Blue);
        Assert.Equal([0], Enumerable.Range(0, 64).Where(j => pool[0].Offers(j, blue)));
        Assert.True(pool[0].Offers(0, 1 - blue));
    }

    [Fact]
    public void A_class_that_no_patch_reaches_is_offered_by_the_nearest_one()
    {
        // 43 px are ten cells of 4 px and 3 px that belong to none; the class is there.
        var map = Stripes(43, 43, Red, Red);
        (map[42, 42, 0], map[42, 42, 2]) = (0, 1);
        var set = Labels(Stripes(43, 43, left: Red), map);
        using var pool = new StylePool([Map(10)]);
        OfferedClasses.Mark(pool, [new(set.Styles[0], new(43, 43), CopyTransform.Identity)], [0, 1], 4);
        var blue = set.Classes.ToList().IndexOf(Blue);
        Assert.Equal([63], Enumerable.Range(0, 64).Where(j => pool[0].Offers(j, blue)));
    }

    private static readonly LabelColor Red = new(255, 0, 0);
    private static readonly LabelColor Blue = new(0, 0, 255);

    private static StyleMap Map(int side)
    {
        var features = new FeatureMap(rand([side, side, 2]));
        return new(features, features.Grid(3, 1));
    }

    private static SynthesisResult Run(SynthesisSettings settings, SynthesisInput input)
    {
        using var synthesizer = Narrow.Synthesizer(settings, new StoppedClock());
        return synthesizer.Run(input);
    }

    private static LabelSet Labels(Picture content, Picture style) =>
        LabelSet.Read(new(content, content.Size), [new(style, style.Size)], [1.0]);

    private static Tensor Tensor(Picture picture) =>
        tensor(picture.Rgb, [1, picture.Height, picture.Width, 3]).permute(0, 3, 1, 2).contiguous();

    private static Picture Stripes(int width, int height, LabelColor left) => Stripes(width, height, left, left == Red ? Blue : Red);

    private static Picture Stripes(int width, int height, LabelColor left, LabelColor right)
    {
        var picture = new Picture(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var color = x < width / 2 ? left : right;
                (picture[x, y, 0], picture[x, y, 1], picture[x, y, 2]) = (color.Red / 255f, color.Green / 255f, color.Blue / 255f);
            }
        }

        return picture;
    }

    private static Picture Halves(int width, int height, int seed)
    {
        var picture = Narrow.Picture(width, height, seed);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (strong, weak) = x < width / 2 ? (0, 2) : (2, 0);
                picture[x, y, strong] = 0.6f + (0.4f * picture[x, y, strong]);
                picture[x, y, weak] *= 0.3f;
            }
        }

        return picture;
    }

    private static (double Red, double Blue) Mean(Picture picture, int from, int to)
    {
        double red = 0, blue = 0, n = 0;
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = from; x < to; x++, n++)
            {
                red += picture[x, y, 0];
                blue += picture[x, y, 2];
            }
        }

        return (red / n, blue / n);
    }
}
