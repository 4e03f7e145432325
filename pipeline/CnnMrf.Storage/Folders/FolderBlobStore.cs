using System.Collections.Concurrent;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.Checks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.Folders;

/// <summary>
/// Blobs as plain files in a folder, for one machine. Several processes may use it at once, and each may be killed at any moment: a blob
/// is then what it was before or what was written, a lock is free, and a lease ends by its time.
/// </summary>
/// <remarks>
/// <para>A blob's file is written aside, flushed, and renamed into place under a lock between processes; that lock also covers the check of
/// conditions and leases. Creating if-missing holds even against programs that know no such lock.</para>
/// <para>An etag is the time a file was written and its length; files that others put there, replace or edit have one too. Reading a file
/// that is edited in place meanwhile fails at its end with <see cref="BlobConditionException"/>.</para>
/// <para>Beside what no store can hold, refused by <see cref="ArgumentException"/> are segments of more than 255 bytes, the store's own
/// folder <c>.cnnmrf</c>, names that begin with another blob's name and a slash, and on Windows names that files cannot have. Where the
/// file system ignores case, so do names.</para>
/// <para>The folder must be on a file system with locks, on one machine: leases compare its clock.</para>
/// </remarks>
public sealed partial class FolderBlobStore : IBlobStore
{
    private const char ListingKind = 'f';
    private const int CopyBytes = 128 * 1_024;
    private const int Attempts = 20;
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly FolderStorageOptions options;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly string root;
    private readonly ConcurrentDictionary<string, FolderContainer> containers = new(StringComparer.Ordinal);

    /// <summary>A store on a folder.</summary>
    /// <param name="options">Where.</param>
    /// <param name="time">The clock of leases.</param>
    /// <param name="log">Where leftovers are reported.</param>
    public FolderBlobStore(IOptions<FolderStorageOptions> options, TimeProvider time, ILogger<FolderBlobStore> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.time = time;
        this.log = log;
        root = Path.GetFullPath(this.options.Folder);
    }

    /// <summary>0.1 s to 60 s.</summary>
    public (TimeSpan Shortest, TimeSpan Longest) LeaseDurations => (TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(60));

