using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Storage.Folders;
using CnnMrf.Storage.InProcess;
using CnnMrf.Storage.StorageQueues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CnnMrf.Storage;

/// <summary>
/// Registers the ports' implementations as singletons. Options are checked when the host starts. Logging is the host's, and so is
/// making containers and queues, by <see cref="IBlobStore.EnsureContainersAsync"/> and <see cref="IMessageQueues.EnsureQueuesAsync"/>.
/// </summary>
public static class StorageServices
{
    /// <summary>Blobs and queues of a storage account.</summary>
    /// <param name="services">The services.</param>
    /// <param name="account">Which account, and as whom.</param>
    /// <param name="queues">How its queues are used; null: as by default.</param>
    public static IServiceCollection AddAzureStorage(
        this IServiceCollection services, Action<AzureStorageOptions> account, Action<StorageQueueOptions>? queues = null)
    {
        services.AddAzureBlobStore(account);
        services.TryAddSingleton<IValidateOptions<StorageQueueOptions>, StorageQueueOptionsValidator>();
        services.AddOptions<StorageQueueOptions>().Configure(options => queues?.Invoke(options)).ValidateOnStart();
        services.TryAddSingleton<IMessageQueues, AzureMessageQueues>();
        return services;
    }

    /// <summary>Blobs of a storage account, where queues are another's.</summary>
    /// <param name="services">The services.</param>
    /// <param name="account">Which account, and as whom.</param>
    public static IServiceCollection AddAzureBlobStore(this IServiceCollection services, Action<AzureStorageOptions> account)
    {
        services.TryAddSingleton<IValidateOptions<AzureStorageOptions>, AzureStorageOptionsValidator>();
        services.AddOptions<AzureStorageOptions>().Configure(account).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IBlobStore, AzureBlobStore>();
        return services;
    }

    /// <summary>Blobs in a folder, and queues in this process.</summary>
    /// <param name="services">The services.</param>
    /// <param name="folder">Where.</param>
    /// <param name="queues">How the queues behave; null: as by default.</param>
    public static IServiceCollection AddFolderStorage(
        this IServiceCollection services, Action<FolderStorageOptions> folder, Action<InProcessQueueOptions>? queues = null)
    {
        services.AddFolderBlobStore(folder);
        services.TryAddSingleton<IValidateOptions<InProcessQueueOptions>, InProcessQueueOptionsValidator>();
        services.AddOptions<InProcessQueueOptions>().Configure(options => queues?.Invoke(options)).ValidateOnStart();
        services.TryAddSingleton<IMessageQueues, InProcessMessageQueues>();
        return services;
    }

    /// <summary>Blobs in a folder, where queues are another's.</summary>
    /// <param name="services">The services.</param>
    /// <param name="folder">Where.</param>
    public static IServiceCollection AddFolderBlobStore(this IServiceCollection services, Action<FolderStorageOptions> folder)
    {
        services.TryAddSingleton<IValidateOptions<FolderStorageOptions>, FolderStorageOptionsValidator>();
        services.AddOptions<FolderStorageOptions>().Configure(folder).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IBlobStore, FolderBlobStore>();
        return services;
    }
}
