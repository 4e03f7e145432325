using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace CnnMrf.Api.Tests.Contract;

/// <summary>The committed openapi.json, as tests ask it.</summary>
internal sealed class OpenApiDocument
{
    private readonly JsonObject _document;
    private readonly JsonObject _definitions;
    private readonly Dictionary<string, JsonSchema> _schemas = [];
    private readonly Lock _lock = new();

    private OpenApiDocument(JsonObject document)
    {
        _document = document;
        _definitions = JsonNode.Parse(
            Components("schemas").ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!
            .AsObject();
        foreach (var (_, schema) in _definitions)
        {
            // What is answered has no property that is not described.
            if (schema!["properties"] is not null && schema["additionalProperties"] is null)
            {
                schema["additionalProperties"] = false;
            }
        }
    }

    public static OpenApiDocument Committed { get; } = Load();

    public IEnumerable<OpenApiOperation> Operations => _document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject()
            .Select(method => new OpenApiOperation(this, path.Key, method.Key.ToUpperInvariant(), method.Value!.AsObject())));

    public JsonObject Components(string kind) => _document["components"]![kind]!.AsObject();

    /// <summary>The operation that answers a request; a fixed path goes before one with parameters.</summary>
    public OpenApiOperation? Find(string method, string path) => Operations
        .Where(o => o.Method == (method == "HEAD" ? "GET" : method) && o.Matches(path)).OrderBy(o => o.Path.Count(c => c == '{'))
            .FirstOrDefault();

    public JsonNode Resolve(JsonNode node) => node["$ref"] is { } reference
        ? reference.ToString()[2..].Split('/').Aggregate((JsonNode)_document, (at, name) => at[name]!)
        : node;

    /// <summary>What is wrong with a value, by a schema; null: nothing.</summary>
    public string? Violation(JsonNode schema, JsonElement value)
    {
        var text = schema.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        JsonSchema built;
        lock (_lock)
        {
            if (!_schemas.TryGetValue(text, out built!))
            {
                var whole = JsonNode.Parse(text)!.AsObject();
                whole["$defs"] = _definitions.DeepClone();
                _schemas[text] = built = JsonSchema.FromText(whole.ToJsonString());
            }
        }

        var results = built.Evaluate(value, new() { OutputFormat = OutputFormat.List });
        return results.IsValid ? null : string.Join("; ", (results.Details ?? []).Where(d => d.Errors is not null)
            .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Value}")));
    }

    private static OpenApiDocument Load()
    {
        using var stream = typeof(CnnMrf.Api.OpenApi.GetOpenApi).Assembly.GetManifestResourceStream("openapi.json")!;
        return new(JsonNode.Parse(stream)!.AsObject());
    }
}

/// <summary>An operation of it.</summary>
internal sealed record OpenApiOperation(OpenApiDocument Document, string Path, string Method, JsonObject Node)
{
    public string Id => Node["operationId"]!.ToString();

    /// <summary>The statuses that are described, but <c>default</c>.</summary>
    public IEnumerable<int> Statuses => Node["responses"]!.AsObject().Select(r => r.Key).Where(k => k != "default")
        .Select(k => int.Parse(k, System.Globalization.CultureInfo.InvariantCulture));

    public IEnumerable<JsonNode> Parameters => (Node["parameters"]?.AsArray() ?? []).Select(p => Document.Resolve(p!));

    public bool Matches(string path)
    {
        var (own, other) = (Path.Split('/'), path.TrimEnd('/').Split('/'));
        return own.Length == other.Length && own.Zip(other)
            .All(p => p.First.StartsWith('{') || p.First.Equals(p.Second, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The description of a status.</summary>
    public JsonNode? Response(int status)
    {
        var key = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var found = Node["responses"]![key] ?? (status >= 500 ? Node["responses"]!["default"] : null);
        return found is null ? null : Document.Resolve(found);
    }
}
