using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using static CnnMrf.Engine.Features.OwnNetwork;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Places;

/// <summary>
/// Finds the parts of one picture in another: the best match of each relu4_1 patch by features of our own, at a small size, trusted as far
/// as its own best match leads back.
/// </summary>
internal sealed class PartSearch : IDisposable
{
    private const int LongSide = 192;

    // How far from where it began a way there and back may end, in extents, to count as one that leads back.
    private const double Return = 0.06;

    // NCC of patches that have nothing in common; and what a match weighs at least, there and back or not.
    private const double Unlike = 0.3;
    private const double Least = 0.01;
    private const double LeastReturn = 0.02;

    private readonly OwnNetwork _own = new();
    private readonly FusedMatcher _matcher;

    /// <summary>Loads the features.</summary>
    /// <param name="threads">Threads of the matching.</param>
    public PartSearch(int threads) => _matcher = new(threads);

    /// <summary>
    /// For each of some other pictures: for each patch of a picture its place, and where its match is in the other, and the same for
    /// matches in the other's mirror image; null for null. (A car that faces the other way shows no part in the arrangement of this one's.)
    /// </summary>
    /// <param name="picture">What shows the parts.</param>
    /// <param name="others">Where they are looked for.</param>
    /// <param name="mirrored">Whether mirror images are looked at at all.</param>
    /// <param name="ct">Looked at during matching.</param>
    public IReadOnlyList<(IReadOnlyList<PlacePair> Upright, IReadOnlyList<PlacePair>? Mirrored)?> Find(
        Picture picture, IReadOnlyList<Picture?> others, bool mirrored, CancellationToken ct)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var here = Pool(Small(picture));
        return [.. others.Select(other => other is null ? null : Found(Small(other)))];

        (IReadOnlyList<PlacePair> Upright, IReadOnlyList<PlacePair>? Mirrored)? Found(Picture other) =>
            (Find(here, other, ct), mirrored ? FindMirrored(here, other, ct) : null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matcher.Dispose();
        _own.Dispose();
    }

    private IReadOnlyList<PlacePair> Find(StylePool here, Picture other, CancellationToken ct)
    {
        using var there = Pool(other);
        var (map, otherMap) = (here[0], there[0]);
        var found = _matcher.Match(map.Features, map.Grid, there, MatchOptions.Default, ct);
        var back = _matcher.Match(otherMap.Features, otherMap.Grid, here, MatchOptions.Default, ct);
        return [.. Enumerable.Range(0, map.Grid.Count).Select(i =>
        {
            var ((x, y), (u, v)) = (map.Grid.Centre(i), otherMap.Grid.Centre(found.Index[i]));
            var (endX, endY) = map.Grid.Centre(back.Index[found.Index[i]]);
            var (right, down) = (endX - x, endY - y);
            var returned = Math.Exp(-((right * right) + (down * down)) / (2 * Return * Return));
            return new PlacePair(x, y, u, v, (returned + LeastReturn) * Math.Max(Least, found.Score[i] - Unlike));
        })];
    }

    // Places of the picture itself, found in its mirror image.
    private IReadOnlyList<PlacePair> FindMirrored(StylePool here, Picture other, CancellationToken ct) =>
        [.. Find(here, other.MirrorHorizontally(), ct).Select(p => p with { U = 1 - p.U })];

    private static Picture Small(Picture picture) => picture.Resize(SizeOf(picture.Size, LongSide));

    private StylePool Pool(Picture small)
    {
        using var scope = NewDisposeScope();
        var shown = _own.Features.Input.FromPicture(small, ScalarType.Float32, CPU);
        var features = FeatureMap.FromNchw(_own.Features.Forward(shown, [Layer])[Layer]);
        return new([new(features, features.Grid(PatchSide, 1))]);
    }
}
