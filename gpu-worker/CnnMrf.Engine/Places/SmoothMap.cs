namespace CnnMrf.Engine.Places;

/// <summary>
/// A smooth map from one picture to another through pairs of places of which many are wrong: about every node of a lattice the affine map
/// that most of the pairs around agree on (moving least squares, Levin 1998; made robust by Geman and McClure's weights, 1/(1 + r²/s²)²,
/// found by iterating), drawn gently towards the one that most of all pairs agree on. Between nodes it is bilinear.
/// </summary>
internal sealed class SmoothMap
{
    private const int Nodes = 16;
    private const int Rounds = 8;

    // Pairs as far apart as this from what others say are doubted, and pairs as near as this to a node are asked, in extents.
    private const double Scale = 0.06;
    private const double Reach = 0.12;

    // What the map of all pairs weighs beside those around a node, as a share of the weight of all.
    private const double Gentle = 0.002;

    private readonly (double U, double V)[,] _nodes = new (double, double)[Nodes, Nodes];

    /// <summary>Fits the map.</summary>
    /// <param name="pairs">At least one.</param>
    public SmoothMap(IReadOnlyList<PlacePair> pairs)
    {
        var weight = pairs.Sum(p => p.Weight);

        // A picture may show its parts mirrored: which way round is tried, not found by small steps.
        var whole = new[] { Affine.Identity, Affine.Mirror }
            .Select(start => Fit(pairs, 0, 0, double.PositiveInfinity, start, default, 0))
            .MinBy(map => pairs.Sum(p => p.Weight * Doubt(map.Distance(p))));
        Reverses = (whole.UX * whole.VY) - (whole.UY * whole.VX) < 0;
        for (var row = 0; row < Nodes; row++)
        {
            for (var column = 0; column < Nodes; column++)
            {
                var (x, y) = ((column + 0.5) / Nodes, (row + 0.5) / Nodes);
                var near = whole.About(x, y);
                var map = Fit(pairs, x, y, Reach, near, near, Gentle * weight);
                _nodes[row, column] = (map.U, map.V);
            }
        }

        Support = pairs.Average(p =>
        {
            var (u, v) = At(p.X, p.Y);
            return p.Weight * (1 - Doubt(Square(u - p.U) + Square(v - p.V)));
        });
    }

    /// <summary>The mean weight of the pairs, each as far as it agrees with the map.</summary>
    public double Support { get; }

    /// <summary>Whether it exchanges left and right, by and large.</summary>
    public bool Reverses { get; }

    /// <summary>Where a place is.</summary>
    public (double U, double V) At(double x, double y)
    {
        var (column, row) = (Math.Clamp((x * Nodes) - 0.5, 0, Nodes - 1), Math.Clamp((y * Nodes) - 0.5, 0, Nodes - 1));
        var (i, j) = (Math.Min((int)column, Nodes - 2), Math.Min((int)row, Nodes - 2));
        var (right, down) = (column - i, row - j);
        var (a, b, c, d) = (_nodes[j, i], _nodes[j, i + 1], _nodes[j + 1, i], _nodes[j + 1, i + 1]);
        return (
            (((a.U * (1 - right)) + (b.U * right)) * (1 - down)) + (((c.U * (1 - right)) + (d.U * right)) * down),
            (((a.V * (1 - right)) + (b.V * right)) * (1 - down)) + (((c.V * (1 - right)) + (d.V * right)) * down));
    }

    // r²/(r² + s²): 0 where a pair agrees, towards 1 where it does not.
    private static double Doubt(double squaredDistance) => squaredDistance / (squaredDistance + Square(Scale));

    private static double Square(double value) => value * value;

    private static Affine Fit(
        IReadOnlyList<PlacePair> pairs, double x, double y, double reach, Affine start, Affine prior, double priorWeight)
    {
        // Of an infinite reach all: e⁰.
        double[] weights = [.. pairs.Select(p => p.Weight * Math.Exp(-(Square(p.X - x) + Square(p.Y - y)) / (2 * Square(reach))))];
        var map = start with { X = x, Y = y };
        for (var round = 0; round < Rounds; round++)
        {
            var sums = new AffineSums();
            for (var i = 0; i < weights.Length; i++)
            {
                var pair = pairs[i];
                sums.Add(pair.X - x, pair.Y - y, pair.U, pair.V, weights[i] * Square(1 - Doubt(map.Distance(pair))));
            }

            map = sums.Solve(x, y, prior, priorWeight) ?? map;
        }

        return map;
    }
}
