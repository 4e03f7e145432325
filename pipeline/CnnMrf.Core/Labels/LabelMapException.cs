namespace CnnMrf.Core.Labels;

/// <summary>Label maps that cannot be used. The message names the map and the remedy.</summary>
/// <param name="field"><c>contentMap</c> or <c>styleMap</c>.</param>
/// <param name="message">What is wrong, and what to do.</param>
public sealed class LabelMapException(string field, string message) : Exception(message)
{
    /// <summary><c>contentMap</c> or <c>styleMap</c>.</summary>
    public string Field { get; } = field;
}
