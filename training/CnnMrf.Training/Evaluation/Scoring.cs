using System.Diagnostics;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Evaluation.Correspondence;
using CnnMrf.Training.Evaluation.Landmarks;
using CnnMrf.Training.Pairs;
using static TorchSharp.torch;

namespace CnnMrf.Training.Evaluation;

/// <summary>Measures one network on prepared pictures.</summary>
internal sealed class Scoring : IDisposable
{
    private readonly FeatureReader _reader;
    private readonly IPatchMatcher _matcher;
    private readonly EvaluationMaterial _material;
    private readonly Action<double> _progress;
    private readonly CancellationToken _ct;
    private readonly double _work;
    private double _done;

    private Scoring(NetworkWeights weights, EvaluationMaterial material, Action<double> progress, CancellationToken ct)
    {
        // First what may be refused: a matcher has threads.
        _reader = new(weights);
        _matcher = PatchMatchers.For(ScalarType.Float32, CPU, Math.Max(1, get_num_threads()));
        (_material, _progress, _ct) = (material, progress, ct);
        _work = material.Restyled.Sum(r => Work(r.LongSide) * r.Selves.Count)
            + material.Groups.Sum(g => Work(g.LongSide) * g.Members.Sum(m => m.Count));
    }

    /// <summary>Measures a network.</summary>
    /// <param name="name">What the report calls it.</param>
    /// <param name="weights">At least up to relu4_1.</param>
    /// <param name="material">What it is measured on.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="ct">Stops the work.</param>
    public static FeatureScores Measure(
        string name, NetworkWeights weights, EvaluationMaterial material, Action<double> progress, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        using var scoring = new Scoring(weights, material, progress, ct);
        var restyled = material.Restyled.GroupBy(r => (r.Of, r.LongSide)).SelectMany(scoring.Restyled).ToArray();
        var landmarks = material.Groups.SelectMany(scoring.Landmarks).ToArray();
        return new(name, weights.Kind, restyled, landmarks, clock.Elapsed.TotalSeconds);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _matcher.Dispose();
    }

    // Reading grows with the area, matching with its square.
    private static double Work(int longSide) => Math.Pow(longSide / 96.0, 3);

    private static void Add<T>(Dictionary<T, Closeness> sums, T key, Closeness found)
        where T : notnull
    {
        if (!sums.TryGetValue(key, out var sum))
        {
            sums[key] = sum = new();
        }

        sum.Add(found);
    }

    private List<RestyledScore> Restyled(IGrouping<(string Of, int LongSide), RestyledPicture> pictures)
    {
        var found = new Dictionary<(LayerName Layer, string Restyling, string Picture), Closeness>();
        foreach (var picture in pictures)
        {
            var original = _reader.Read(picture.Picture);
            foreach (var self in picture.Selves)
            {
                _ct.ThrowIfCancellationRequested();
                foreach (var (layer, features) in _reader.Read(self.Picture))
                {
                    using var pool = Matching.Pool(features);
                    Add(found, (layer, self.Restyling, picture.Name),
                        Matching.Compare(_matcher, original[layer], pool, self.Warp, layer.Scale, _ct));
                }

                Advance(picture.LongSide);
            }

            foreach (var features in original.Values)
            {
                features.Dispose();
            }
        }

        return
        [
            .. found.GroupBy(f => f.Key.Layer).OrderBy(g => g.Key).Select(g =>
            {
                var all = Sum(g.Select(f => f.Value));
                return new RestyledScore(
                    pictures.Key.Of, pictures.Key.LongSide, g.Key.ToString(), all.Within1, all.Within2, all.Within4, all.Count,
                    g.GroupBy(f => f.Key.Restyling).ToDictionary(r => r.Key, r => Sum(r.Select(f => f.Value)).Within2),
                    g.GroupBy(f => f.Key.Picture).ToDictionary(p => p.Key, p => Sum(p.Select(f => f.Value)).Within2));
            }),
        ];
    }

