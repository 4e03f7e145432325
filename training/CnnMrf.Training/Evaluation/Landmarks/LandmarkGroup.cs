namespace CnnMrf.Training.Evaluation.Landmarks;

/// <summary>How the picture that is searched differs from the one that was marked.</summary>
internal enum Change
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Left and right are exchanged.</summary>
    Mirrored,

    /// <summary>It is shifted along both axes.</summary>
    Shifted,
}

/// <summary>A picture to be searched.</summary>
internal sealed record Searched(Change Change, Marked Picture);

/// <summary>Pictures of one size whose landmarks are looked for in each other.</summary>
/// <param name="Of">Where they are from: pictures, or a kind's name.</param>
/// <param name="LongSide">Px.</param>
/// <param name="Members">Each as it is (first), mirrored and shifted.</param>
internal sealed record LandmarkGroup(string Of, int LongSide, IReadOnlyList<IReadOnlyList<Searched>> Members)
{
    // Of the picture, along both axes: with a tolerance of a tenth, a match that just stays where it was is wrong.
    private const float LeastShift = 0.12f;
    private const float GreatestShift = 0.15f;

    /// <summary>Makes a group.</summary>
    /// <param name="of">Where the pictures are from.</param>
    /// <param name="pictures">Each with its name, which decides its shifts; those without landmarks are left out.</param>
    /// <param name="longSide">The size to be had, px.</param>
    public static LandmarkGroup Make(string of, IReadOnlyList<(string Name, Marked Picture)> pictures, int longSide) => new(
        of, longSide,
        [
            .. pictures.Where(p => p.Picture.Points.Count > 0)
                .Select(p => Changed(p.Picture.At(longSide), HeldOut.Stream($"shift of {p.Name}", 0))),
        ]);

    private static Searched[] Changed(Marked picture, Drawing.SceneRandom random)
    {
        var x = random.Between(LeastShift, GreatestShift) * (random.Chance(0.5) ? 1 : -1);
        var y = random.Between(LeastShift, GreatestShift);
        return
        [
            new(Change.None, picture),
            new(Change.Mirrored, picture.Mirrored()),
            new(Change.Shifted, picture.Shifted(x, y)),
            new(Change.Shifted, picture.Shifted(-x, -y)),
        ];
    }
}
