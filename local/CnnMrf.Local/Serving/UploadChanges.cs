namespace CnnMrf.Local.Serving;

/// <summary>Folders below the uploads in which something changed, until they have been still for a while.</summary>
internal sealed class UploadChanges : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (DateTimeOffset Due, int Looks)> _waiting = new(StringComparer.Ordinal);
    private readonly FileSystemWatcher _files;
    private readonly string _folder;
    private readonly TimeSpan _still;
    private readonly TimeProvider _time;
    private bool _missed;

    /// <summary>Watches from now on.</summary>
    /// <param name="folder">The uploads.</param>
    /// <param name="still">How long a folder has to be still.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The system watches no more folders.</exception>
    /// <exception cref="ArgumentException">There is no such folder.</exception>
    internal UploadChanges(string folder, TimeSpan still, TimeProvider time)
    {
        (_folder, _still, _time) = (folder, still, time);
        _files = new(folder) { IncludeSubdirectories = true };
        _files.Created += OnChange;
        _files.Changed += OnChange;
        _files.Deleted += OnChange;
        _files.Renamed += OnChange;
        _files.Error += (_, _) =>
        {
            lock (_lock)
            {
                _missed = true;
            }
        };
        _files.EnableRaisingEvents = true;
    }

    /// <inheritdoc/>
    public void Dispose() => _files.Dispose();

    /// <summary>Has a folder looked at when it was still.</summary>
    /// <param name="name">Relative to the uploads, with slashes.</param>
    /// <param name="looks">Which look it will be.</param>
    internal void Add(string name, int looks)
    {
        lock (_lock)
        {
            _waiting[name] = (_time.GetUtcNow() + _still, looks);
        }
    }

    /// <summary>The folders that were still long enough; they are no longer waited for.</summary>
    internal IReadOnlyList<(string Name, int Looks)> TakeSettled(DateTimeOffset now)
    {
        lock (_lock)
        {
            var settled = _waiting.Where(w => w.Value.Due <= now).Select(w => (w.Key, w.Value.Looks)).ToArray();
            foreach (var (name, _) in settled)
            {
                _waiting.Remove(name);
            }

            return settled;
        }
    }

    /// <summary>Whether the system announced less than happened since the last call.</summary>
    internal bool TakeMissed()
    {
        lock (_lock)
        {
            var missed = _missed;
            _missed = false;
            return missed;
        }
    }

    // A folder that appears may have its files already: its own name counts as well as the one it is in.
    private void OnChange(object sender, FileSystemEventArgs change)
    {
        var path = Path.GetRelativePath(_folder, change.FullPath).Replace('\\', '/');
        if (path.EndsWith(".part", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (Path.GetDirectoryName(path)?.Replace('\\', '/') is { Length: > 0 } parent)
        {
            Add(parent, 1);
        }

        if (change.ChangeType != WatcherChangeTypes.Deleted && Directory.Exists(change.FullPath))
        {
            Add(path, 1);
        }
    }
}
