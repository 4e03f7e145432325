namespace CnnMrf.Engine.Energies;

/// <summary>Where the seconds of one energy evaluation went.</summary>
/// <param name="Features">The networks, forward.</param>
/// <param name="Matching">Finding NN(i), coherence included.</param>
/// <param name="Pulling">Energies of patches and content, and their slopes by the features.</param>
/// <param name="Gradient">The networks, backward to the pixels, and the smoothness.</param>
public readonly record struct EvaluationTimes(double Features, double Matching, double Pulling, double Gradient)
{
    /// <summary>All together.</summary>
    public double Total => Features + Matching + Pulling + Gradient;

    /// <summary>The sum of two evaluations.</summary>
    public static EvaluationTimes operator +(EvaluationTimes a, EvaluationTimes b) =>
        new(a.Features + b.Features, a.Matching + b.Matching, a.Pulling + b.Pulling, a.Gradient + b.Gradient);

    /// <summary>The mean of so many evaluations whose sum this is.</summary>
    public static EvaluationTimes operator /(EvaluationTimes a, double by) =>
        new(a.Features / by, a.Matching / by, a.Pulling / by, a.Gradient / by);
}
