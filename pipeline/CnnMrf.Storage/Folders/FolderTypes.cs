using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnMrf.Storage.Folders;

/// <summary>
/// Content types and metadata of blobs, where the file's extension does not say it all. Kept under blob and etag and written before the
/// blob's file: the file's renaming decides, and what a crash leaves over belongs to no version and is cleared by the next write.
/// </summary>
internal sealed class FolderTypes(string folder, string temporaryFolder)
{
    private const string Unknown = "application/octet-stream";

    /// <summary>The type that a file has by its extension alone.</summary>
    internal static string ByExtension(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".json" => "application/json",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        _ => Unknown,
    };

    /// <summary>Type and metadata of a version, or null where only the extension tells.</summary>
    internal FolderType? Find(FolderPlace place, FileVersion version)
    {
        try
        {
            return OwnFile.Read(PathOf(place, version)) is { } bytes
                ? JsonSerializer.Deserialize(bytes, FolderJson.Default.FolderType)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>To be called before the version appears.</summary>
    internal void Write(FolderPlace place, FileVersion version, string contentType, Dictionary<string, string> metadata, bool flush)
    {
        if (metadata.Count > 0 || contentType != ByExtension(place.Blob.Name))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(new(place.Blob.Name, contentType, metadata), FolderJson.Default.FolderType);
            OwnFile.Write(PathOf(place, version), temporaryFolder, bytes, flush);
        }
    }

    /// <summary>Forgets all versions but one; to be called when that has appeared.</summary>
    internal void Clear(FolderPlace place, FileVersion? but)
    {
        var own = FolderOf(place);
        if (!Directory.Exists(own))
        {
            return;
        }

        var kept = false;
        foreach (var file in Directory.EnumerateFiles(own))
        {
            if (but is { } version && Path.GetFileName(file) == version.ETag)
            {
                kept = true;
            }
            else
            {
                File.Delete(file);
            }
        }

        if (!kept)
        {
            Directory.Delete(own);
        }
    }

    private string FolderOf(FolderPlace place) => Path.Combine(folder, place.Key[..2], place.Key);

    private string PathOf(FolderPlace place, FileVersion version) => Path.Combine(FolderOf(place), version.ETag);
}

/// <param name="Name">The blob's name, for people.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Metadata">Its metadata.</param>
internal sealed record FolderType(string Name, string ContentType, Dictionary<string, string> Metadata);

/// <param name="Name">The blob's name, for people.</param>
/// <param name="Id">The lease's.</param>
/// <param name="Milliseconds">How long it lasts from each renewal.</param>
/// <param name="Until">When it ends, UTC.</param>
internal sealed record FolderLease(string Name, string Id, long Milliseconds, DateTimeOffset Until);

[JsonSerializable(typeof(FolderType))]
[JsonSerializable(typeof(FolderLease))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class FolderJson : JsonSerializerContext;
