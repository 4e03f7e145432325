using CnnMrf.Pipeline.InProcess;
using CnnMrf.Pipeline.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Local.Serving;

/// <summary>Lets workflows that an earlier process left unfinished go on, and hears of levels that ended.</summary>
internal sealed class WorkflowService(InProcessWorkflows workflows, NoticePump pump, TimeProvider time, ILogger<WorkflowService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ResumeAsync(stoppingToken), pump.RunAsync(stoppingToken));

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await workflows.DisposeAsync();
    }

    private async Task ResumeAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await workflows.ResumeAsync(ct);
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException && !ct.IsCancellationRequested)
            {
                logger.ResumingFailed(e);
                await Task.Delay(Pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
