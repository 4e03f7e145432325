namespace CnnMrf.Core.Pictures;

/// <summary>A symmetric 3×3 matrix and functions of it by its eigenvalues.</summary>
internal sealed class Symmetric3(double[,] values)
{
    public double this[int row, int column] => values[row, column];

    /// <summary>outer · inner · outer.</summary>
    public static Symmetric3 Sandwich(Symmetric3 outer, Symmetric3 inner)
    {
        var product = new double[3, 3];
        for (var i = 0; i < 3; i++)
        {
            for (var l = 0; l <= i; l++)
            {
                var sum = 0.0;
                for (var j = 0; j < 3; j++)
                {
                    for (var k = 0; k < 3; k++)
                    {
                        sum += outer[i, j] * inner[j, k] * outer[k, l];
                    }
                }

                product[i, l] = product[l, i] = sum;
            }
        }

        return new Symmetric3(product);
    }

    /// <summary>The matrix with the same eigenvectors and each eigenvalue replaced by its function.</summary>
    public Symmetric3 Map(Func<double, double> function)
    {
        var (eigenvalues, vectors) = Eigen();
        var result = new double[3, 3];
        for (var k = 0; k < 3; k++)
        {
            var value = function(eigenvalues[k]);
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < 3; j++)
                {
                    result[i, j] += value * vectors[i, k] * vectors[j, k];
                }
            }
        }

        return new Symmetric3(result);
    }

    // Jacobi's method: turns away one off-diagonal pair after the other. Cannot fail on repeated or zero eigenvalues.
    private (double[] Values, double[,] Vectors) Eigen()
    {
        var a = (double[,])values.Clone();
        var v = new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
        for (var sweep = 0; sweep < 30; sweep++)
        {
            for (var p = 0; p < 2; p++)
            {
                for (var q = p + 1; q < 3; q++)
                {
                    if (a[p, q] != 0)
                    {
                        Rotate(a, v, p, q);
                    }
                }
            }
        }

        return ([a[0, 0], a[1, 1], a[2, 2]], v);
    }

    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < 3; k++)
        {
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        }

        for (var k = 0; k < 3; k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
            (v[k, p], v[k, q]) = ((c * v[k, p]) - (s * v[k, q]), (s * v[k, p]) + (c * v[k, q]));
        }

        a[p, q] = a[q, p] = 0;
    }
}
