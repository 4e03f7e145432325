using Microsoft.Extensions.Options;

namespace CnnMrf.ServiceBus;

/// <summary>
/// Which namespace of Service Bus, and as whom: a connection string, or the namespace's host and an identity of Microsoft Entra. The names
/// are those that Azure Functions gives a connection's settings: <c>ServiceBus__fullyQualifiedNamespace</c>,
/// <c>ServiceBus__clientId</c>, ….
/// </summary>
public sealed class ServiceBusQueueOptions
{
    /// <summary>The section of a configuration that holds them; a value instead of a section is a connection string.</summary>
    public const string Section = "ServiceBus";

    /// <summary>A connection string, as of the emulator. Null: an identity.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The namespace's host, such as <c>sb-example.servicebus.windows.net</c>.</summary>
    public string? FullyQualifiedNamespace { get; set; }

    /// <summary><c>managedidentity</c>: only that. Null: whatever DefaultAzureCredential finds (environment, workload, tools, …).</summary>
    public string? Credential { get; set; }

    /// <summary>The client id of a user-assigned managed identity. Null: the system-assigned one.</summary>
    public string? ClientId { get; set; }
}

/// <summary>Finds at start what would fail later.</summary>
internal sealed class ServiceBusQueueOptionsValidator : IValidateOptions<ServiceBusQueueOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceBusQueueOptions options)
    {
        var wrong = new List<string>();
        var text = !string.IsNullOrWhiteSpace(options.ConnectionString);
        var host = !string.IsNullOrWhiteSpace(options.FullyQualifiedNamespace);
        if (text == host)
        {
            wrong.Add(text
                ? "ServiceBus names both a connection string and a namespace: set one."
                : "ServiceBus names no namespace: set ServiceBus__fullyQualifiedNamespace for an identity, or "
                    + "ServiceBus to a connection string.");
        }

        if (text && !options.ConnectionString!.Contains("Endpoint=", StringComparison.OrdinalIgnoreCase))
        {
            // Never shown: it holds a key.
            wrong.Add("ServiceBus is no connection string of a namespace: it has no Endpoint=.");
        }

        if (host && Uri.CheckHostName(options.FullyQualifiedNamespace) != UriHostNameType.Dns)
        {
            wrong.Add($"ServiceBus__fullyQualifiedNamespace '{options.FullyQualifiedNamespace}' is no host's name: give one such as "
                + "sb-example.servicebus.windows.net.");
        }

        if (options.Credential is { } credential && !credential.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
        {
            wrong.Add($"ServiceBus__credential '{credential}' is unknown: set managedidentity, or nothing.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
