using CnnMrf.Pipeline.Batches;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Local.Serving;

/// <summary>Takes up batches when it is time. What was missed while nothing ran waits for the next time.</summary>
internal sealed class BatchService(BatchScheduler scheduler, ServeOptions options, TimeProvider time, ILogger<BatchService> logger)
    : BackgroundService
{
    // A timer cannot wait for longer than 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var last = time.GetUtcNow();
            while (options.Batches.After(last) is { } next)
            {
                for (var left = next - time.GetUtcNow(); left > TimeSpan.Zero; left = next - time.GetUtcNow())
                {
                    await Task.Delay(left < LongestWait ? left : LongestWait, time, stoppingToken);
                }

                await RunAsync(stoppingToken);

                // Times that passed meanwhile are not made up for.
                var now = time.GetUtcNow();
                last = now > next ? now : next;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await scheduler.RunAsync(ct);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !ct.IsCancellationRequested)
        {
            logger.BatchesFailed(e);
        }
    }
}
