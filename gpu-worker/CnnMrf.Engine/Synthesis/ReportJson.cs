using System.Text.Json;
using System.Text.Json.Serialization;
using CnnMrf.Core.Settings;

namespace CnnMrf.Engine.Synthesis;

/// <summary>Reports as JSON.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>report.json of a synthesis.</summary>
    public static string Write(SynthesisReport report)
    {
        var node = JsonSerializer.SerializeToNode(report, Indented)!.AsObject();
        node["settings"] = SettingsJson.ToNode(report.Settings);
        return node.ToJsonString(Indented);
    }

    /// <summary>Energies: style by layer, content, smoothness, total.</summary>
    public static string Write(EnergyTerms terms) => JsonSerializer.Serialize(terms, ReportJsonContext.Default.EnergyTerms);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(LevelHistory))]
[JsonSerializable(typeof(EnergyTerms))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
