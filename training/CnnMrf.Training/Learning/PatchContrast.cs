using CnnMrf.Engine.Native;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Pairs;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Training.Learning;

/// <summary>
/// The loss that makes features match (InfoNCE, van den Oord et al. 2018) on what matching uses, the normalised cross-correlation of
/// patches: of all patches of the other picture, and of some of the other pairs', the true one shall win.
/// </summary>
/// <param name="Layer">Rectified layer, e.g. <c>relu3_1</c>.</param>
/// <param name="Scale">Pixels a cell.</param>
/// <param name="PatchSize">1 or 3 cells.</param>
/// <param name="Queries">Queries a pair at most.</param>
/// <param name="SameSceneWeight">Weight for pairs of one scene.</param>
/// <param name="LandmarkWeight">Weight for pairs of individuals.</param>
public sealed record PatchContrast(
    string Layer, int Scale, int PatchSize, int Queries, double SameSceneWeight, double LandmarkWeight)
{
    // Patches of other pairs' pictures that each query is also held against, a pair.
    private const int Strangers = 40;

    // The smallest norm that is divided by.
    private const double Least = 1e-6;

    private int Reach => PatchSize / 2;

    /// <summary>The loss of a batch.</summary>
    /// <param name="pairs">The pairs; the features hold first pictures, then second ones.</param>
    /// <param name="features">[2N, C, H, W].</param>
    /// <param name="logScale">ln of the inverse temperature; learnt.</param>
    /// <param name="random">Which queries and strangers.</param>
    public Tensor Loss(IReadOnlyList<ScenePair> pairs, Tensor features, Tensor logScale, SceneRandom random)
    {
        var cells = (int)features.shape[2];
        var channels = (int)features.shape[1];
        var inner = cells - (2 * Reach);
        var rows = features.permute(0, 2, 3, 1).reshape(-1, channels);
        var scale = logScale.clamp_max(Scalars.Of(Math.Log(60))).exp();

        var targets = pairs.Select(p => Targets(p, inner, random)).ToArray();
        var strangers = Enumerable.Range(0, pairs.Count)
            .Select(p => Enumerable.Range(0, Strangers).Select(_ => random.Below(inner * inner)).ToArray()).ToArray();
        var losses = new List<Tensor>();

        // One gathering for all: each would cost a gradient of the whole map's size.
        var gathered = Normalised(Gather(rows, cells,
        [
            .. strangers.SelectMany((s, p) => s.Select(cell => (pairs.Count + p, cell))),
            .. targets.SelectMany((t, p) => t.Select(target => (p, target.Cell))),
        ]));
        var foreign = gathered.narrow(0, 0, pairs.Count * Strangers);
        var first = pairs.Count * Strangers;
        for (var p = 0; p < pairs.Count; first += targets[p].Count, p++)
        {
            var weight = pairs[p].SameScene ? SameSceneWeight : LandmarkWeight;
            if (targets[p].Count == 0 || weight == 0)
            {
                continue;
            }

            var queries = gathered.narrow(0, first, targets[p].Count);
            var own = Keys(features, pairs.Count + p, queries);
            var others = queries.matmul(foreign.t());
            var (positive, ignored) = Masks(targets[p], inner);
            var known = new float[pairs.Count * Strangers];
            Array.Fill(known, float.NegativeInfinity, p * Strangers, Strangers);
            var logits = cat([own * scale + ignored, others * scale + tensor(known)], 1);
            var right = (own * scale + positive).logsumexp(1);
            losses.Add((logits.logsumexp(1) - right).mean() * Scalars.Of(weight));
        }

        return losses.Count == 0 ? zeros(1).sum() : stack(losses).sum() / Scalars.Of(pairs.Count);
    }

    private static Tensor Normalised(Tensor patches) => patches / (patches.square().sum(1, keepdim: true) + Scalars.Of(Least)).sqrt();

    // [q, k²·C]: the patches whose first corner lies at a cell of the inner grid.
    private Tensor Gather(Tensor rows, int cells, (int Picture, int Cell)[] places)
    {
        var inner = cells - (2 * Reach);
        var index = new List<long>(places.Length * PatchSize * PatchSize);
        foreach (var (picture, cell) in places)
        {
            for (var dy = 0; dy < PatchSize; dy++)
            {
                for (var dx = 0; dx < PatchSize; dx++)
                {
                    index.Add((((long)picture * cells) + (cell / inner) + dy) * cells + (cell % inner) + dx);
                }
            }
        }

        var found = rows.index_select(0, tensor(index.ToArray())).to(ScalarType.Float32);
        return found.view(index.Count / (PatchSize * PatchSize), -1);
    }

    // [q, inner²]: NCC of normalised queries with every patch of a picture, as a convolution.
    private Tensor Keys(Tensor features, int picture, Tensor queries)
    {
        var map = features.narrow(0, picture, 1);
        var channels = map.shape[1];
        var filters = queries.view(-1, PatchSize, PatchSize, channels).permute(0, 3, 1, 2).to(map.dtype);
        var products = conv2d(map, filters, null, strides: [1, 1], padding: [0, 0]).to(ScalarType.Float32);
        var squares = map.to(ScalarType.Float32).square().sum(1, keepdim: true);
        var norms = (avg_pool2d(squares, PatchSize, 1) * Scalars.Of(PatchSize * PatchSize) + Scalars.Of(Least)).sqrt();
        return (products / norms).flatten(2)[0];
    }

    private List<(int Cell, float X, float Y, float Radius)> Targets(ScenePair pair, int inner, SceneRandom random)
    {
        var found = new List<(int, float, float, float)>();
        var order = Enumerable.Range(0, pair.Points.Length).ToArray();
        for (var i = 0; i < order.Length && found.Count < Queries; i++)
        {
            var other = i + random.Below(order.Length - i);
            (order[i], order[other]) = (order[other], order[i]);
            var point = pair.Points[order[i]];
            // The patch around a place has its middle cell there.
            var column = (int)MathF.Floor(point.AX / Scale) - Reach;
            var row = (int)MathF.Floor(point.AY / Scale) - Reach;
            // The place in the second picture of the query cell's middle, not of the point beside it.
            var x = ((point.BX + (Middle(column) - point.AX)) / Scale) - Reach - 0.5f;
            var y = ((point.BY + (Middle(row) - point.AY)) / Scale) - Reach - 0.5f;
            if (column < 0 || row < 0 || column >= inner || row >= inner || x < -0.5f || y < -0.5f || x > inner - 0.5f || y > inner - 0.5f)
            {
                continue;
            }

            found.Add(((row * inner) + column, x, y, pair.SameScene ? 0 : 0.03f * pair.Side / Scale));
        }

        return found;

        float Middle(int cell) => (cell + Reach + 0.5f) * Scale;
    }

    // Added to logits. Positive: 0 at the nearest patch (and within a landmark's radius), −∞ elsewhere. Ignored: −∞ at the other patches
    // nearer than 1½ cells, which are neither right nor wrong.
    private static (Tensor Positive, Tensor Ignored) Masks(List<(int Cell, float X, float Y, float Radius)> targets, int inner)
    {
        var positive = new float[targets.Count * inner * inner];
        var ignored = new float[positive.Length];
        Array.Fill(positive, float.NegativeInfinity);
        for (var i = 0; i < targets.Count; i++)
        {
            var (_, x, y, radius) = targets[i];
            var (nearX, nearY) = (Math.Clamp((int)MathF.Round(x), 0, inner - 1), Math.Clamp((int)MathF.Round(y), 0, inner - 1));
            var reach = (int)MathF.Ceiling(1.5f + radius);
            for (var row = Math.Max(0, nearY - reach); row <= Math.Min(inner - 1, nearY + reach); row++)
            {
                for (var column = Math.Max(0, nearX - reach); column <= Math.Min(inner - 1, nearX + reach); column++)
                {
                    var place = (((i * inner) + row) * inner) + column;
                    var distance = Math.Max(Math.Abs(row - y), Math.Abs(column - x));
                    if ((row == nearY && column == nearX) || distance <= radius)
                    {
                        positive[place] = 0;
                    }
                    else if (distance < 1.5f + radius)
                    {
                        ignored[place] = float.NegativeInfinity;
                    }
                }
            }
        }

        return (tensor(positive, [targets.Count, inner * inner]), tensor(ignored, [targets.Count, inner * inner]));
    }
}
