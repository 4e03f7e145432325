using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Worker.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker;

/// <summary>Tries again what store or queue could not do just now, until it works or is cancelled.</summary>
internal sealed class Retrying(IOptions<WorkerOptions> options, TimeProvider time, ILogger<Retrying> logger)
{
    private const int Longest = 16;

    /// <summary>Whether an exception says that store or queue cannot be reached.</summary>
    public static bool IsOutage(Exception e) => e is BlobUnavailableException or QueueUnavailableException;

    public async Task<T> RunAsync<T>(string what, Func<Task<T>> action, CancellationToken ct)
    {
        for (var factor = 1; ; factor = Math.Min(2 * factor, Longest))
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                return await action().ConfigureAwait(false);
            }
            catch (Exception e) when (IsOutage(e))
            {
                var delay = options.Value.RetryEvery * factor;
                WorkerDiagnostics.Retries.Add(1);
                logger.Retrying(what, delay, e.Message);
                await Task.Delay(delay, time, ct).ConfigureAwait(false);
            }
        }
    }

    public Task RunAsync(string what, Func<Task> action, CancellationToken ct) => RunAsync(
        what,
        async () =>
        {
            await action().ConfigureAwait(false);
            return true;
        },
        ct);
}