    private List<LandmarkScore> Landmarks(LandmarkGroup group)
    {
        var pools = group.Members.Select(m => Pools(m[0].Picture)).ToArray();
        var found = new List<FoundLandmark>();
        for (var other = 0; other < pools.Length; other++)
        {
            foreach (var searched in group.Members[other])
            {
                _ct.ThrowIfCancellationRequested();
                var plain = searched.Change == Change.None;
                var there = plain ? pools[other] : Pools(searched.Picture);
                Look([searched.Picture], there, either: false);
                if (!plain)
                {
                    Release(there);
                }

                if (!plain && _material.WithMirrorImages)
                {
                    Marked[] copies = [searched.Picture, searched.Picture.Mirrored()];
                    var both = Pools(copies);
                    Look(copies, both, either: true);
                    Release(both);
                }

                Advance(group.LongSide);

                void Look(IReadOnlyList<Marked> others, Dictionary<LayerName, StylePool> within, bool either)
                {
                    foreach (var (layer, pool) in within)
                    {
                        for (var one = 0; one < pools.Length; one++)
                        {
                            if (one != other)
                            {
                                var from = group.Members[one][0].Picture;
                                var opposite = Facing.AreOpposite(from.Columns, others[0].Columns);
                                found.AddRange(LandmarkSearch
                                    .Find(_matcher, from, pools[one][layer][0].Features, others, pool, layer.Scale, _ct)
                                    .Select(f => new FoundLandmark(layer, searched.Change, either, opposite, f.Name, f.Right)));
                            }
                        }
                    }
                }
            }
        }

        foreach (var pool in pools)
        {
            Release(pool);
        }

        return
        [
            .. found.GroupBy(f => f.Layer).OrderBy(g => g.Key).Select(g =>
            {
                var alone = g.Where(f => !f.Either).ToArray();
                var subject = alone.Where(f => !f.IsBackground).ToArray();
                var moved = alone.Where(f => f.Change != Change.None).ToArray();
                var background = moved.Where(f => f.IsBackground);
                var either = g.Where(f => f.Either && !f.IsBackground).ToArray();
                var still = subject.Where(f => f.Change != Change.Shifted).ToArray();
                double Share(Change change) => Of(subject, change);
                return new LandmarkScore(
                    group.Of, group.LongSide, g.Key.ToString(), Share(Change.None), Share(Change.Mirrored), Share(Change.Shifted),
                    either.Length == 0 ? null : (Of(either, Change.Mirrored) + Of(either, Change.Shifted)) / 2,
                    Right(background), Right(still.Where(f => !f.Opposite)), Right(still.Where(f => f.Opposite)), subject.Length,
                    moved.GroupBy(f => f.Name).OrderBy(n => n.Key, StringComparer.Ordinal).ToDictionary(n => n.Key, n => Right(n)!.Value));
            }),
        ];
    }

    private static double Of(IEnumerable<FoundLandmark> found, Change change) => Right(found.Where(f => f.Change == change)) ?? 0;

    private static double? Right(IEnumerable<FoundLandmark> found) => found.Average(f => f.Right ? 1 : (double?)0);

    private static Closeness Sum(IEnumerable<Closeness> parts)
    {
        var sum = new Closeness();
        foreach (var part in parts)
        {
            sum.Add(part);
        }

        return sum;
    }

    private static void Release(Dictionary<LayerName, StylePool> pools)
    {
        foreach (var pool in pools.Values)
        {
            pool.Dispose();
        }
    }

    private Dictionary<LayerName, StylePool> Pools(params Marked[] copies) =>
        copies.SelectMany(c => _reader.Read(c.Picture)).GroupBy(f => f.Key)
            .ToDictionary(g => g.Key, g => Matching.Pool([.. g.Select(f => f.Value)]));

    private void Advance(int longSide)
    {
        _done += Work(longSide);
        _progress(Math.Min(1, _done / _work));
    }

    // Either: whether the mirror image was searched too. Opposite: whether what is searched faces the other way.
    private readonly record struct FoundLandmark(
        LayerName Layer, Change Change, bool Either, bool Opposite, string Name, bool Right)
    {
        public bool IsBackground => Name.StartsWith(Landmark.BackgroundPrefix, StringComparison.Ordinal);
    }
}
