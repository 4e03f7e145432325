namespace CnnMrf.Pipeline.Weights;

/// <summary>Weights of this installation cannot be used until somebody mends them; what was asked for can be asked for again then.</summary>
public sealed class WeightsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Says which weights a setting means.</summary>
public interface IWeightsCatalog
{
    /// <summary>Fixes the weights that the setting <c>weights</c> names.</summary>
    /// <param name="setting"><c>auto</c>, <c>own</c>, <c>random</c>, or the name of weights in the container.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ProblemException">There are none of that name.</exception>
    /// <exception cref="WeightsUnavailableException">They cannot be used just now, through no fault of who asks.</exception>
    Task<WeightsReference> ResolveAsync(string setting, CancellationToken ct);
}
