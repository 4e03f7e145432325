using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.AzureBlobs;

/// <summary>
/// Which storage account, and as whom: a connection string, or an account's name (or the services' addresses) and an identity of Microsoft
/// Entra. The names are those that Azure Functions gives a connection's settings: <c>Data__accountName</c>, <c>Data__clientId</c>, ….
/// </summary>
public sealed class AzureStorageOptions
{
    /// <summary>A connection string; for Azurite with its defaults <c>UseDevelopmentStorage=true</c>. Null: an identity.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account's name, in the public cloud.</summary>
    public string? AccountName { get; set; }

    /// <summary>The blob service's address, instead of <see cref="AccountName"/>.</summary>
    public Uri? BlobServiceUri { get; set; }

    /// <summary>The queue service's address, instead of <see cref="AccountName"/>.</summary>
    public Uri? QueueServiceUri { get; set; }

    /// <summary><c>managedidentity</c>: only that. Null: whatever DefaultAzureCredential finds (environment, workload, tools, …).</summary>
    public string? Credential { get; set; }

    /// <summary>The client id of a user-assigned managed identity. Null: the system-assigned one.</summary>
    public string? ClientId { get; set; }

    /// <summary>A credential made elsewhere, instead of the two before.</summary>
    public TokenCredential? TokenCredential { get; set; }

    /// <summary>What carries the requests; null: HTTP as ever. For tests of what happens when it does not.</summary>
    internal HttpPipelineTransport? Transport { get; set; }

    /// <summary>Attempts after the first. The defaults outlast 20 s without the service: callers see a slow call, no failure.</summary>
    public int Retries { get; set; } = 7;

    /// <summary>The pause before the first further attempt; doubled from each to the next, give or take a fifth.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long an attempt may go on without a byte.</summary>
    public TimeSpan NetworkTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long, at least, a service that refuses every connection is waited for.</summary>
    public TimeSpan Patience
    {
        get
        {
            var sum = TimeSpan.Zero;
            for (var (i, pause) = (0, RetryDelay); i < Retries; i++, pause *= 2)
            {
                sum += 0.8 * (pause < MaxRetryDelay ? pause : MaxRetryDelay);
            }

            return sum;
        }
    }
}

/// <summary>Finds at start what would fail later.</summary>
internal sealed class AzureStorageOptionsValidator : IValidateOptions<AzureStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, AzureStorageOptions options)
    {
        var wrong = new List<string>();
        var named = options.AccountName is not null || options.BlobServiceUri is not null || options.QueueServiceUri is not null;
        if (string.IsNullOrWhiteSpace(options.ConnectionString) && !named)
        {
            wrong.Add("No storage account is named: set ConnectionString, or AccountName for an identity.");
        }
        else if (!string.IsNullOrWhiteSpace(options.ConnectionString) && named)
        {
            wrong.Add("ConnectionString and AccountName (or service addresses) exclude each other: set one.");
        }

        if (!string.IsNullOrWhiteSpace(options.ConnectionString) && !IsConnectionString(options.ConnectionString))
        {
            // Never shown: it holds a key.
            wrong.Add("ConnectionString is no connection string of a storage account.");
        }

        if (options.AccountName is { } account && !(account.Length is >= 3 and <= 24 && account.All(char.IsAsciiLetterOrDigit)))
        {
            wrong.Add($"AccountName '{account}' is no name of a storage account: 3 to 24 of a-z and 0-9.");
        }

        if (options.Credential is { } credential && !credential.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
        {
            wrong.Add($"Credential '{credential}' is unknown: set managedidentity, or nothing.");
        }

        if (options.Retries is < 0 or > 100)
        {
            wrong.Add("Retries is 0 to 100.");
        }

        if (options.RetryDelay <= TimeSpan.Zero || options.MaxRetryDelay < options.RetryDelay)
        {
            wrong.Add("RetryDelay is positive, and MaxRetryDelay not less.");
        }

        if (options.NetworkTimeout <= TimeSpan.Zero)
        {
            wrong.Add("NetworkTimeout is positive.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = new BlobServiceClient(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
