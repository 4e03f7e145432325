using Microsoft.Extensions.Options;

namespace CnnMrf.ServiceBus.Tests;

/// <summary>What is wrong with the settings is said when the program starts, and never shows a key.</summary>
public sealed class OptionsTests
{
    private const string Key = "Endpoint=sb://localhost;SharedAccessKeyName=n;SharedAccessKey=secret";

    [Theory]
    [InlineData(null, null, null, "names no namespace")]
    [InlineData(Key, "sb-a.servicebus.windows.net", null, "names both")]
    [InlineData("SharedAccessKey=secret", null, null, "no Endpoint=")]
    [InlineData(null, "https://sb-a.servicebus.windows.net/", null, "is no host's name")]
    [InlineData(null, "sb-a.servicebus.windows.net", "password", "'password' is unknown")]
    public void A_mistake_is_named(string? connection, string? host, string? credential, string message)
    {
        var result = Validate(connection, host, credential);

        Assert.Contains(message, Assert.Single(result.Failures!), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Key, null, null)]
    [InlineData(null, "sb-a.servicebus.windows.net", "managedidentity")]
    [InlineData(null, "sb-a.servicebus.windows.net", null)]
    public void What_the_deployment_and_the_emulator_give_is_right(string? connection, string? host, string? credential) =>
        Assert.True(Validate(connection, host, credential).Succeeded);

    private static ValidateOptionsResult Validate(string? connection, string? host, string? credential) =>
        new ServiceBusQueueOptionsValidator().Validate(
            null, new() { ConnectionString = connection, FullyQualifiedNamespace = host, Credential = credential });
}
