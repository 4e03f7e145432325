using System.Globalization;

namespace CnnMrf.Engine.Figures;

/// <summary>A synthesis that was not begun: content and style do not go together as well as the setting <c>minimumFit</c> asks.</summary>
/// <param name="fit">The fit.</param>
/// <param name="minimum">What was asked.</param>
public sealed class PoorFitException(FitStatistics fit, double minimum) : Exception(MessageOf(fit, minimum))
{
    /// <summary>The fit.</summary>
    public FitStatistics Fit { get; } = fit;

    /// <summary>What people are told.</summary>
    public static string MessageOf(FitStatistics fit, double minimum)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return string.Create(CultureInfo.InvariantCulture,
            $"The fit of content and style is {fit.Fit:0.00}, below minimumFit {minimum:0.##}: nothing was computed. "
            + $"{fit.Advice} To try all the same, lower minimumFit.");
    }
}
