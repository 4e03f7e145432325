using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.Folders;

/// <summary>Where and how a <see cref="FolderBlobStore"/> keeps blobs.</summary>
public sealed class FolderStorageOptions
{
    /// <summary>The data folder; created where it is missing. One folder in it for each container.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Flushes every write to the disk before it returns. Off, writes survive the death of the process, but not of the
    /// machine.</summary>
    public bool FlushToDisk { get; set; } = true;

    /// <summary>How long another process may hold a blob's lock before the store is called unavailable. At least 1 s.</summary>
    public TimeSpan LockPatience { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Finds at start what would fail later.</summary>
internal sealed class FolderStorageOptionsValidator : IValidateOptions<FolderStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, FolderStorageOptions options)
    {
        var wrong = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Folder) || options.Folder.Contains('\0', StringComparison.Ordinal))
        {
            wrong.Add("The data folder has no name: set Folder.");
        }
        else if (File.Exists(options.Folder))
        {
            wrong.Add($"The data folder {options.Folder} is a file: name a folder.");
        }

        if (options.LockPatience < TimeSpan.FromSeconds(1))
        {
            wrong.Add("LockPatience is at least 1 s.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
