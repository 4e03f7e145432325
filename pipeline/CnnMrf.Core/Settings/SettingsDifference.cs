using System.Text.Json.Nodes;

namespace CnnMrf.Core.Settings;

/// <summary>Settings as people would write them: the preset, and what departs from it.</summary>
public static class SettingsDifference
{
    /// <summary>The fewest overrides that <see cref="SettingsJson.Resolve"/> makes these settings of.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>A JSON object: <c>preset</c> first, then in order every property that is not the preset's.</returns>
    public static JsonObject Of(SynthesisSettings settings)
    {
        var all = SettingsJson.ToNode(settings);
        var presets = SettingsJson.ToNode(Presets.Get(settings.Preset));
        var overrides = new JsonObject { ["preset"] = all["preset"]!.DeepClone() };
        foreach (var (name, value) in all)
        {
            if (!JsonNode.DeepEquals(value, presets[name]))
            {
                overrides[name] = value?.DeepClone();
            }
        }

        // A list of iterations would set the levels; an explicit null says that they are counted as the preset does.
        if (overrides["iterations"] is JsonArray { Count: > 1 } && !overrides.ContainsKey("levels"))
        {
            overrides["levels"] = all["levels"]?.DeepClone();
        }

        // Other layers take over by depth what the preset says layer by layer.
        if (overrides.ContainsKey("mrfLayers"))
        {
            foreach (var name in (string[])["patchSize", "stride", "styleStride"])
            {
                overrides[name] = all[name]?.DeepClone();
            }
        }

        return overrides;
    }
}
