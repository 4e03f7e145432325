using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Queues;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Running;

/// <summary>For hosts without triggers of their own: receives notices and dead letters, and hands them to
/// <see cref="LevelNotices"/>.</summary>
public sealed class NoticePump(IMessageQueues queues, LevelNotices notices, TimeProvider time, ILogger<NoticePump> logger)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Runs until cancelled. What cannot be handled now is given back and comes again.</summary>
    public Task RunAsync(CancellationToken ct)
    {
        var outcomes = queues.Get(QueueNames.LevelOutcomes);
        var levels = queues.Get(QueueNames.Levels);
        return Task.WhenAll(
            LoopAsync(outcomes.Name, outcomes.ReceiveAsync, m => notices.HandleNoticeAsync(m.Body, ct), ct),
            LoopAsync(levels.Name, levels.ReceiveDeadLetterAsync, m => notices.HandleDeadLetterAsync(m, ct), ct));
    }

    private async Task LoopAsync(
        string queue,
        Func<TimeSpan, CancellationToken, Task<ReceivedMessage?>> receive,
        Func<ReceivedMessage, Task> handle,
        CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await receive(Wait, ct).ConfigureAwait(false) is { } message)
                {
                    await handle(message).ConfigureAwait(false);
                    await message.CompleteAsync(ct).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Whatever it is, the next message must be heard; this one comes again when its lock ends.
                logger.QueueUnavailable(queue, e);
                await Task.Delay(Pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
