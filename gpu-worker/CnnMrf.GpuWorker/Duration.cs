using System.Globalization;

namespace CnnMrf.GpuWorker;

/// <summary>Times as people write them.</summary>
internal static class Duration
{
    /// <summary>Reads a number and its unit: s, m or h.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var unit = text.Length == 0 ? 0 : text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            _ => 0,
        };
        if (unit == 0
            || !double.TryParse(
                text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number * unit is not (> 0 and <= 30 * 86_400))
        {
            return false;
        }

        value = TimeSpan.FromSeconds(number * unit);
        return true;
    }
}
