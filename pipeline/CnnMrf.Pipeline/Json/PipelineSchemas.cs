using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Json;

/// <summary>JSON Schemas (2020-12) of what people and other programs write and read, made from the types.</summary>
public static class PipelineSchemas
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schemas by name: <c>settings</c>, <c>status</c>, <c>level-job</c>, <c>level-outcome</c>, <c>batch-manifest</c> and
    /// <c>batch-report</c>.</summary>
    public static IReadOnlyDictionary<string, JsonObject> All { get; } = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal)
    {
        ["settings"] = Settings(),
        ["status"] = Document<SynthesisStatus>("Where a synthesis stands"),
        ["level-job"] = Document<LevelJob>("One pyramid level to compute"),
        ["level-outcome"] = Document<LevelOutcome>("How a level ended"),
        ["batch-manifest"] = Titled("A batch", Of(PipelineJson.Options, typeof(BatchManifest))),
        ["batch-report"] = Document<BatchReport>("Where a batch stands"),
    };

    /// <summary>A schema as text.</summary>
    public static string Text(JsonObject schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Settings()
    {
        var schema = Titled("Settings of a synthesis: what is left out comes from the preset",
            Of(SettingsJson.Options, typeof(SynthesisSettings)));
        schema["additionalProperties"] = false;
        return schema;
    }

    private static JsonObject Document<T>(string title)
        where T : IDocument
    {
        var schema = Titled(title, Of(PipelineJson.Options, typeof(T)));
        schema["properties"]!["version"] = new JsonObject { ["const"] = T.CurrentVersion };
        var required = schema["required"] as JsonArray ?? [];
        schema["required"] = new JsonArray(["version", .. required.Select(r => r!.DeepClone())]);
        return schema;
    }

    private static JsonObject Titled(string title, JsonObject schema)
    {
        var titled = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (name, value) in schema)
        {
            titled[name] = value?.DeepClone();
        }

        titled["type"] = "object";
        return titled;
    }

    private static JsonObject Of(JsonSerializerOptions options, Type type) => options.GetJsonSchemaAsNode(type, new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => Custom(context, options) ?? node,
    }).AsObject();

    // Converters of our own say nothing of what they read.
    private static JsonNode? Custom(JsonSchemaExporterContext context, JsonSerializerOptions options)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = type == typeof(Values<int>) ? OneOrMore("integer")
            : type == typeof(Values<double>) ? OneOrMore("number")
            : type == typeof(LayerWeights) ? Parse("""{"type":["object","string"],"additionalProperties":{"type":"number"}}""")
            : type == typeof(NetworkMix) ? Parse("""{"type":"string"}""")
            : type == typeof(OutputSize) ? Parse("""{"type":["integer","string"],"pattern":"^[0-9]+(x[0-9]+)?$"}""")
            : type == typeof(SynthesisId) ? Parse("""{"type":"string","pattern":"^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?-[0-9a-f]{16}$"}""")
            : type == typeof(SynthesisSettings) && options != SettingsJson.Options ? Parse("""{"$ref":"settings.json"}""")
            : type == typeof(IReadOnlyList<string>) && context.PropertyInfo?.Name == "style"
                ? Parse("""{"type":["string","array"],"items":{"type":"string"}}""")
            : null;
        return schema is null || !IsNullable(context) ? schema : Parse($$"""{"anyOf":[{{schema.ToJsonString()}},{"type":"null"}]}""");
    }

    private static bool IsNullable(JsonSchemaExporterContext context) =>
        context.PropertyInfo is { IsGetNullable: true } || Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null;

    private static JsonNode OneOrMore(string type) =>
        Parse($$$"""{"type":["{{{type}}}","array"],"items":{"type":"{{{type}}}"},"minItems":1}""");

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;
}
