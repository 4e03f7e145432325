using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CnnMrf.Core.Settings;

/// <summary>
/// Settings as JSON: a preset's name and single properties that override it. Names may be written as on the command line
/// (<c>content-weight</c>) or in JSON's way (<c>contentWeight</c>); names that users of other implementations know are aliases.
/// </summary>
public static class SettingsJson
{
    internal static readonly JsonSerializerOptions Options = new(SettingsJsonContext.Default.Options)
    {
        TypeInfoResolver = SettingsJsonContext.Default,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tvWeight"] = "smoothnessWeight",
        ["init"] = "initial",
        ["maxSize"] = "size",
        ["numRes"] = "levels",
        ["numIter"] = "iterations",
    };

    /// <summary>The names of all settings, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. SettingsJsonContext.Default.SynthesisSettings.Properties.Select(p => p.Name)];

    /// <summary>Overrides a preset's settings and checks the outcome.</summary>
    /// <param name="overrides">Properties to override; <c>preset</c> chooses what they override.</param>
    /// <exception cref="SettingsException">An unknown name, a wrong type or a value out of range.</exception>
    public static SynthesisSettings Resolve(JsonObject overrides)
    {
        var named = Canonical(overrides);
        var preset = named["preset"] is { } given ? Read<Preset>("preset", given) : Preset.Balanced;
        var merged = JsonSerializer.SerializeToNode(Presets.Get(preset), Options)!.AsObject();
        foreach (var (name, value) in named)
        {
            merged[name] = value?.DeepClone();
        }

        foreach (var (name, value) in named)
        {
            Check(name, value);
        }

        SetLevelsByIterations(named, merged, Presets.Get(preset));
        var settings = FitToLayers(Deserialize(merged), named, Presets.Get(preset));
        SettingsValidator.Validate(settings);
        return settings;
    }

    /// <summary>Reads a JSON text of overrides.</summary>
    /// <exception cref="SettingsException">No JSON object, or as <see cref="Resolve"/>.</exception>
    public static SynthesisSettings Parse(string json) => Resolve(ParseObject(json));

