using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Measuring;

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

    /// <summary>What evaluations cost.</summary>
    /// <param name="settings">Resolved.</param>
    /// <param name="engine">What was computed with.</param>
    /// <param name="levels">One a level.</param>
    public static string Write(SynthesisSettings settings, EngineReport engine, IReadOnlyList<LevelMeasurement> levels)
    {
        var node = new JsonObject
        {
            ["engine"] = JsonSerializer.SerializeToNode(engine, Indented),
            ["levels"] = JsonSerializer.SerializeToNode(levels, Indented),
            ["settings"] = SettingsJson.ToNode(settings),
        };
        return node.ToJsonString(Indented);
    }

    /// <summary>Energies: style by layer, content, smoothness, total.</summary>
    /// <param name="terms">The energies.</param>
    /// <param name="layout">What <see cref="LayoutReport"/> says of the picture; null leaves it out.</param>
    public static string Write(EnergyTerms terms, double? layout = null)
    {
        var node = JsonSerializer.SerializeToNode(terms, ReportJsonContext.Default.EnergyTerms)!.AsObject();
        if (layout is { } share)
        {
            node["layout"] = share;
        }

        return node.ToJsonString();
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(LevelHistory))]
[JsonSerializable(typeof(EnergyTerms))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
