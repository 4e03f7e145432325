using System.Text.Json.Nodes;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Starting;

/// <summary>A synthesis asked for.</summary>
public sealed record StartRequest
{
    /// <summary>What it shall be called; any text. Null: as the content, or else the first style, is called.</summary>
    public string? Name { get; init; }

    /// <summary>The door it came by.</summary>
    public required RequestSource Source { get; init; }

    /// <summary>Preset and overrides, as people write them.</summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>The pictures.</summary>
    public required IReadOnlyList<InputSource> Inputs { get; init; }

    /// <summary>The name to show.</summary>
    public string DisplayedName => DisplayName.Of(Name)
        ?? DisplayName.OfFile(Inputs.OrderBy(i => i.Role).Select(i => i.FileName).FirstOrDefault())
        ?? Slug.Nameless;
}

/// <summary>What starting came to.</summary>
/// <param name="Id">The synthesis.</param>
/// <param name="Existed">True when it was there already; that is success too.</param>
/// <param name="Status">Where it stands.</param>
public sealed record StartResult(SynthesisId Id, bool Existed, SynthesisStatus Status);
