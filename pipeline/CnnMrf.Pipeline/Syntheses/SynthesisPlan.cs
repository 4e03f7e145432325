using System.Text.Json.Serialization;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Weights;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>plan.json: everything about a run that is fixed before its first level. Created once.</summary>
public sealed record SynthesisPlan : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "synthesis plan";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The synthesis.</summary>
    public required SynthesisId Id { get; init; }

    /// <summary>The run, 1….</summary>
    public required int Run { get; init; }

    /// <summary>When it was planned, UTC.</summary>
    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>The settings, validated, with the weights' name.</summary>
    [JsonConverter(typeof(SettingsConverter))]
    public required SynthesisSettings Settings { get; init; }

    /// <summary>The weights.</summary>
    public required WeightsReference Weights { get; init; }

    /// <summary>The prepared pictures.</summary>
    public required IReadOnlyList<PreparedInput> Inputs { get; init; }

    /// <summary>The levels.</summary>
    public required PyramidPlan Pyramid { get; init; }
}
