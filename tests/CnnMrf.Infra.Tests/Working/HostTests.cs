using CnnMrf.Infra.Tests.Bicep;
using CnnMrf.Infra.Tests.Deploying;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.Infra.Tests.Working;

/// <summary>host.json, which the function app is deployed with.</summary>
public sealed class HostTests
{
    private static readonly Resource Host = new(System.Text.Json.JsonDocument.Parse(Repository.Text("host.json")).RootElement);

    private static readonly Resource App = Deployment.Development.Only("Microsoft.Web/sites");

    // What the host and the worker take by themselves, in MB.
    private const int Programs = 512;

    private static int Memory => App.Number("properties/functionAppConfig/scaleAndConcurrency/instanceMemoryMB");

    [Fact]
    public void The_durable_engine_is_the_scheduler_by_the_settings_that_are_deployed()
    {
        Assert.Equal("azureManaged", Host.Text("extensions/durableTask/storageProvider/type"));
        Assert.Contains(Host.Text("extensions/durableTask/storageProvider/connectionStringName"), FunctionTests.Settings.Keys);
        Assert.Contains(Host.Text("extensions/durableTask/hubName").Trim('%'), FunctionTests.Settings.Keys);
        Assert.Equal('%', Host.Text("extensions/durableTask/hubName")[0]);
    }

    [Fact]
    public void The_api_has_no_prefix_of_the_hosts_own() => Assert.Equal("", Host.Text("extensions/http/routePrefix"));

    [Fact]
    public void No_trace_is_sampled_away()
    {
        Assert.Equal("OpenTelemetry", Host.Text("telemetryMode"));
        Assert.False(Host.Flag("logging/applicationInsights/samplingSettings/isEnabled"));
        Assert.True(Host.Flag("extensions/durableTask/tracing/distributedTracingEnabled"));
    }

    [Fact]
    public void A_message_is_completed_when_its_function_is_done_and_its_lock_is_held_longer_than_it_lasts()
    {
        Assert.True(Host.Flag("extensions/serviceBus/autoCompleteMessages"));
        Assert.True(TimeSpan.Parse(
            Host.Text("extensions/serviceBus/maxAutoLockRenewalDuration"), System.Globalization.CultureInfo.InvariantCulture)
            > QueuePolicy.LockDuration);
        Assert.Equal(0, Host.Number("extensions/serviceBus/prefetchCount"));
    }

    [Fact]
    public void Activities_at_once_fit_the_memory_of_an_instance_beside_the_host()
    {
        // One activity at a time holds decoded pictures (PictureTurn): of 24 megapixels up to 650 MB, as measured. The others hold the
        // bytes of a request at most, and as much again while they are copied.
        const int decoded = 650;
        const double others = 2.0 * RequestLimits.BodyBytes / (1024 * 1024);

        Assert.InRange(
            decoded + ((Host.Number("extensions/durableTask/maxConcurrentActivityFunctions") - 1) * others), decoded, Memory - Programs);
    }

    [Fact]
    public void Requests_at_once_fit_the_memory_of_an_instance_beside_the_host()
    {
        // The largest body, and as much again while it is checked and stored.
        const double worst = 2.0 * RequestLimits.BodyBytes / (1024 * 1024);

        Assert.InRange(
            App.Number("properties/functionAppConfig/scaleAndConcurrency/triggers/http/perInstanceConcurrency") * worst,
            worst,
            Memory - Programs);
    }

    [Fact]
    public void The_project_that_is_deployed_is_the_function_app() =>
        Assert.Equal("functions/CnnMrf.Functions", YamlFile.Read("azure.yaml").Text("services/functions/project"));
}
