using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CnnMrf.Core.Settings;

namespace CnnMrf.Pipeline.Json;

/// <summary>Settings within a document: all of them, as Core writes them, checked when read.</summary>
internal sealed class SettingsConverter : JsonConverter<SynthesisSettings>
{
    public override SynthesisSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SettingsJson.Resolve(JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("expects an object of settings"));

    public override void Write(Utf8JsonWriter writer, SynthesisSettings value, JsonSerializerOptions options) =>
        SettingsJson.ToNode(value).WriteTo(writer);
}
