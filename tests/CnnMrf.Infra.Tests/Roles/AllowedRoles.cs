using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.Infra.Tests.Roles;

/// <summary>A right that is given.</summary>
/// <param name="To">Who: an identity of modules/identities.bicep, or the deployer.</param>
/// <param name="Role">What, by the role's id.</param>
/// <param name="On">On what: the type's last word and the name without the installation's token.</param>
/// <param name="Why">The reason; no right without one.</param>
internal sealed record AllowedRole(string To, string Role, string On, string Why);

/// <summary>All rights that the template may give. Anything else in it fails a test, and so does anything missing.</summary>
internal static class AllowedRoles
{
    internal const string AcrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    internal const string BlobDataContributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    internal const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    internal const string BlobDataReader = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
    internal const string DurableTaskDataContributor = "0ad04412-c4d5-4796-b79c-f76d14c8d402";
    internal const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    internal const string QueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    internal const string ServiceBusDataOwner = "090c5cfd-751d-490a-894a-3ce6f1109419";
    internal const string ServiceBusDataReceiver = "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0";
    internal const string ServiceBusDataSender = "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39";
    internal const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";

    private const string Functions = "functions";
    private const string Worker = "worker";
    private const string Platform = "platform";
    private const string Deployer = "deployer";

    private const string HostAccount = "storageAccounts sthost";
    private const string DataAccount = "storageAccounts stdata";
    private const string Levels = "queues " + QueueNames.Levels;
    private const string Outcomes = "queues " + QueueNames.LevelOutcomes;
    private const string Uploads = "containers " + BlobContainers.Uploads;
    private const string Batches = "containers " + BlobContainers.Batches;
    private const string Syntheses = "containers " + BlobContainers.Syntheses;
    private const string Weights = "containers " + BlobContainers.Weights;
    private const string ApplicationInsights = "components appi-";

    internal static IReadOnlyList<AllowedRole> Always { get; } =
    [
        new(Functions, BlobDataOwner, HostAccount, "the host's locks and keys, and the deployed package; what the host asks for"),
        new(Functions, QueueDataContributor, HostAccount, "the blob trigger's queues"),
        new(Functions, TableDataContributor, HostAccount, "the host's diagnostic events"),
        new(Functions, QueueDataContributor, DataAccount, "where the blob trigger puts what failed again and again"),
        new(Functions, BlobDataContributor, Uploads, "reads what was uploaded; the blob trigger's least role"),
        new(Functions, BlobDataContributor, Batches, "reads manifests, writes reports"),
        new(Functions, BlobDataContributor, Syntheses, "requests, statuses, plans, reports; purging"),
        new(Functions, BlobDataReader, Weights, "fixes the hash of the weights that a run uses"),
        new(Functions, ServiceBusDataSender, Levels, "dispatches levels"),
        new(Functions, ServiceBusDataReceiver, Levels, "takes dead letters, which are a part of the queue"),
        new(Functions, ServiceBusDataReceiver, Outcomes, "wakes workflows"),
        new(Functions, DurableTaskDataContributor, "taskHubs cnnmrf", "runs the orchestrations"),
        new(Functions, MonitoringMetricsPublisher, ApplicationInsights, "sends its telemetry"),
        new(Worker, ServiceBusDataReceiver, Levels, "takes levels, renews their locks, makes poison a dead letter"),
        new(Worker, ServiceBusDataSender, Outcomes, "says that a level has ended"),
        new(Worker, BlobDataOwner, Syntheses, "tensors, checkpoints, progress, leases; only an owner may write a blob's tags"),
        new(Worker, BlobDataReader, Weights, "fetches the weights"),
        new(Worker, MonitoringMetricsPublisher, ApplicationInsights, "sends its telemetry"),
        new(Platform, AcrPull, "registries cr", "pulls the workers' image"),
        new(Platform, ServiceBusDataOwner, Levels, "the scaler asks for the length, a right to manage; no container gets this identity"),
    ];

    /// <summary>Only where somebody is named who deploys.</summary>
    internal static IReadOnlyList<AllowedRole> ToDeployer { get; } =
    [
        new(Deployer, BlobDataContributor, Weights, "hooks/weights.sh"),
        new(Deployer, BlobDataContributor, Uploads, "uploads the first pair to see it work"),
    ];
}
