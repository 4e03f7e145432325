namespace CnnMrf.Engine.Places;

/// <summary>An affine map about a place: (x, y) goes to (U + UX·(x − X) + UY·(y − Y), V + VX·(x − X) + VY·(y − Y)).</summary>
internal readonly record struct Affine(double X, double Y, double U, double UX, double UY, double V, double VX, double VY)
{
    public static Affine Identity { get; } = new(0, 0, 0, 1, 0, 0, 0, 1);

    /// <summary>Left and right exchanged.</summary>
    public static Affine Mirror { get; } = new(0, 0, 1, -1, 0, 0, 0, 1);

    /// <summary>The same map about another place.</summary>
    public Affine About(double x, double y) => this with
    {
        X = x,
        Y = y,
        U = U + (UX * (x - X)) + (UY * (y - Y)),
        V = V + (VX * (x - X)) + (VY * (y - Y)),
    };

    /// <summary>The squared distance of where a pair's place goes and where it was found.</summary>
    public double Distance(in PlacePair pair)
    {
        var there = About(pair.X, pair.Y);
        return ((there.U - pair.U) * (there.U - pair.U)) + ((there.V - pair.V) * (there.V - pair.V));
    }
}
