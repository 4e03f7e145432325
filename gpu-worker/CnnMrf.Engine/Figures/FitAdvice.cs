using System.Globalization;

namespace CnnMrf.Engine.Figures;

/// <summary>What to do about a fit.</summary>
internal static class FitAdvice
{
    /// <summary>A sentence or two.</summary>
    public static string For(double fit, double coverage, double copy, bool labelled)
    {
        var lacking = (1 - coverage).ToString("P0", CultureInfo.InvariantCulture);
        var maps = labelled ? " Or let the label maps give it more to choose from." : "";
        return fit switch
        {
            < FitCheck.Hopeless => "The style has nothing that the content could be made of: choose a style picture that shows the like "
                + "of it." + maps,
            < FitCheck.Poor => $"The style lacks what {lacking} of the content shows (red on the map): expect texture instead of things "
                + "there. Choose a style picture with more of the same things, or add a second one." + maps,
            < FitCheck.Good when copy <= 0.5 => $"They go together, with gaps: {lacking} of the content has no good match (red on the map)."
                + maps,
            _ when copy > 0.5 => "They go together, and almost too well: much of the style lies just as the content does, so that it may "
                + "be copied whole. Keep guidance above 0, or take a style picture that shows it in another way.",
            _ => "They go together well.",
        };
    }
}
