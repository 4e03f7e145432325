using System.Globalization;
using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;

namespace CnnMrf.Local.Options;

/// <summary>A setting's value as text ↔ as JSON, by the type of the property it is for.</summary>
/// <remarks>What cannot be converted stays a text: <see cref="SettingsJson"/> then says what it expects.</remarks>
internal static class SettingText
{
    private static readonly Dictionary<string, Type> Types = typeof(SynthesisSettings).GetProperties()
        .ToDictionary(p => p.Name, p => p.PropertyType, StringComparer.OrdinalIgnoreCase);

    /// <summary>The JSON that a text means; null for <c>auto</c> where a setting may be left open.</summary>
    internal static JsonNode? ToJson(string name, string text)
    {
        var type = Types[name];
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (text == "auto" && IsOpen(name))
        {
            return null;
        }

        if (bare == typeof(bool))
        {
            return bool.TryParse(text, out var flag) ? JsonValue.Create(flag) : JsonValue.Create(text);
        }

        if (bare == typeof(int) || bare == typeof(double))
        {
            return Number(text);
        }

        if (bare == typeof(Values<int>) || bare == typeof(Values<double>))
        {
            var parts = text.Split(',', StringSplitOptions.TrimEntries);
            return parts.Length == 1 ? Number(parts[0]) : new JsonArray([.. parts.Select(Number)]);
        }

        return JsonValue.Create(text);
    }

    private static bool IsOpen(string name) => name is "levels" or "levelFactor" or "styleStride" or "threads";

    private static JsonNode Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? JsonValue.Create(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
}
