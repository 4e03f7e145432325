using Azure.Storage.Blobs;
using CnnMrf.Functions.Durable;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Uploads;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CnnMrf.Functions.Uploads;

/// <summary>Each upload that Event Grid announces. The deployment's hook subscribes this function: no other has a blob trigger.</summary>
public sealed class UploadArrived(UploadWatcher watcher, DurableWorkflows workflows)
{
    /// <summary>Looks at the upload's folder. What cannot be used becomes a failed synthesis; only storage faults throw, and are tried
    /// again.</summary>
    // A client instead of the content: the watcher reads what it needs.
    [Function("UploadArrived")]
    public Task RunAsync(
        [BlobTrigger(BlobContainers.Uploads + "/{name}", Connection = Connections.Data, Source = BlobTriggerSource.EventGrid)]
        BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        workflows.Use(client);
        return watcher.OnUploadedAsync(blob.Name, ct);
    }
}
