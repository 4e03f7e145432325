using CnnMrf.Core.Pictures;

namespace CnnMrf.Engine.Figures;

/// <summary>A fit, with where it is.</summary>
/// <param name="Numbers">The numbers.</param>
/// <param name="Map">The content in grey; red, the more the less of the style matches there.</param>
public sealed record FitEstimate(FitStatistics Numbers, Picture Map);
