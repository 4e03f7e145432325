using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage;
using CnnMrf.Storage.StorageQueues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.Local.Serving;

/// <summary>A storage account, or Azurite: front and workers may be processes of their own.</summary>
/// <param name="connection">A connection string, or an account's name.</param>
internal sealed class AccountPlace(string connection) : Place
{
    // The first answer decides whether the address is right; what fails later is waited for longer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    internal override string Says => IsConnectionString ? $"storage account {Part("AccountName") ?? "of the development storage"}"
        : $"storage account {connection}";

    /// <inheritdoc/>
    internal override bool IsShared => true;

    /// <inheritdoc/>
    internal override TimeSpan LookEvery => TimeSpan.FromSeconds(10);

    private bool IsConnectionString => connection.Contains('=', StringComparison.Ordinal);

    /// <inheritdoc/>
    internal override void Register(IServiceCollection services, IConfiguration configuration) => services.AddAzureStorage(
        o =>
        {
            configuration.GetSection("Storage").Bind(o);
            (o.ConnectionString, o.AccountName) = IsConnectionString ? (connection, (string?)null) : (null, connection);
        },
        (StorageQueueOptions o) => configuration.GetSection("Queue").Bind(o));

    /// <inheritdoc/>
    internal override async Task<IDisposable> OpenAsync(IServiceProvider services, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await EnsureAsync(services, patience.Token);
            return new Nothing();
        }
        catch (Exception e) when (e is BlobException or QueueUnavailableException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new FailedException(
                $"the {Says} cannot be used ({(e is OperationCanceledException ? "no answer" : e.Message.TrimEnd('.'))}); see whether it "
                + "or Azurite runs, and whether --storage names its address and key",
                e);
        }
    }

    private string? Part(string name) => connection.Split(';').Select(p => p.Split('=', 2))
        .FirstOrDefault(p => p.Length == 2 && p[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
