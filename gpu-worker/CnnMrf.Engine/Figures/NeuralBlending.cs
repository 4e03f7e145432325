using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Figures;

/// <summary>A blend at one layer.</summary>
/// <param name="Layer"><c>pixels</c> or the layer's name.</param>
/// <param name="Error">‖Φ(X) − target‖² / ‖target‖² of the reconstruction; 0 at pixels.</param>
public sealed record FigureBlend(string Layer, double Error);

/// <summary>The neural blending figure.</summary>
/// <param name="A">The patch of the first picture.</param>
/// <param name="B">The patch of the second.</param>
/// <param name="Blends">One a layer.</param>
/// <param name="Pictures">The blends, 32×32 px, one a layer.</param>
/// <param name="Sheet">The picture.</param>
public sealed record BlendingFigure(
    FigurePatch A, FigurePatch B, IReadOnlyList<FigureBlend> Blends, IReadOnlyList<Picture> Pictures, Sheet Sheet);

/// <summary>
/// Neural blending (Li and Wand 2016, figure 3): two patches are averaged, as pixels and as features, and a picture is sought whose
/// features are the average. Pixels give a double exposure; deep features one thing with properties of both.
/// </summary>
public static class NeuralBlending
{
    // Free pixels around the patch: what its features see beyond it.
    private const int Margin = 16;
    private const int History = 10;
    private const double Smooth = 0.3;

    /// <summary>Makes the figure.</summary>
    /// <param name="network">The features.</param>
    /// <param name="a">The first picture.</param>
    /// <param name="b">The second.</param>
    /// <param name="atA">A place of the first; null: a patch with a good match is chosen.</param>
    /// <param name="atB">A place of the second; null: the best match of the first's patch, at relu4_1 or the deepest layer
    /// there is.</param>
    /// <param name="iterations">L-BFGS iterations a layer, 1 or more.</param>
    /// <param name="labels">What the pictures are called.</param>
    /// <param name="ct">Looked at between iterations.</param>
    /// <exception cref="SettingsException">A place is not in its picture.</exception>
    public static BlendingFigure Make(
        FigureNetwork network, FigurePicture a, FigurePicture b, FigurePoint? atA, FigurePoint? atB, int iterations,
        (string A, string B) labels, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        using var scope = NewDisposeScope();
        var (mapsA, mapsB) = (network.Maps(a.Shown), network.Maps(b.Shown));
        var (cornerA, cornerB) = Choose(network, a, b, mapsA, mapsB, atA, atB);
        var (blends, pictures) = (new List<FigureBlend>(), new List<Picture>());
        foreach (var layer in network.Layers)
        {
            using var one = NewDisposeScope();
            var target = PatchSearch.Patch(mapsA[layer], layer, cornerA.X, cornerA.Y)
                .Plus(PatchSearch.Patch(mapsB[layer], layer, cornerB.X, cornerB.Y)) * Scalars.Of(0.5);
            var (picture, error) = layer.Layer is { } deep
                ? Reconstruct(network, deep, layer, target, iterations, ct)
                : (network.Features.Input.ToPicture(target), 0.0);
            blends.Add(new(layer.Name, error));
            pictures.Add(picture);
        }

        return new(
            a.Patch(cornerA.X, cornerA.Y), b.Patch(cornerB.X, cornerB.Y), blends, pictures,
            BlendingSheet.Draw(network, a.Crop(cornerA.X, cornerA.Y), b.Crop(cornerB.X, cornerB.Y), blends, pictures, labels, iterations));
    }

