namespace CnnMrf.Engine.Figures;

/// <summary>How well a content can be re-assembled from the patches of its style (see <see cref="FitCheck"/>).</summary>
/// <param name="Fit">The estimate, 0…1.</param>
/// <param name="MeanNcc">Mean NCC of the content's patches with their best matches, −1…1.</param>
/// <param name="Coverage">Share of the content's patches with a good match, 0…1.</param>
/// <param name="Copy">Share of patches in the largest region of one constant displacement, 0…1.</param>
/// <param name="Advice">A sentence.</param>
public sealed record FitStatistics(double Fit, double MeanNcc, double Coverage, double Copy, string Advice);
