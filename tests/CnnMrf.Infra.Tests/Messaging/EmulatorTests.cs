using System.Text.Json;
using CnnMrf.Infra.Tests.Bicep;
using CnnMrf.Infra.Tests.Deploying;

namespace CnnMrf.Infra.Tests.Messaging;

/// <summary>The emulators are what is deployed, as far as they can be.</summary>
public sealed class EmulatorTests
{
    // What the Service Bus emulator's schema allows at most.
    private const int MostDeliveries = 10;
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(5);

    private static readonly IReadOnlyList<JsonElement> Queues = [.. JsonDocument.Parse(Repository.Text("infra/emulators/service-bus.json"))
        .RootElement.GetProperty("UserConfig").GetProperty("Namespaces")[0].GetProperty("Queues").EnumerateArray()];

    private static readonly YamlFile Compose = YamlFile.Read("infra/emulators/compose.yaml");

    [Fact]
    public void The_service_bus_emulator_has_the_queues_that_are_deployed_within_its_limits()
    {
        var deployed = Deployment.Development.Of("Microsoft.ServiceBus/namespaces/queues");

        Assert.Equal(deployed.Select(q => q.Name), Queues.Select(q => q.GetProperty("Name").GetString()));
        foreach (var (queue, emulated) in deployed.Zip(Queues.Select(q => new Resource(q.GetProperty("Properties")))))
        {
            Assert.Equal(queue.Time("properties/lockDuration"), emulated.Time("LockDuration"));
            Assert.Equal(Least(queue.Time("properties/defaultMessageTimeToLive"), LongestLife), emulated.Time("DefaultMessageTimeToLive"));
            Assert.Equal(
                Least(queue.Time("properties/duplicateDetectionHistoryTimeWindow"), LongestWindow),
                emulated.Time("DuplicateDetectionHistoryTimeWindow"));
            Assert.Equal(Math.Min(queue.Number("properties/maxDeliveryCount"), MostDeliveries), emulated.Number("MaxDeliveryCount"));
            Assert.Equal(queue.Flag("properties/requiresDuplicateDetection"), emulated.Flag("RequiresDuplicateDetection"));
            Assert.Equal(queue.Flag("properties/deadLetteringOnMessageExpiration"), emulated.Flag("DeadLetteringOnMessageExpiration"));
        }
    }

    [Fact]
    public void Compose_gives_the_configuration_to_the_emulator() => Assert.Equal(
        "./service-bus.json:/ServiceBus_Emulator/ConfigFiles/Config.json:ro",
        Compose.Text("services/service-bus/volumes/0"));

    [Fact]
    public void The_task_hub_has_the_same_name() => Assert.Equal(
        Deployment.Development.Only("Microsoft.DurableTask/schedulers/taskHubs").Name,
        Compose.Text("services/durable-task/environment/DTS_TASK_HUB_NAMES"));

    [Fact]
    public void Ports_are_open_to_this_machine_only()
    {
        var ports = Compose.Keys("services").SelectMany(service => Compose.Items($"services/{service}/ports")).ToList();

        Assert.NotEmpty(ports);
        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
