using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Uploads;

/// <summary>A folder of the uploads: which of its files count, and for what.</summary>
/// <param name="Name">Everything before the files' names, without the last <c>/</c>.</param>
/// <param name="Files">The files that count, in order of their names.</param>
internal sealed record UploadFolder(string Name, IReadOnlyList<UploadFile> Files)
{
    /// <summary>True when the pair is there.</summary>
    public bool IsComplete => Files.Any(f => f.Role == InputRole.Content) && Files.Any(f => f.Role == InputRole.Style);

    /// <summary>What tells these very files from others: names and etags.</summary>
    public string Signature
    {
        get
        {
            using var hash = new FieldHash("cnnmrf-upload");
            foreach (var file in Files)
            {
                hash.Add(file.Blob.Address.Name);
                hash.Add(file.Blob.ETag);
            }

            return hash.ToHex();
        }
    }

    /// <summary>Files of the same purpose, of which only one may be there; null where all is well.</summary>
    public Problem? Doubled => Files.GroupBy(f => f.Role).Where(g => g.Count() > 1).Select(g => new Problem(
        ProblemCodes.Picture,
        $"There are {string.Join(" and ", g.Select(f => f.FileName))} in {DisplayName.Of(Name)}: remove all but one.",
        g.Key is { } role ? InputNames.Of(role, 0).Replace("-0", "", StringComparison.Ordinal) : "settings")).FirstOrDefault();

    /// <summary>The folder that a blob is in; null for one that is in none, or whose name (<c>a//content.jpg</c>) no store reads.</summary>
    public static string? NameOf(string blobName)
    {
        var slash = blobName.LastIndexOf('/');
        return slash > 0 && BlobNames.IsValid(blobName) ? blobName[..slash] : null;
    }

    /// <summary>The files that count: pictures called content, style, content-map, style-map or initial, and settings.json, in any case.
    /// What is being copied (<c>*.part</c>) and what systems leave about does not.</summary>
    public static UploadFolder Of(string name, IEnumerable<BlobProperties> blobs) => new(name,
    [
        .. blobs.Where(b => NameOf(b.Address.Name) == name).Select(UploadFile.Of).OfType<UploadFile>()
            .OrderBy(f => f.Blob.Address.Name, StringComparer.Ordinal),
    ]);
}

/// <summary>A file that counts.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="FileName">Its name within the folder.</param>
/// <param name="Role">What it is for; null: the settings.</param>
internal sealed record UploadFile(BlobProperties Blob, string FileName, InputRole? Role)
{
    public static UploadFile? Of(BlobProperties blob)
    {
        var file = blob.Address.Name[(blob.Address.Name.LastIndexOf('/') + 1)..];
        var dot = file.IndexOf('.', StringComparison.Ordinal);
        if (dot < 1 || file.EndsWith(".part", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return file[..dot].ToLowerInvariant() switch
        {
            "content" => new(blob, file, InputRole.Content),
            "style" => new(blob, file, InputRole.Style),
            "content-map" => new(blob, file, InputRole.ContentMap),
            "style-map" => new(blob, file, InputRole.StyleMap),
            "initial" => new(blob, file, InputRole.Initial),
            "settings" when file[dot..].Equals(".json", StringComparison.OrdinalIgnoreCase) => new(blob, file, null),
            _ => null,
        };
    }
}
