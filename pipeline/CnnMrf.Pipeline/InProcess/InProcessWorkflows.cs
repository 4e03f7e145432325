using System.Collections.Concurrent;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.InProcess;

/// <summary>
/// Runs workflows in this process. It keeps no history: after a crash <see cref="ResumeAsync"/> runs what is unfinished again from the
/// start, and every step finds what it did before. One process at a time may do so on a store.
/// </summary>
public sealed class InProcessWorkflows(
    IServiceProvider services, IBlobStore store, PipelineOptions options, TimeProvider time, ILogger<InProcessWorkflows> logger)
    : IWorkflowClient, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, InProcessInstance> _running = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _slots = new(Math.Max(2, Environment.ProcessorCount));
    private int _disposed;

    /// <summary>Workflows running now.</summary>
    public int Count => _running.Count;

    /// <summary>Starts everything that is unfinished in the store.</summary>
    /// <returns>How many workflows.</returns>
    public async Task<int> ResumeAsync(CancellationToken ct)
    {
        var count = 0;
        await foreach (var entry in store.ListAllAsync(BlobContainers.Syntheses, BlobLayout.IndexPrefix, ct).ConfigureAwait(false))
        {
            if (BlobLayout.TryParseIndexEntry(entry.Address.Name, out var id)
                && await ReadAsync<SynthesisStatus>(BlobLayout.Status(id), ct).ConfigureAwait(false) is { } status
                && !status.Value.Status.IsFinal())
            {
                await StartSynthesisAsync(new(id, status.Value.Run) { Timing = options.Timing }, ct).ConfigureAwait(false);
                count++;
            }
        }

        await foreach (var entry in store.ListAllAsync(BlobContainers.Batches, BlobLayout.ReportPrefix, ct).ConfigureAwait(false))
        {
            var report = await ReadAsync<BatchReport>(entry.Address, ct).ConfigureAwait(false);
            if (report?.Value.Status == BatchState.Running)
            {
                var input = new BatchInput(report.Value.Name, report.Value.ManifestHash) { Timing = options.Timing };
                await StartBatchAsync(input, ct).ConfigureAwait(false);
                count++;
            }
        }

        if (count > 0)
        {
            logger.Resumed(count);
        }

        return count;
    }

    /// <inheritdoc/>
    public Task StartSynthesisAsync(RunInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StartAsync(new RunKey(input.Id, input.Run).InstanceId, context => SynthesisWorkflow.RunAsync(context, input));
    }

    /// <inheritdoc/>
    public Task StartBatchAsync(BatchInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StartAsync(
            BatchName.InstanceId(input.Name, input.ManifestHash),
            context => BatchWorkflow.RunAsync(context, (BatchInput?)context.Next ?? input));
    }

    /// <inheritdoc/>
    public Task<bool> RaiseAsync(string instanceId, string eventName, CancellationToken ct)
    {
        if (!_running.TryGetValue(instanceId, out var instance))
        {
            return Task.FromResult(false);
        }

        instance.Raise(eventName);
        return Task.FromResult(true);
    }

    /// <summary>An instance that is not running here is unknown: the blobs say whether it ended.</summary>
    public Task<InstanceState> GetStateAsync(string instanceId, CancellationToken ct) =>
        Task.FromResult(_running.ContainsKey(instanceId) ? InstanceState.Running : InstanceState.Unknown);

    /// <inheritdoc/>
    public Task PurgeAsync(string instanceId, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Stops the workflows where they are, and waits for their steps to end. Their syntheses are unfinished, and resumed
    /// later.</summary>
    public async ValueTask DisposeAsync()
    {
        // Containers dispose it once for every service that it is.
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Values.Select(i => i.Running)).ConfigureAwait(false);
        _stop.Dispose();
        _slots.Dispose();
    }

    // One that is damaged does not keep the others waiting.
    private async Task<Stored<T>?> ReadAsync<T>(BlobAddress blob, CancellationToken ct)
        where T : class, IDocument
    {
        try
        {
            return await store.ReadDocumentAsync<T>(blob, ct).ConfigureAwait(false);
        }
        catch (DocumentException e)
        {
            logger.Damaged(blob.ToString(), e);
            return null;
        }
    }

    private Task StartAsync(string instanceId, Func<InProcessContext, Task> workflow)
    {
        var instance = new InProcessInstance(instanceId);
        if (_disposed == 0 && _running.TryAdd(instanceId, instance))
        {
            instance.Running = Task.Run(() => RunAsync(instance, workflow), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    private async Task RunAsync(InProcessInstance instance, Func<InProcessContext, Task> workflow)
    {
        try
        {
            // Asked for here, not in the constructor: activities start workflows, so each needs the other.
            var activities = services.GetRequiredService<PipelineActivities>();
            var context = new InProcessContext(instance, activities, _slots, time, logger, _stop.Token);
            object? input;
            do
            {
                input = context.Next;
                await workflow(context).ConfigureAwait(false);
            }
            while (context.Next is not null && !ReferenceEquals(input, context.Next));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Resumed by the next process.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.WorkflowFailed(instance.Id, e);
        }
        finally
        {
            _running.TryRemove(new(instance.Id, instance));
        }
    }
}
