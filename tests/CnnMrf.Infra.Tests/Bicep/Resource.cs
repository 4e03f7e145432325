using System.Text.Json;
using System.Xml;

namespace CnnMrf.Infra.Tests.Bicep;

/// <summary>A resource of a deployment.</summary>
internal sealed class Resource(JsonElement json)
{
    internal string Id => Text("id");

    internal string Type => Text("type");

    /// <summary>Its name without its parents'.</summary>
    internal string Name => Text("name").Split('/')[^1];

    internal string Location => Text("location");

    /// <summary>A value by its path: names, or places in a list, between slashes.</summary>
    internal JsonElement this[string path] => path.Split('/').Aggregate(
        json, (at, step) => at.ValueKind == JsonValueKind.Array ? at[int.Parse(step, null)] : at.GetProperty(step));

    internal string Text(string path) => this[path].GetString()!;

    internal bool Flag(string path) => this[path].GetBoolean();

    internal int Number(string path) => this[path].GetInt32();

    /// <summary>A duration as ISO 8601 has it.</summary>
    internal TimeSpan Time(string path) => XmlConvert.ToTimeSpan(Text(path));

    internal bool IsIn(Resource parent) => Id.StartsWith(parent.Id + "/", StringComparison.Ordinal);

    public override string ToString() => json.GetRawText();
}
