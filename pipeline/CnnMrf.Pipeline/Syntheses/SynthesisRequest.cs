using System.Text.Json.Serialization;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Weights;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>By which door a synthesis came.</summary>
[JsonConverter(typeof(WordConverter<RequestSource>))]
public enum RequestSource
{
    /// <summary>POST.</summary>
    Http,

    /// <summary>Files put into the uploads.</summary>
    Upload,

    /// <summary>An entry of a batch.</summary>
    Batch,
}

/// <summary>request.json: what was asked for. Written once.</summary>
public sealed record SynthesisRequest : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "synthesis request";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The synthesis.</summary>
    public required SynthesisId Id { get; init; }

    /// <summary>What its asker calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The door.</summary>
    public required RequestSource Source { get; init; }

    /// <summary>When it was first asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The settings, validated, with the weights' name; null when the request itself was wrong.</summary>
    [JsonConverter(typeof(SettingsConverter))]
    public SynthesisSettings? Settings { get; init; }

    /// <summary>The weights; null when the request itself was wrong.</summary>
    public WeightsReference? Weights { get; init; }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<InputPart> Inputs { get; init; } = [];

    /// <summary>Why it failed before it began: an upload that cannot be used is a failed synthesis.</summary>
    public Problem? Problem { get; init; }
}
