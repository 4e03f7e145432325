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

    // Around the true place in the same scene, cells: nearer patches are not wrong.
    private const float NearSameScene = 1.5f;

    // Around a landmark of another individual, pictures' sides: nearer patches are right, and not wrong. What evaluation counts as found
    // lies within a tenth: what lies a little further off is to lose.
    private const float RightLandmark = 0.03f;
    private const float NearLandmark = 0.09f;

    // The smallest norm that is divided by.
    private const double Least = 1e-6;

    private int Reach => PatchSize / 2;

    /// <summary>Chooses queries and strangers, and finds the queries' true places.</summary>
    /// <param name="pairs">The pairs, all of one side.</param>
    /// <param name="random">Which.</param>
    public PatchQueries Choose(IReadOnlyList<ScenePair> pairs, SceneRandom random)
    {
        var cells = pairs[0].Side / Scale;
        var inner = cells - (2 * Reach);
        var targets = pairs.Select(p => Targets(p, inner, random)).ToArray();
        var count = targets.Max(t => t.Count);
        var places = new List<(int Picture, int Cell)>();
        for (var p = 0; p < pairs.Count; p++)
        {
            places.AddRange(Enumerable.Range(0, Strangers).Select(_ => (pairs.Count + p, random.Below(inner * inner))));
        }

        // Every pair has as many queries as the one with most; those that fill up weigh nothing.
        float[] PerQuery() => new float[pairs.Count * count];
        var (x, y, radius, near, weight) = (PerQuery(), PerQuery(), PerQuery(), PerQuery(), PerQuery());
        for (var p = 0; p < pairs.Count; p++)
        {
            for (var q = 0; q < count; q++)
            {
                var at = (p * count) + q;
                var target = q < targets[p].Count ? targets[p][q] : default;
                places.Add((p, target.Cell));
                (x[at], y[at], radius[at], near[at]) = (target.X, target.Y, target.Radius, target.Near);
                weight[at] = q < targets[p].Count
                    ? (float)(pairs[p].SameScene ? SameSceneWeight : LandmarkWeight) / (targets[p].Count * pairs.Count) : 0;
            }
        }

        return new(pairs.Count, count, Cells(places, cells), x, y, radius, near, weight);
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="chosen">What was chosen for it.</param>
    /// <param name="features">[2N, C, H, W], first pictures, then second ones.</param>
    /// <param name="logScale">ln of the inverse temperature; learnt.</param>
    public Tensor Loss(PatchQueries chosen, Tensor features, Tensor logScale)
    {
        var (pairs, count, device) = (chosen.Pairs, chosen.Count, features.device);
        if (count == 0)
        {
            return zeros(1, device: device).sum();
        }

        // One gathering for all: each would cost a gradient of the whole map's size.
        var gathered = Normalised(Gather(features, chosen.Cells));
        var foreign = gathered.narrow(0, 0, pairs * Strangers);
        var asked = gathered.narrow(0, pairs * Strangers, pairs * count);

        var scale = logScale.clamp_max(Scalars.Of(Math.Log(60))).exp();
        var own = Correlations(asked.view(pairs, count, -1), features.narrow(0, pairs, pairs)) * scale;
        var pairOf = TensorArithmetic.Range(pairs, ScalarType.Int64, device);
        var known = pairOf.view(-1, 1, 1) == pairOf.repeat_interleave(Strangers).view(1, 1, -1);
        var others = (asked.matmul(foreign.t()) * scale).view(pairs, count, -1).masked_fill(known, Scalars.Of(double.NegativeInfinity));

        var (right, ignored) = Judge(chosen, (int)features.shape[2] - (2 * Reach), device);
        var all = cat([own.masked_fill(ignored, Scalars.Of(double.NegativeInfinity)), others], 2).logsumexp(2);
        var won = own.masked_fill(right.logical_not(), Scalars.Of(double.NegativeInfinity)).logsumexp(2);
        return ((all - won) * tensor(chosen.Weight, [pairs, count], device: device)).sum();
    }

    private static Tensor Normalised(Tensor patches) => patches / patches.Squared().sum(1, keepdim: true).Plus(Least).sqrt();

    // The k² cells, counted over all pictures' maps, of the patches whose first corner lies at a cell of the inner grid.
    private long[] Cells(List<(int Picture, int Cell)> places, int cells)
    {
        var inner = cells - (2 * Reach);
        var index = new long[places.Count * PatchSize * PatchSize];
        var at = 0;
        foreach (var (picture, cell) in places)
        {
            for (var dy = 0; dy < PatchSize; dy++)
            {
                for (var dx = 0; dx < PatchSize; dx++)
                {
                    index[at++] = (((((long)picture * cells) + (cell / inner) + dy) * cells) + (cell % inner)) + dx;
                }
            }
        }

        return index;
    }

    // [q, C·k²], in the order of unfold.
    private Tensor Gather(Tensor features, long[] cells)
    {
        var area = PatchSize * PatchSize;
        var rows = features.permute(0, 2, 3, 1).reshape(-1, features.shape[1]);
        var found = rows.index_select(0, tensor(cells, device: features.device)).to(ScalarType.Float32);
        return found.view(cells.Length / area, area, -1).transpose(1, 2).reshape(cells.Length / area, -1);
    }

    // [N, q, inner²]: NCC of normalised queries [N, q, C·k²] with every patch of their pair's second picture.
    private Tensor Correlations(Tensor queries, Tensor maps)
    {
        var patches = unfold(maps, (PatchSize, PatchSize));
        var products = queries.to(maps.dtype).bmm(patches).to(ScalarType.Float32);
        var squares = maps.to(ScalarType.Float32).Squared().sum(1, keepdim: true);
        var norms = (avg_pool2d(squares, PatchSize, 1) * Scalars.Of(PatchSize * PatchSize)).Plus(Least).sqrt();
        return products / norms.flatten(2);
    }

    private List<Target> Targets(ScenePair pair, int inner, SceneRandom random)
    {
        var found = new List<Target>();
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

            var side = (float)pair.Side / Scale;
            found.Add(pair.SameScene
                ? new((row * inner) + column, x, y, 0, NearSameScene)
                : new((row * inner) + column, x, y, RightLandmark * side, NearLandmark * side));
        }

        return found;

        float Middle(int cell) => (cell + Reach + 0.5f) * Scale;
    }

    // [N, q, inner²] each. Right is the nearest patch (and those within a landmark's radius); ignored are the others that are near, which
    // are neither right nor wrong.
    private static (Tensor Right, Tensor Ignored) Judge(PatchQueries chosen, int inner, Device device)
    {
        Tensor Of(float[] values) => tensor(values, [chosen.Pairs, chosen.Count, 1], device: device);
        var (x, y, radius, near) = (Of(chosen.X), Of(chosen.Y), Of(chosen.Radius), Of(chosen.Near));
        var line = TensorArithmetic.Range(inner, ScalarType.Float32, device);
        var column = line.repeat(inner).view(1, 1, -1);
        var row = line.repeat_interleave(inner).view(1, 1, -1);
        Tensor Nearest(Tensor place) => place.round().clamp(Scalars.Of(0), Scalars.Of(inner - 1));
        var distance = maximum((row - y).abs(), (column - x).abs());
        var nearest = (row == Nearest(y)).logical_and(column == Nearest(x));
        var right = nearest.logical_or(distance <= radius);
        return (right, (distance < near).logical_and(right.logical_not()));
    }

    // A query: the inner cell of the first picture, its true place among the inner cells of the second, how far around it is right too, and
    // how far not wrong.
    private readonly record struct Target(int Cell, float X, float Y, float Radius, float Near);
}

/// <summary>
/// What <see cref="PatchContrast.Choose"/> chose: numbers for the device, without a tensor, so that any thread may prepare them.
/// </summary>
/// <param name="Pairs">N.</param>
/// <param name="Count">Queries a pair, some of which may weigh nothing.</param>
/// <param name="Cells">Cells of the strangers' patches, then of the queries'.</param>
/// <param name="X">True column among the inner cells of the second picture, by query.</param>
/// <param name="Y">True row.</param>
/// <param name="Radius">How far around it is right too, cells.</param>
/// <param name="Near">How far around it is not wrong, cells.</param>
/// <param name="Weight">Share of the loss.</param>
public sealed record PatchQueries(
    int Pairs, int Count, long[] Cells, float[] X, float[] Y, float[] Radius, float[] Near, float[] Weight);
