using System.Text.Json;
using CnnMrf.Infra.Tests.Bicep;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Infra.Tests.Working;

public sealed class WorkerTests
{
    private const string Trigger = "properties/configuration/eventTriggerConfig";
    private const string Rule = Trigger + "/scale/rules/0";
    private static readonly Resource Job = Deployment.Development.Only("Microsoft.App/jobs");
    private static readonly Resource Environment = Deployment.Development.Only("Microsoft.App/managedEnvironments");

    [Fact]
    public void Each_message_starts_a_worker_of_one_replica_up_to_the_quota_and_none_when_there_is_none()
    {
        Assert.Equal("Event", Job.Text("properties/configuration/triggerType"));
        Assert.Equal(1, Job.Number($"{Trigger}/parallelism"));
        Assert.Equal(1, Job.Number($"{Trigger}/replicaCompletionCount"));
        Assert.Equal(0, Job.Number($"{Trigger}/scale/minExecutions"));
        Assert.Equal(3, Job.Number($"{Trigger}/scale/maxExecutions"));
        Assert.Equal("azure-servicebus", Job.Text($"{Rule}/type"));
        Assert.Equal("1", Job.Text($"{Rule}/metadata/messageCount"));
        Assert.Equal(QueueNames.Levels, Job.Text($"{Rule}/metadata/queueName"));
        Assert.Equal(Deployment.Development.Only("Microsoft.ServiceBus/namespaces").Name, Job.Text($"{Rule}/metadata/namespace"));
    }

    [Fact]
    public void A_worker_may_run_as_long_as_a_level_may_take() => Assert.Equal(
        new WorkflowTiming().LevelBudget, TimeSpan.FromSeconds(Job.Number("properties/configuration/replicaTimeout")));

    [Fact]
    public void A_worker_that_fails_is_followed_by_the_scaler_and_not_repeated() =>
        Assert.Equal(0, Job.Number("properties/configuration/replicaRetryLimit"));

    [Fact]
    public void The_job_runs_on_the_gpu_profile_of_its_environment()
    {
        var profiles = Environment["properties/workloadProfiles"].EnumerateArray()
            .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("workloadProfileType").GetString()!);

        Assert.Contains("GPU", profiles[Job.Text("properties/workloadProfileName")], StringComparison.Ordinal);
    }

    [Fact]
    public void Gpus_and_the_registry_may_be_in_another_region_than_everything_else()
    {
        var elsewhere = Deployment.Development.Resources
            .Where(r => r.ToString().Contains("\"westus3\"", StringComparison.Ordinal)).Select(r => r.Type).Order();

        Assert.Equal(["Microsoft.App/jobs", "Microsoft.App/managedEnvironments", "Microsoft.ContainerRegistry/registries"], elsewhere);
        Assert.All(
            Deployment.Production.Resources, r => Assert.DoesNotContain("\"westus3\"", r.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void No_container_gets_the_identity_that_pulls_and_scales()
    {
        var lifecycles = Job["properties/configuration/identitySettings"].EnumerateArray()
            .ToDictionary(s => s.GetProperty("identity").GetString()!, s => s.GetProperty("lifecycle").GetString());

        var platform = Job.Text($"{Rule}/identity");
        Assert.Contains("outputs.platform.", platform, StringComparison.Ordinal);
        Assert.Equal(platform, Job.Text("properties/configuration/registries/0/identity"));
        Assert.Equal("None", lifecycles[platform]);
        Assert.Equal("Main", Assert.Single(lifecycles, l => l.Key != platform).Value);
    }

    [Fact]
    public void The_first_image_holds_the_place_and_the_published_one_replaces_it()
    {
        const string image = "properties/template/containers/0/image";

        Assert.StartsWith("mcr.microsoft.com/", Job.Text(image), StringComparison.Ordinal);
        Assert.Equal("example.azurecr.io/cnnmrf-worker:1", Deployment.Production.Only("Microsoft.App/jobs").Text(image));
    }

    [Fact]
    public void Its_settings_have_the_names_and_values_that_the_function_app_has_but_for_the_identity()
    {
        var functions = FunctionTests.Settings;
        var settings = Job["properties/template/containers/0/env"].EnumerateArray()
            .ToDictionary(e => e.GetProperty("name").GetString()!, e => e.GetProperty("value"));

        Assert.Equal(
            [
                "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "Data__accountName", "Data__clientId", "Data__credential",
                "ServiceBus__clientId", "ServiceBus__credential", "ServiceBus__fullyQualifiedNamespace",
            ],
            settings.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, value) in settings)
        {
            var expected = functions[name];
            var own = name == "AZURE_CLIENT_ID" || name.EndsWith("__clientId", StringComparison.Ordinal);
            Assert.Equal(own ? expected.Replace(".functions.", ".worker.", StringComparison.Ordinal) : expected, value.GetString());
        }
    }

    [Fact]
    public void It_listens_to_service_bus_and_ends_when_nothing_comes() => Assert.Equal(
        """["--queue","servicebus","--exit-when-idle","5m"]""",
        JsonSerializer.Serialize(Job["properties/template/containers/0/args"]));
}
