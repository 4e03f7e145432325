using CnnMrf.Infra.Tests.Bicep;

namespace CnnMrf.Infra.Tests.Working;

public sealed class FunctionTests
{
    private static readonly Resource App = Deployment.Development.Only("Microsoft.Web/sites");

    internal static IReadOnlyDictionary<string, string> Settings { get; } = Deployment.Development
        .Only("Microsoft.Web/sites/config")["properties"].EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    [Fact]
    public void Its_settings_are_these() => Assert.Equal(
        [
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID",
            "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__clientId",
            "AzureWebJobsStorage__credential", "BatchSchedule",
            "DURABLE_TASK_SCHEDULER_CONNECTION_STRING", "Data__accountName", "Data__clientId", "Data__credential",
            "ServiceBus__clientId", "ServiceBus__credential", "ServiceBus__fullyQualifiedNamespace", "TASKHUB_NAME",
        ],
        Settings.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("AzureWebJobsStorage")]
    [InlineData("Data")]
    [InlineData("ServiceBus")]
    public void A_connection_is_a_name_and_an_identity(string connection)
    {
        Assert.Equal("managedidentity", Settings[connection + "__credential"]);
        Assert.Contains(".outputs.functions.value.clientId", Settings[connection + "__clientId"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_and_the_data_are_in_their_accounts()
    {
        Assert.Equal(Deployment.Development.Account("sthost").Name, Settings["AzureWebJobsStorage__accountName"]);
        Assert.Equal(Deployment.Development.Account("stdata").Name, Settings["Data__accountName"]);
    }

    [Fact]
    public void The_scheduler_is_reached_by_identity_and_the_hub_by_the_name_that_is_deployed()
    {
        var connection = Settings["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"];

        Assert.Contains("Endpoint={0};Authentication=ManagedIdentity;ClientID={1}", connection, StringComparison.Ordinal);
        Assert.Equal(Deployment.Development.Only("Microsoft.DurableTask/schedulers/taskHubs").Name, Settings["TASKHUB_NAME"]);
    }

    [Fact]
    public void The_batch_schedule_has_six_fields() => Assert.Equal(6, Settings["BatchSchedule"].Split(' ').Length);

    [Fact]
    public void It_is_an_isolated_worker_of_dotnet_10_on_flex_consumption()
    {
        Assert.Equal("FC1", Deployment.Development.Only("Microsoft.Web/serverfarms").Text("sku/name"));
        Assert.Equal("dotnet-isolated", App.Text("properties/functionAppConfig/runtime/name"));
        Assert.Equal("10.0", App.Text("properties/functionAppConfig/runtime/version"));
        Assert.True(App.Flag("properties/httpsOnly"));
    }

    [Fact]
    public void Its_package_is_read_by_identity_too() => Assert.Equal(
        "UserAssignedIdentity", App.Text("properties/functionAppConfig/deployment/storage/authentication/type"));
}
