namespace CnnMrf.Storage.Folders;

/// <summary>
/// Locks between processes: one at a time changes a blob. A lock is a locked file, which the system unlocks when its process ends, however
/// it ends. Blobs share a fixed number of lock files, which are never deleted: nobody can lock a file that is gone already.
/// </summary>
internal sealed class FolderLocks(string folder, TimeSpan patience)
{
    private const int EAgainLinux = 11;
    private const int EAgainMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    // Waiting for a thread of one's own process needs no polling.
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    /// <exception cref="IOException">Another process holds it for too long.</exception>
    internal async Task<Held> TakeAsync(FolderPlace place, CancellationToken ct)
    {
        var stripe = place.Key[..2];
        var gate = gates[Convert.FromHexString(stripe)[0]];
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return new(gate, await OpenAsync(Path.Combine(folder, stripe), ct).ConfigureAwait(false));
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    private async Task<FileStream> OpenAsync(string path, CancellationToken ct)
    {
        var started = Environment.TickCount64;
        for (var pause = 1; ; pause = Math.Min(pause * 2, 20))
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (e is DirectoryNotFoundException or FileNotFoundException && pause < 20)
            {
                Directory.CreateDirectory(folder);
            }
            catch (IOException e) when (e.HResult is EAgainLinux or EAgainMac or SharingViolation)
            {
                if (Environment.TickCount64 - started > patience.TotalMilliseconds)
                {
                    throw new IOException($"Another process has held the lock {path} for {patience.TotalSeconds:0} s.", e);
                }

                await Task.Delay(pause, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A lock that is held until disposed of.</summary>
    internal readonly struct Held(SemaphoreSlim gate, FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            gate.Release();
        }
    }
}
