using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace CnnMrf.Storage.AzureBlobs;

/// <summary>Clients of the two services, made as the options say.</summary>
internal static class AzureClients
{
    internal static BlobServiceClient Blobs(AzureStorageOptions options)
    {
        var client = new BlobClientOptions();
        Configure(client, options);
        return string.IsNullOrWhiteSpace(options.ConnectionString)
            ? new(options.BlobServiceUri ?? Address(options, "blob"), CredentialOf(options), client)
            : new(options.ConnectionString, client);
    }

    internal static QueueServiceClient Queues(AzureStorageOptions options)
    {
        var client = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
        Configure(client, options);
        return string.IsNullOrWhiteSpace(options.ConnectionString)
            ? new(options.QueueServiceUri ?? Address(options, "queue"), CredentialOf(options), client)
            : new(options.ConnectionString, client);
    }

    private static void Configure(ClientOptions client, AzureStorageOptions options)
    {
        client.Retry.Mode = RetryMode.Exponential;
        client.Retry.MaxRetries = options.Retries;
        client.Retry.Delay = options.RetryDelay;
        client.Retry.MaxDelay = options.MaxRetryDelay;
        client.Retry.NetworkTimeout = options.NetworkTimeout;
        client.Transport = options.Transport ?? client.Transport;
        client.Diagnostics.ApplicationId = "cnnmrf";
    }

    private static Uri Address(AzureStorageOptions options, string service) => options.AccountName is { } account
        ? new($"https://{account}.{service}.core.windows.net")
        : throw new InvalidOperationException($"The address of the {service} service is not set: set AccountName.");

    private static TokenCredential CredentialOf(AzureStorageOptions options) => options switch
    {
        { TokenCredential: { } credential } => credential,
        { Credential: not null } => new ManagedIdentityCredential(options.ClientId is { } id
            ? ManagedIdentityId.FromUserAssignedClientId(id)
            : ManagedIdentityId.SystemAssigned),
        _ => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId }),
    };
}
