namespace CnnMrf.Engine.Places;

/// <summary>The normal equations of a weighted affine fit.</summary>
internal sealed class AffineSums
{
    // Slopes of the prior weigh less than its value: over a node's reach they make so much less of a difference.
    private const double SlopeShare = 0.05;

    private double _w, _x, _y, _xx, _xy, _yy, _u, _ux, _uy, _v, _vx, _vy;

    /// <summary>Adds a pair: a place, from the middle, and where it was found.</summary>
    public void Add(double x, double y, double u, double v, double weight)
    {
        (_w, _x, _y) = (_w + weight, _x + (weight * x), _y + (weight * y));
        (_xx, _xy, _yy) = (_xx + (weight * x * x), _xy + (weight * x * y), _yy + (weight * y * y));
        (_u, _ux, _uy) = (_u + (weight * u), _ux + (weight * u * x), _uy + (weight * u * y));
        (_v, _vx, _vy) = (_v + (weight * v), _vx + (weight * v * x), _vy + (weight * v * y));
    }

    /// <summary>The best map about the middle, beside a prior about the same; null where the pairs do not determine one.</summary>
    public Affine? Solve(double x, double y, in Affine prior, double priorWeight)
    {
        var slope = priorWeight * SlopeShare;
        var (w, xx, yy) = (_w + priorWeight, _xx + slope, _yy + slope);

        // Cofactors of the symmetric matrix [w x y; x xx xy; y xy yy].
        var (c0, c1, c2) = ((xx * yy) - (_xy * _xy), (_y * _xy) - (_x * yy), (_x * _xy) - (_y * xx));
        var (c11, c12, c22) = ((w * yy) - (_y * _y), (_x * _y) - (w * _xy), (w * xx) - (_x * _x));
        var determinant = (w * c0) + (_x * c1) + (_y * c2);
        if (!(determinant > 1e-12 * w * (xx + yy) * (xx + yy)))
        {
            return null;
        }

        var (u, ux, uy) = (_u + (priorWeight * prior.U), _ux + (slope * prior.UX), _uy + (slope * prior.UY));
        var (v, vx, vy) = (_v + (priorWeight * prior.V), _vx + (slope * prior.VX), _vy + (slope * prior.VY));
        return new(
            x, y,
            ((c0 * u) + (c1 * ux) + (c2 * uy)) / determinant,
            ((c1 * u) + (c11 * ux) + (c12 * uy)) / determinant,
            ((c2 * u) + (c12 * ux) + (c22 * uy)) / determinant,
            ((c0 * v) + (c1 * vx) + (c2 * vy)) / determinant,
            ((c1 * v) + (c11 * vx) + (c12 * vy)) / determinant,
            ((c2 * v) + (c12 * vx) + (c22 * vy)) / determinant);
    }
}