    /// <summary>Reads a JSON object, comments and trailing commas allowed.</summary>
    /// <exception cref="SettingsException">Not a JSON object.</exception>
    public static JsonObject ParseObject(string json)
    {
        try
        {
            var node = JsonNode.Parse(json, null, new()
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                AllowDuplicateProperties = false,
                MaxDepth = 16,
            });
            return node as JsonObject ?? throw new SettingsException("settings", "expects a JSON object like {\"size\": 256}");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new SettingsException("settings", $"is no valid JSON: {e.Message}");
        }
    }

    /// <summary>The settings as canonical JSON: every property, in order, no white space. Equal settings give equal bytes.</summary>
    public static byte[] ToCanonicalUtf8(SynthesisSettings settings) =>
        Encoding.UTF8.GetBytes(ToNode(settings).ToJsonString());

    /// <summary>The settings as a JSON object, every property in order.</summary>
    public static JsonObject ToNode(SynthesisSettings settings) => JsonSerializer.SerializeToNode(settings, Options)!.AsObject();

    /// <summary>The JSON name meant by a name as people write it.</summary>
    /// <exception cref="SettingsException">No setting has that name.</exception>
    public static string CanonicalName(string name)
    {
        var bare = name.TrimStart('-').Replace("-", "", StringComparison.Ordinal);
        if (Aliases.TryGetValue(bare, out var meant))
        {
            return meant;
        }

        return Names.FirstOrDefault(n => n.Equals(bare, StringComparison.OrdinalIgnoreCase))
            ?? throw new SettingsException(name, $"is no setting{Suggestion(bare)}");
    }

    // A list of iterations sets the levels; a preset's own list only tells how they fall from coarse to fine.
    private static void SetLevelsByIterations(JsonObject named, JsonObject merged, SynthesisSettings preset)
    {
        if (named["iterations"] is not JsonArray { Count: > 1 } list)
        {
            return;
        }

        if (named["levels"] is not { } levels)
        {
            // An explicit null asks for the preset's way of counting levels.
            merged["levels"] = named.ContainsKey("levels") ? null : list.Count;
        }
        else if (Read<int>("levels", levels) != list.Count && !Read<Values<int>>("iterations", list).Equals(preset.Iterations))
        {
            throw new SettingsException(
                "iterations", $"has {list.Count} values for {levels} levels: give one a level, or leave levels out");
        }
    }

    // Other layers than the preset's: what the preset says layer by layer goes to the layer of the nearest depth.
    private static SynthesisSettings FitToLayers(SynthesisSettings settings, JsonObject named, SynthesisSettings preset)
    {
        if (!named.ContainsKey("mrfLayers") || settings.MrfLayers.Equals(preset.MrfLayers))
        {
            return settings;
        }

        return settings with
        {
            PatchSize = named.ContainsKey("patchSize") ? settings.PatchSize : Follow(settings.PatchSize),
            Stride = named.ContainsKey("stride") ? settings.Stride : Follow(settings.Stride),
            StyleStride = named.ContainsKey("styleStride") || settings.StyleStride is null
                ? settings.StyleStride : Follow(settings.StyleStride),
        };

        Values<int> Follow(Values<int> values) => values.Count == 1 || settings.MrfLayers.Count == 0
            ? values
            : new([.. settings.MrfLayers.Layers.Select(layer => values[Nearest(layer)])]);

        int Nearest(LayerName layer) => preset.MrfLayers.Layers.Select((l, i) => (Distance: Math.Abs(l.Block - layer.Block), i)).Min().i;
    }

    private static JsonObject Canonical(JsonObject overrides)
    {
        var named = new JsonObject();
        foreach (var (name, value) in overrides)
        {
            if (!named.TryAdd(CanonicalName(name), value?.DeepClone()))
            {
                throw new SettingsException(name, $"is given twice: '{CanonicalName(name)}' is another name of it");
            }
        }

        return named;
    }

    private static string Suggestion(string name)
    {
        var near = Names.Where(n => n.Contains(name, StringComparison.OrdinalIgnoreCase)
            || name.Contains(n, StringComparison.OrdinalIgnoreCase)).Take(3).ToArray();
        return near.Length > 0 ? $"; did you mean {string.Join(" or ", near)}?" : "; the settings are listed in README.md";
    }

    // One property at a time, so that an error names the property and not a place in a text the user never wrote.
    private static void Check(string name, JsonNode? value)
    {
        if (value is null && name is not ("levels" or "levelFactor" or "styleStride" or "threads"))
        {
            throw new SettingsException(name, "needs a value; leave the setting out to take the preset's");
        }

        try
        {
            new JsonObject { [name] = value?.DeepClone() }.Deserialize<SynthesisSettings>(Options);
        }
        catch (JsonException e)
        {
            var property = typeof(SynthesisSettings).GetProperties().First(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var expects = type.IsEnum
                ? "expects " + string.Join(" | ", Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName))
                : type == typeof(int) ? "expects a whole number"
                : type == typeof(double) ? "expects a number"
                : type == typeof(bool) ? "expects true or false"
                : type == typeof(string) ? "expects a text"
                : e.Message.Split(" Path:")[0];
            throw new SettingsException(name, $"{expects}, not {value?.ToJsonString() ?? "null"}");
        }
        catch (InvalidOperationException)
        {
            throw new SettingsException(name, "holds half a surrogate pair, which is no text");
        }
        catch (SettingsException e)
        {
            throw new SettingsException(name, e.Problems[0].Message);
        }
    }

    private static T Read<T>(string name, JsonNode value)
    {
        Check(name, value);
        return value.Deserialize<T>(Options)!;
    }

    private static SynthesisSettings Deserialize(JsonObject merged)
    {
        try
        {
            return merged.Deserialize<SynthesisSettings>(Options)!;
        }
        catch (JsonException e)
        {
            throw new SettingsException("settings", e.Message);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SynthesisSettings))]
[JsonSerializable(typeof(Preset))]
[JsonSerializable(typeof(int))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
