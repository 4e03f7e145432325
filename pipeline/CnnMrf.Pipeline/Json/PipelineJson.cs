using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CnnMrf.Core.Settings;

namespace CnnMrf.Pipeline.Json;

/// <summary>Documents and messages as JSON.</summary>
public static class PipelineJson
{
    /// <summary>Serialises every document and message of the pipeline; for hosts that serialise on their own.</summary>
    public static JsonSerializerOptions Options => PipelineJsonContext.Default.Options;

    /// <summary>Writes a document as UTF-8.</summary>
    public static byte[] Write<T>(T document)
        where T : class, IDocument => JsonSerializer.SerializeToUtf8Bytes(document, TypeInfo<T>());

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="source">What error messages call it: its blob or message.</param>
    /// <exception cref="DocumentException">It is damaged, incomplete or of another version.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string source)
        where T : class, IDocument
    {
        var version = VersionOf<T>(utf8, source);
        if (version != T.CurrentVersion)
        {
            throw new DocumentException(
                $"{source} is a {T.Kind} of version {version}; this program reads version {T.CurrentVersion}. "
                + (version > T.CurrentVersion ? "Update it." : "Let an older one finish it, or start the synthesis anew."));
        }

        try
        {
            return JsonSerializer.Deserialize(utf8, TypeInfo<T>()) ?? throw new DocumentException($"{source} is null, not a {T.Kind}.");
        }
        catch (Exception e) when (e is JsonException or SettingsException or NotSupportedException or InvalidOperationException)
        {
            throw new DocumentException($"{source} is no valid {T.Kind}: {e.Message}", e);
        }
    }

    internal static JsonTypeInfo<T> TypeInfo<T>() =>
        (JsonTypeInfo<T>)(PipelineJsonContext.Default.GetTypeInfo(typeof(T))
            ?? throw new NotSupportedException($"{typeof(T).Name} is missing in {nameof(PipelineJsonContext)}."));

    private static int VersionOf<T>(ReadOnlySpan<byte> utf8, string source)
        where T : class, IDocument
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            var node = JsonNode.Parse(ref reader);
            if (node is JsonObject found && found["version"] is JsonValue value && value.TryGetValue<int>(out var version))
            {
                return version;
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new DocumentException($"{source} is no {T.Kind}: it is no valid JSON ({e.Message}).", e);
        }

        throw new DocumentException($"{source} is no {T.Kind}: it is no JSON object that says its version.");
    }
}
