using System.Text.Json;
using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Batches;

/// <summary>One synthesis of a batch, the manifest's short forms written out.</summary>
/// <param name="Name">What it shall be called.</param>
/// <param name="Content">Blob name under the uploads; null for a texture.</param>
/// <param name="Styles">Blob names under the uploads.</param>
/// <param name="Settings">The batch's settings, overridden by its own.</param>
public sealed record BatchEntry(string Name, string? Content, IReadOnlyList<string> Styles, JsonObject Settings);

/// <summary>Reads manifests.</summary>
public static class BatchManifests
{
    /// <summary>The bytes of the manifest that is kept under a name; null where there is none.</summary>
    /// <exception cref="ProblemException">It is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>?> FetchAsync(IBlobStore store, string name, CancellationToken ct)
    {
        try
        {
            return (await store.ReadAsync(BlobLayout.BatchManifest(name), RequestLimits.JsonBytes, ct).ConfigureAwait(false))?.Bytes;
        }
        catch (BlobTooLargeException e)
        {
            throw new ProblemException(new(ProblemCodes.Request, $"{e.Message} Split the batch.", "manifest"), e);
        }
    }

    /// <summary>Reads a manifest's entries, in its order. The settings are checked, the pictures are not looked at.</summary>
    /// <param name="utf8">The manifest.</param>
    /// <exception cref="ProblemException">It cannot be used; the message says where and why.</exception>
    public static IReadOnlyList<BatchEntry> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > RequestLimits.JsonBytes)
        {
            throw Wrong("manifest", $"It has {utf8.Length:N0} bytes; at most {RequestLimits.JsonBytes:N0} are read. Split the batch.");
        }

        BatchManifest manifest;
        try
        {
            var bytes = utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
            manifest = JsonSerializer.Deserialize(bytes, PipelineJson.TypeInfo<BatchManifest>())
                ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new ProblemException(new(
                ProblemCodes.Request,
                $"It is no manifest: expects {{\"style\": …, \"contents\": […], \"settings\": {{…}}}}, or pairs ({e.Message})",
                "manifest"), e);
        }

        var entries = Entries(manifest).ToArray();
        if (entries.Length is 0 or > RequestLimits.BatchItems)
        {
            throw Wrong("manifest", entries.Length == 0
                ? "It names no synthesis: give style and contents, or pairs."
                : $"It names {entries.Length:N0} syntheses; at most {RequestLimits.BatchItems:N0} are taken. Split the batch.");
        }

        for (var i = 0; i < entries.Length; i++)
        {
            Check(entries[i], i);
        }

        return entries;
    }

    private static IEnumerable<BatchEntry> Entries(BatchManifest manifest)
    {
        if (manifest.Contents is not null && manifest.Style is null)
        {
            throw Wrong("style", "Contents need a style: give style, or pairs.");
        }

        if (manifest.Style is { } style)
        {
            foreach (var content in Whole("contents", manifest.Contents) ?? [null!])
            {
                yield return new(NameOf(null, content, style), content, style, Settings(manifest.Settings, null));
            }
        }

        foreach (var pair in Whole("pairs", manifest.Pairs) ?? [])
        {
            yield return new(
                NameOf(pair.Name, pair.Content, pair.Style), pair.Content, pair.Style ?? [], Settings(manifest.Settings, pair.Settings));
        }
    }

    // A list's elements may be null whatever their type says.
    private static IReadOnlyList<T>? Whole<T>(string field, IReadOnlyList<T>? list)
        where T : class
    {
        var empty = list?.ToList().FindIndex(static e => e is null) ?? -1;
        return empty < 0 ? list : throw Wrong(field, $"{field}[{empty}] is null. Leave it out.");
    }

    private static string NameOf(string? name, string? content, IReadOnlyList<string>? styles) =>
        DisplayName.Of(name) ?? DisplayName.OfFile(content ?? (styles is [var first, ..] ? first : null)) ?? Slug.Nameless;

    // Names are compared as settings are known, so that "content-weight" overrides "contentWeight".
    private static JsonObject Settings(JsonObject? all, JsonObject? own)
    {
        var settings = new JsonObject();
        try
        {
            foreach (var (name, value) in (all ?? []).Concat(own ?? []))
            {
                settings[SettingsJson.CanonicalName(name)] = value?.DeepClone();
            }
        }
        catch (SettingsException e)
        {
            throw new ProblemException(new(ProblemCodes.Settings, e.Message, "settings"), e);
        }

        return settings;
    }

    private static void Check(BatchEntry entry, int index)
    {
        var where = $"Synthesis {index + 1} ({entry.Name})";
        if (entry.Styles.Count == 0)
        {
            throw Wrong("style", $"{where} has no style. Name one.");
        }

        foreach (var name in entry.Styles.Append(entry.Content).OfType<string>())
        {
            if (!BlobNames.IsValid(name))
            {
                throw Wrong("pairs",
                    $"{where} names a file that cannot be: give a name under {BlobContainers.Uploads}, like set/content.jpg.");
            }
        }

        try
        {
            SettingsJson.Resolve(entry.Settings);
        }
        catch (SettingsException e)
        {
            throw new ProblemException(new(ProblemCodes.Settings, $"{where}: {e.Message}", e.Problems[0].Field), e);
        }
    }

    private static ProblemException Wrong(string field, string message) => new(new(ProblemCodes.Request, message, field));
}
