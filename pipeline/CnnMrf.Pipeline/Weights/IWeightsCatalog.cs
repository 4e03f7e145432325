namespace CnnMrf.Pipeline.Weights;

/// <summary>Says which weights a setting means.</summary>
public interface IWeightsCatalog
{
    /// <summary>Fixes the weights that the setting <c>weights</c> names.</summary>
    /// <param name="setting"><c>auto</c>, <c>own</c>, <c>random</c>, or the name of weights in the container.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ProblemException">There are none of that name.</exception>
    Task<WeightsReference> ResolveAsync(string setting, CancellationToken ct);
}
