using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Batches;

/// <summary>
/// A batch as people write it: <c>{"style": "s.jpg", "contents": ["a.jpg", "b.jpg"], "settings": {"size": 256}}</c>, or <c>pairs</c>.
/// Blob names are under the container of uploads. Its version may be left out.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BatchManifest
{
    /// <summary>The style of all <see cref="Contents"/>: one name, or several that are used together. Without contents: a
    /// texture.</summary>
    [JsonConverter(typeof(NamesConverter))]
    public IReadOnlyList<string>? Style { get; init; }

    /// <summary>The contents, each a synthesis.</summary>
    public IReadOnlyList<string>? Contents { get; init; }

    /// <summary>Syntheses one by one.</summary>
    public IReadOnlyList<BatchPair>? Pairs { get; init; }

    /// <summary>Settings of all.</summary>
    public JsonObject? Settings { get; init; }
}

/// <summary>One synthesis of a batch.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BatchPair
{
    /// <summary>What it shall be called; else the content's or style's file name.</summary>
    public string? Name { get; init; }

    /// <summary>The content; left out for a texture.</summary>
    public string? Content { get; init; }

    /// <summary>The style: one name, or several that are used together.</summary>
    [JsonConverter(typeof(NamesConverter))]
    public IReadOnlyList<string>? Style { get; init; }

    /// <summary>Settings that override the batch's.</summary>
    public JsonObject? Settings { get; init; }
}
