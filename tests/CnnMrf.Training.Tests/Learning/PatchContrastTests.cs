using CnnMrf.Training.Learning;
using CnnMrf.Training.Pairs;
using static TorchSharp.torch;

namespace CnnMrf.Training.Tests.Learning;

public sealed class PatchContrastTests
{
    private const int Side = 104;
    private const int Scale = 8;
    private const int Cells = Side / Scale;
    private static readonly PatchContrast Contrast = new("relu4_2", Scale, 1, 8, 1, 1);

    [Theory]
    [InlineData(true, 7, false)]
    [InlineData(true, 5, false)]
    [InlineData(true, 8, true)]
    [InlineData(false, 7, false)]
    [InlineData(false, 5, true)]
    [InlineData(false, 8, true)]
    public void A_match_that_evaluation_would_not_count_as_found_is_wrong_and_a_nearer_one_is_not(bool sameScene, int column, bool isWrong)
    {
        // The true place is column 6.25: cells 0.75, 1.25 and 1.75 off it, of which two are more than a tenth of 13 cells.
        var loss = Loss(sameScene, [(6, 5), (column, 5)]);
        Assert.Equal(isWrong ? Math.Log(2) : 0, loss, 1e-3);
    }

    [Fact]
    public void A_match_that_wins_far_away_costs_all_that_it_wins_by()
    {
        Assert.Equal(60, Loss(sameScene: false, [(11, 11)]), 1e-3);
    }

    // Of one pair with one point, whose likes stand in the other picture at some cells (column, row); nothing else there is like it.
    private static float Loss(bool sameScene, (int Column, int Row)[] likes)
    {
        const float place = (4 + 0.75f) * Scale;
        var pair = new ScenePair
        {
            Side = Side,
            A = [],
            B = [],
            Points = [new(place, place, place + (2.25f * Scale), place + Scale)],
            SameScene = sameScene,
            PartsA = [],
            PartsB = [],
        };
        using var scope = NewDisposeScope();
        var features = zeros(2, 2, Cells, Cells);
        features[.., 1] = 1f;
        features[0, 0, 4, 4] = 1f;
        features[0, 1, 4, 4] = 0f;
        foreach (var (column, row) in likes)
        {
            features[1, 0, row, column] = 1f;
            features[1, 1, row, column] = 0f;
        }

        return Contrast.Loss(Contrast.Choose([pair], new(1)), features, tensor((float)Math.Log(60))).item<float>();
    }
}
