using System.Collections.Concurrent;
using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Native;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Evaluation.Correspondence;
using CnnMrf.Training.Evaluation.Landmarks;
using CnnMrf.Training.Kinds;
using SkiaSharp;

namespace CnnMrf.Training.Evaluation;

/// <summary>
/// The pictures that features are evaluated on, drawn, warped and restyled once, for any number of networks. The same options give the
/// same pictures.
/// </summary>
public sealed class EvaluationMaterial
{
    private EvaluationMaterial(IReadOnlyList<RestyledPicture> restyled, IReadOnlyList<LandmarkGroup> groups, bool withMirrorImages) =>
        (Restyled, Groups, WithMirrorImages) = (restyled, groups, withMirrorImages);

    internal IReadOnlyList<RestyledPicture> Restyled { get; }

    internal IReadOnlyList<LandmarkGroup> Groups { get; }

    internal bool WithMirrorImages { get; }

    /// <summary>Draws and restyles everything.</summary>
    /// <param name="options">What.</param>
    /// <param name="ct">Stops between two pictures.</param>
    /// <exception cref="EvaluationException">There is neither a kind nor a picture, or a picture is too narrow.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static EvaluationMaterial Prepare(EvaluationOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Kinds.Count == 0 && options.Pictures.Count == 0)
        {
            throw new EvaluationException("there is nothing to evaluate on; give kinds of scenes to draw, or pictures");
        }

        CheckShapes(options);
        TorchRuntime.EnsureLoaded();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(1, TorchSharp.torch.get_num_threads()),
            CancellationToken = ct,
        };
        return new(Restyle(options, parallel), Group(options, parallel), options.WithMirrorImages);
    }

    private static void CheckShapes(EvaluationOptions options)
    {
        var least = Matching.PatchSize * FeatureReader.Layers[^1].Scale;
        var sizes = options.RestyledSizes.Select(s => s.LongSide).Concat(options.LandmarkSizes).ToArray();
        foreach (var picture in options.Pictures)
        {
            if (sizes.Select(s => picture.Picture.Size.WithLongSide(s)).FirstOrDefault(s => s.ShortSide < least) is { LongSide: > 0 } small)
            {
                throw new EvaluationException(
                    $"{picture.Name} would be {small} px, too narrow for a patch of {least}x{least} px; crop it or take it out");
            }
        }
    }

    private static RestyledPicture[] Restyle(EvaluationOptions options, ParallelOptions parallel)
    {
        var jobs = new List<(string Of, string Name, Lazy<Picture> Picture, int LongSide, int Warps)>();
        foreach (var picture in options.Pictures)
        {
            jobs.AddRange(options.RestyledSizes.Where(s => s.Warps > 0).Select(s => (
                EvaluationReport.OfPictures, picture.Name, new Lazy<Picture>(picture.Picture), s.LongSide, s.Warps)));
        }

        var side = options.RestyledSizes.Select(s => s.LongSide).DefaultIfEmpty(0).Max();
        var most = options.Kinds.Count == 0 ? 0 : options.RestyledSizes.Select(s => s.Scenes).DefaultIfEmpty(0).Max();
        for (var i = 0; i < most; i++)
        {
            var (kind, number) = (options.Kinds[i % options.Kinds.Count], i / options.Kinds.Count);
            var picture = new Lazy<Picture>(() => Draw(kind, "scene", number, side, options.Look).Picture);
            jobs.AddRange(options.RestyledSizes.Where(s => s.Scenes > i).Select(s => (
                EvaluationReport.OfScenes, $"{kind.Name} {number + 1}", picture, s.LongSide, 1)));
        }

        var restyled = new ConcurrentDictionary<int, RestyledPicture>();
        Parallel.For(0, jobs.Count, parallel, i =>
            restyled[i] = RestyledPicture.Make(jobs[i].Of, jobs[i].Name, jobs[i].Picture.Value, jobs[i].LongSide, jobs[i].Warps));
        return [.. restyled.OrderBy(r => r.Key).Select(r => r.Value)];
    }

    private static LandmarkGroup[] Group(EvaluationOptions options, ParallelOptions parallel)
    {
        var side = options.LandmarkSizes.DefaultIfEmpty(0).Max();
        var sources = new List<(string Of, Lazy<IReadOnlyList<(string, Marked)>> Pictures)>
        {
            (EvaluationReport.OfPictures, new(() => [.. options.Pictures.Where(p => p.Landmarks.Count > 0).Select(p => (p.Name,
                new Marked(p.Picture, p.Landmarks.ToDictionary(l => l.Key, l => (l.Value.X, l.Value.Y)))))])),
        };
        foreach (var kind in options.Kinds)
        {
            sources.Add((kind.Name, new(() => [.. Enumerable.Range(0, options.Individuals).Select(i =>
                ($"{kind.Name} {i}", Draw(kind, "individual", i, side, options.Look)))])));
        }

        var jobs = sources.SelectMany(s => options.LandmarkSizes, (s, size) => (s.Of, s.Pictures, Size: size)).ToArray();
        var groups = new ConcurrentDictionary<int, LandmarkGroup>();
        Parallel.For(0, jobs.Length, parallel, i => groups[i] = LandmarkGroup.Make(jobs[i].Of, jobs[i].Pictures.Value, jobs[i].Size));
        return [.. groups.OrderBy(g => g.Key).Select(g => g.Value).Where(g => g.Members.Count > 1)];
    }

    private static Marked Draw(ISceneKind kind, string purpose, int number, int side, Func<SceneRandom, ILook> look)
    {
        var random = HeldOut.Stream($"{purpose} of {kind.Name}", number);
        using var scene = kind.Paint(side, SKMatrix.Identity, look(random.Fork()), random.Fork());
        var points = scene.SingleLandmarks.ToDictionary(l => l.Name, l => ((double)l.X / side, (double)l.Y / side));
        return new(scene.Picture.ToPicture(), points);
    }
}
