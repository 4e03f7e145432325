using CnnMrf.Functions.Durable;
using CnnMrf.Pipeline.Uploads;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CnnMrf.Functions.Uploads;

/// <summary>Looks at every upload, whatever was announced.</summary>
public sealed class UploadSweep(UploadWatcher watcher, DurableWorkflows workflows)
{
    /// <summary>Every <see cref="UploadWatcher.SweepEvery"/>.</summary>
    public const string Schedule = "0 */15 * * * *";

    /// <summary>Runs it.</summary>
    [Function("UploadSweep")]
    public Task RunAsync([TimerTrigger(Schedule)] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        workflows.Use(client);
        return watcher.SweepAsync(ct);
    }
}
