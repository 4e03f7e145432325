using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Uploads;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Local.Serving;

/// <summary>
/// Looks at uploads: a folder's as soon as its files have settled, and all of them regularly, whatever the system announced.
/// </summary>
internal sealed class UploadService(
    UploadWatcher watcher, ServeOptions options, PipelineOptions pipeline, TimeProvider time, ILogger<UploadService> logger)
    : BackgroundService
{
    private const int Looks = 3;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Settling is asked of the files' own times: look a little later than that.
        using var changes = options.Place is FolderPlace folder ? Watch(folder.Uploads) : null;
        try
        {
            DateTimeOffset? sweep = null;
            while (!stoppingToken.IsCancellationRequested)
            {
                var now = time.GetUtcNow();
                if (sweep is null || now >= sweep)
                {
                    sweep = now + options.Place.LookEvery;
                    await TryAsync("", () => watcher.SweepAsync(stoppingToken), stoppingToken);
                }

                foreach (var (name, looks) in changes?.TakeSettled(now) ?? [])
                {
                    await LookAsync(changes!, name, looks, stoppingToken);
                }

                if (changes?.TakeMissed() == true)
                {
                    sweep = now + pipeline.UploadSettles + Tick;
                }

                await Task.Delay(Tick, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    // A file may have been written again, or dated, a moment later than was announced.
    private async Task LookAsync(UploadChanges changes, string name, int looks, CancellationToken ct)
    {
        var started = await TryAsync(name, () => watcher.OnUploadedAsync($"{name}/any", ct), ct);
        if (started is null && looks < Looks)
        {
            changes.Add(name, looks + 1);
        }
    }

    private UploadChanges? Watch(string folder)
    {
        try
        {
            return new(folder, pipeline.UploadSettles + Tick, time);
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            logger.NotWatched(folder, options.Place.LookEvery, e.Message);
            return null;
        }
    }

    private async Task<T?> TryAsync<T>(string name, Func<Task<T>> look, CancellationToken ct)
        where T : class?
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (e is not OutOfMemoryException && !ct.IsCancellationRequested)
        {
            logger.UploadsFailed(name, e);
            return null;
        }
    }
}