    private static ((int X, int Y) A, (int X, int Y) B) Choose(
        FigureNetwork network, FigurePicture a, FigurePicture b, Dictionary<FigureLayer, Tensor> mapsA,
        Dictionary<FigureLayer, Tensor> mapsB, FigurePoint? atA, FigurePoint? atB)
    {
        var layer = network.Layers.Last(l => l.Layer is not { } deep || deep.Block <= 4);
        if (atB is { } there)
        {
            var second = b.Snap(there, "--at-b");
            return (atA is { } here ? a.Snap(here, "--at") : Match(mapsB[layer], mapsA[layer], layer, second).Corner, second);
        }

        (int X, int Y)[] candidates = atA is { } place ? [a.Snap(place, "--at")] : [.. QueryChoice.Of(a, mapsA[layer], layer, 6)];
        var (first, best) = candidates.Select(c => (A: c, B: Match(mapsA[layer], mapsB[layer], layer, c))).MaxBy(p => p.B.Score);
        return (first, best.Corner);
    }

    // The best match on the lattice, where every layer has whole cells.
    private static ((int X, int Y) Corner, double Score) Match(Tensor from, Tensor to, FigureLayer layer, (int X, int Y) corner)
    {
        using var scope = NewDisposeScope();
        var scores = PatchSearch.Scores(PatchSearch.Patch(from, layer, corner.X, corner.Y), to);
        // As far as the deepest layer's cells go.
        var step = FigureLayer.Lattice / layer.Scale;
        var rows = (FigurePicture.LastCorner((int)to.shape[2] * layer.Scale) / layer.Scale) + 1;
        var columns = (FigurePicture.LastCorner((int)to.shape[3] * layer.Scale) / layer.Scale) + 1;
        var (row, column, score) = PatchSearch.Best(scores.narrow(0, 0, rows).narrow(1, 0, columns).contiguous(), step);
        return ((column * layer.Scale, row * layer.Scale), score);
    }

    private static (Picture Picture, double Error) Reconstruct(
        FigureNetwork network, LayerName deep, FigureLayer layer, Tensor target, int iterations, CancellationToken ct)
    {
        const int side = FigureLayer.Footprint + (2 * Margin);
        var space = network.Features.Input;
        using var generator = new Generator((ulong)(uint)network.Seed, CPU);
        // Grey with a little noise: nothing of either patch is there before the features put it there.
        var start = rand([1, 3, side, side], ScalarType.Float64, CPU, generator: generator)
            .mul_(Scalars.Of(0.02)).add_(Scalars.Of(0.49), Scalars.Of(1));
        var x = space.From(start, Features.PixelSpace.Pixels).to(network.Type, network.Device);
        var size = target.Squared().sum(ScalarType.Float64).Number();
        var mean = size / target.numel();
        var error = 0.0;

        Evaluation Evaluate(Tensor v)
        {
            ct.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            var trace = network.Features.Trace(v, [deep]);
            var features = trace.Features[deep];
            var difference = Middle(features) - target;
            error = difference.Squared().sum(ScalarType.Float64).Number() / Math.Max(size, 1e-12);
            // As in the balanced objective: values of X, over count and size of what is aimed at.
            var factor = v.numel() / (target.numel() * Math.Max(mean, 1e-12));
            var slopes = zeros_like(features);
            Middle(slopes).copy_(difference).mul_(Scalars.Of(2 * factor));
            var gradient = trace.Gradient(new Dictionary<LayerName, Tensor> { [deep] = slopes });
            var (smoothness, slope) = Smoothness.Evaluate(v);
            var value = (factor * error * size) + (Smooth * smoothness);
            return new(value, gradient.Plus(slope * Scalars.Of(Smooth)).MoveToOuterDisposeScope());
        }

        Tensor Middle(Tensor map) => map.narrow(2, Margin / layer.Scale, layer.Cells).narrow(3, Margin / layer.Scale, layer.Cells);

        using var optimizer = new Lbfgs(x, Evaluate(x), new(History));
        var (best, least, bestError) = (optimizer.X.clone(), optimizer.Value, error);
        for (var n = 0; n < iterations; n++)
        {
            optimizer.Step(Evaluate);
            if (optimizer.Value < least)
            {
                best.Dispose();
                (best, least, bestError) = (optimizer.X.clone(), optimizer.Value, error);
            }
        }

        var patch = best.narrow(2, Margin, FigureLayer.Footprint).narrow(3, Margin, FigureLayer.Footprint);
        return (space.ToPicture(patch), bestError);
    }
}