    /// <inheritdoc/>
    public Task EnsureContainersAsync(IEnumerable<string> containers, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(containers);
        foreach (var name in containers)
        {
            ct.ThrowIfCancellationRequested();
            var container = Container(name);
            OnDisk(new(name, ""), () =>
            {
                Directory.CreateDirectory(container.Temporary);
                ClearAbandoned(container);
                return 0;
            });
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<BlobProperties?> FindAsync(BlobAddress blob, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var (container, place) = Place(blob);
        return Task.FromResult(OnDisk(blob, () => Find(container, place)));
    }

    /// <inheritdoc/>
    public Task<BlobContent> OpenAsync(BlobAddress blob, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var (container, place) = Place(blob);
        return Task.FromResult(OnDisk(blob, () => Open(container, place)));
    }

    /// <inheritdoc/>
    public async Task<BlobProperties> WriteAsync(BlobAddress blob, Stream content, BlobWrite how, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        var (container, place) = Place(blob);
        var metadata = BlobWrites.Check(how);
        if (!container.Exists)
        {
            throw new BlobNotFoundException(blob);
        }

        var temporary = Path.Combine(container.Temporary, Guid.NewGuid().ToString("N"));
        try
        {
            var version = await FillAsync(blob, temporary, content, ct).ConfigureAwait(false);
            using (await LockAsync(container, place, ct).ConfigureAwait(false))
            {
                version = OnDisk(blob, () => Replace(container, place, temporary, version, how, metadata));
            }

            return Properties(place, version, new(blob.Name, how.ContentType, metadata));
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(BlobAddress blob, BlobCondition condition, string? leaseId, CancellationToken ct)
    {
        var (container, place) = Place(blob);
        if (!container.Exists)
        {
            return false;
        }

        using (await LockAsync(container, place, ct).ConfigureAwait(false))
        {
            return OnDisk(blob, () => Delete(container, place, condition, leaseId));
        }
    }

    /// <inheritdoc/>
    public Task<BlobPage> ListAsync(string container, string prefix, string? continuation, int most, CancellationToken ct)
    {
        var folder = Container(container);
        BlobAddresses.CheckPrefix(prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 5_000);
        var after = continuation is null ? "" : Continuations.Read(ListingKind, continuation);
        return Task.FromResult(OnDisk(new(container, prefix), () => List(folder, prefix, after, most, ct)));
    }

    /// <inheritdoc/>
    public async Task<BlobLease> AcquireLeaseAsync(BlobAddress blob, TimeSpan duration, CancellationToken ct)
    {
        var (container, place) = Place(blob);
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, LeaseDurations.Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, LeaseDurations.Longest);
        if (!container.Exists)
        {
            throw new BlobNotFoundException(blob);
        }

        using (await LockAsync(container, place, ct).ConfigureAwait(false))
        {
            return OnDisk(blob, () =>
            {
                if (FileVersion.At(place.Path) is null)
                {
                    throw new BlobNotFoundException(blob);
                }

                if (Current(container, place) is not null)
                {
                    throw new BlobLeaseHeldException(blob);
                }

                var lease = new BlobLease(blob, Guid.NewGuid().ToString(), duration);
                container.Leases.Write(place, Record(lease));
                return lease;
            });
        }
    }

    /// <inheritdoc/>
    public async Task RenewLeaseAsync(BlobLease lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var (container, place) = Place(lease.Blob);
        using (await LockAsync(container, place, ct).ConfigureAwait(false))
        {
            OnDisk(lease.Blob, () =>
            {
                if (FileVersion.At(place.Path) is null || container.Leases.Find(place)?.Id != lease.Id)
                {
                    throw new BlobLeaseLostException(lease.Blob);
                }

                container.Leases.Write(place, Record(lease));
                return 0;
            });
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseLeaseAsync(BlobLease lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var (container, place) = Place(lease.Blob);
        using (await LockAsync(container, place, ct).ConfigureAwait(false))
        {
            OnDisk(lease.Blob, () =>
            {
                if (container.Leases.Find(place)?.Id == lease.Id)
                {
                    container.Leases.Delete(place);
                }

                return 0;
            });
        }
    }

    private static T OnDisk<T>(BlobAddress blob, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (FolderFailures.IsOfDisk(e))
        {
            throw FolderFailures.Unavailable(blob, e);
        }
    }

    private static async Task<FolderLocks.Held> LockAsync(FolderContainer container, FolderPlace place, CancellationToken ct)
    {
        try
        {
            return await container.Locks.TakeAsync(place, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (FolderFailures.IsOfDisk(e))
        {
            throw FolderFailures.Unavailable(place.Blob, e);
        }
    }

    private static BlobProperties? Find(FolderContainer container, FolderPlace place)
    {
        for (var left = Attempts; FileVersion.At(place.Path) is { } version; left--)
        {
            var type = container.Types.Find(place, version);
            if (type is not null || left == 0 || FileVersion.At(place.Path) == version)
            {
                return Properties(place, version, type);
            }
        }

        return null;
    }

    private static BlobContent Open(FolderContainer container, FolderPlace place)
    {
        for (var left = Attempts; ; left--)
        {
            FileStream file;
            try
            {
                file = new(
                    place.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0,
                    FileOptions.Asynchronous | FileOptions.SequentialScan);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException
                || (FolderFailures.IsOfDisk(e) && FileVersion.At(place.Path) is null))
            {
                throw new BlobNotFoundException(place.Blob, e);
            }

            var version = FileVersion.Of(file.SafeFileHandle);
            var type = container.Types.Find(place, version);
            // A type is forgotten only when its version is replaced: without one, the version must still be there, or it had one. (A
            // file that somebody keeps appending to is never the same twice, and has no type.)
            if (type is not null || left == 0 || FileVersion.At(place.Path) == version)
            {
                return new(Properties(place, version, type), new FolderReadStream(file, place.Blob, version));
            }

            file.Dispose();
        }
    }

    private static BlobProperties Properties(FolderPlace place, FileVersion version, FolderType? type) => new(
        place.Blob, version.ETag, version.Length, new(version.Written), type?.ContentType ?? FolderTypes.ByExtension(place.Blob.Name))
    {
        Metadata = type?.Metadata ?? [],
    };

    private static BlobPage List(FolderContainer container, string prefix, string after, int most, CancellationToken ct)
    {
        var items = new List<BlobProperties>();
        foreach (var name in container.Exists ? FolderListing.Names(container.Root, prefix, after) : [])
        {
            ct.ThrowIfCancellationRequested();
            if (items.Count == most)
            {
                return new(items, Continuations.Write(ListingKind, items[^1].Address.Name));
            }

            if (Find(container, container.Place(new(container.Name, name))) is { } properties)
            {
                items.Add(properties with { Metadata = new Dictionary<string, string>() });
            }
        }

        return new(items, null);
    }

    private static void CheckCondition(BlobAddress blob, BlobCondition condition, FileVersion? current)
    {
        if ((condition.MustBeMissing && current is not null) || (condition.ETag is { } etag && current?.ETag != etag))
        {
            throw new BlobConditionException(blob);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (FolderFailures.IsOfDisk(e))
        {
            // What happened before matters more than a leftover, which is cleared at a later start.
        }
    }

    /// <summary>Copies the content to a file aside and flushes it; errors of the content's own pass unchanged.</summary>
    private async Task<FileVersion> FillAsync(BlobAddress blob, string path, Stream content, CancellationToken ct)
    {
        using var file = OnDisk(blob, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        });
        var buffer = new byte[CopyBytes];
        int read;
        while ((read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct).ConfigureAwait(false)) > 0)
        {
            try
            {
                await file.WriteAsync(buffer.AsMemory(0, read), ct).ConfigureAwait(false);
            }
            catch (Exception e) when (FolderFailures.IsOfDisk(e))
            {
                throw FolderFailures.Unavailable(blob, e);
            }
        }

        ct.ThrowIfCancellationRequested();
        return OnDisk(blob, () =>
        {
            File.SetLastWriteTimeUtc(file.SafeFileHandle, FileVersion.NextTime());
            file.Flush(options.FlushToDisk);
            return FileVersion.Of(file.SafeFileHandle);
        });
    }

    private FileVersion Replace(
        FolderContainer container, FolderPlace place, string temporary, FileVersion version, BlobWrite how,
        Dictionary<string, string> metadata)
    {
        var before = FileVersion.At(place.Path);
        CheckLease(container, place, how.LeaseId);
        CheckCondition(place.Blob, how.Condition, before);
        if (before is { } old && version.Written <= old.Written)
        {
            version = FileVersion.Stamp(temporary, old.Written);
        }

        container.Types.Write(place, version, how.ContentType, metadata, options.FlushToDisk);
        var made = Move(container, place, temporary, overwrite: !how.Condition.MustBeMissing);
        container.Types.Clear(place, version);
        if (how.LeaseId is null)
        {
            container.Leases.Delete(place);
        }

        if (options.FlushToDisk)
        {
            Disk.FlushFolder(Path.GetDirectoryName(place.Path)!);
            foreach (var folder in made)
            {
                Disk.FlushFolder(folder);
            }
        }

        return version;
    }

    /// <returns>The folders in which folders were made.</returns>
    private static List<string> Move(FolderContainer container, FolderPlace place, string temporary, bool overwrite)
    {
        for (var left = Attempts; ; left--)
        {
            try
            {
                var made = MakeFolders(container, place);
                Disk.Persist(() => File.Move(temporary, place.Path, overwrite));
                return made;
            }
            catch (IOException e) when (!overwrite && FileVersion.At(place.Path) is not null)
            {
                // Somebody who knows no locks was faster.
                throw new BlobConditionException(place.Blob, e);
            }
            catch (IOException) when (left > 0 && File.Exists(temporary))
            {
                // The last blob beside was deleted, and its folder with it: that shows as one error or another.
            }
        }
    }

    /// <returns>The folders in which folders were made.</returns>
    private static List<string> MakeFolders(FolderContainer container, FolderPlace place)
    {
        if (Directory.Exists(place.Path))
        {
            throw new ArgumentException($"{place.Blob} is a folder with other blobs, and cannot be a blob as well in a data folder.");
        }

        var parent = Path.GetDirectoryName(place.Path)!;
        var changed = new List<string>();
        var folder = parent;
        for (; folder.Length > container.Root.Length && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)!)
        {
            if (File.Exists(folder))
            {
                throw new ArgumentException($"{place.Blob} would lie under another blob, which a data folder cannot hold.");
            }

            changed.Add(Path.GetDirectoryName(folder)!);
        }

        Directory.CreateDirectory(parent);
        return changed;
    }

    private bool Delete(FolderContainer container, FolderPlace place, BlobCondition condition, string? leaseId)
    {
        var before = FileVersion.At(place.Path);
        if (before is null)
        {
            return false;
        }

        CheckLease(container, place, leaseId);
        CheckCondition(place.Blob, condition, before);
        Disk.Persist(() => File.Delete(place.Path));
        container.Types.Clear(place, null);
        container.Leases.Delete(place);
        RemoveEmptyFolders(container, Path.GetDirectoryName(place.Path)!);
        return true;
    }

    private void RemoveEmptyFolders(FolderContainer container, string folder)
    {
        try
        {
            for (; folder.Length > container.Root.Length; folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (FolderFailures.IsOfDisk(e))
        {
            // Others are in it, or it is gone already.
        }

        if (options.FlushToDisk && Directory.Exists(folder))
        {
            Disk.FlushFolder(folder);
        }
    }

    private FolderLease? Current(FolderContainer container, FolderPlace place)
        => container.Leases.Find(place) is { } lease && time.GetUtcNow() < lease.Until ? lease : null;

    private void CheckLease(FolderContainer container, FolderPlace place, string? shown)
    {
        var current = Current(container, place);
        if (shown is not null && current?.Id != shown)
        {
            throw new BlobLeaseLostException(place.Blob);
        }

        if (shown is null && current is not null)
        {
            throw new BlobLeaseHeldException(place.Blob);
        }
    }

    private FolderLease Record(BlobLease lease)
        => new(lease.Blob.Name, lease.Id, (long)lease.Duration.TotalMilliseconds, time.GetUtcNow() + lease.Duration);

    private FolderContainer Container(string name)
    {
        BlobAddresses.CheckContainer(name);
        return containers.GetOrAdd(name, n => new(n, Path.Combine(root, n), options.LockPatience));
    }

    private (FolderContainer Container, FolderPlace Place) Place(BlobAddress blob)
    {
        BlobAddresses.Check(blob);
        var container = Container(blob.Container);
        return (container, container.Place(blob));
    }

    private void ClearAbandoned(FolderContainer container)
    {
        var before = DateTime.UtcNow - Abandoned;
        foreach (var file in Directory.EnumerateFiles(container.Temporary))
        {
            if (File.GetLastWriteTimeUtc(file) < before)
            {
                TryDelete(file);
                LogCleared(file);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {File}, which a killed process left half written.")]
    private partial void LogCleared(string file);
}
