using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Storage.Folders;
using CnnMrf.Storage.InProcess;
using CnnMrf.Storage.StorageQueues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.Tests.Services;

public sealed class StorageServicesTests
{
    [Fact]
    public async Task A_folder_comes_with_queues_of_this_process()
    {
        using var folder = new TemporaryFolder();
        await using var services = Build(s => s.AddFolderStorage(o => o.Folder = folder.Path));
        Check(services);
        Assert.IsType<FolderBlobStore>(services.GetRequiredService<IBlobStore>());
        Assert.IsType<InProcessMessageQueues>(services.GetRequiredService<IMessageQueues>());
    }

    [Fact]
    public async Task An_account_comes_with_its_queues_and_either_a_connection_string_or_an_identity()
    {
        foreach (var account in new Action<AzureStorageOptions>[]
        {
            o => o.ConnectionString = "UseDevelopmentStorage=true",
            o => o.AccountName = "cnnmrf",
            o => (o.AccountName, o.Credential, o.ClientId) = ("cnnmrf", "managedidentity", Guid.NewGuid().ToString()),
            o => (o.BlobServiceUri, o.QueueServiceUri) = (new("https://a.blob.example"), new("https://a.queue.example")),
        })
        {
            await using var services = Build(s => s.AddAzureStorage(account));
            Check(services);
            Assert.IsType<AzureBlobStore>(services.GetRequiredService<IBlobStore>());
            Assert.IsType<AzureMessageQueues>(services.GetRequiredService<IMessageQueues>());
        }
    }

    [Fact]
    public async Task Blobs_alone_bring_no_queues()
    {
        using var folder = new TemporaryFolder();
        await using var azure = Build(s => s.AddAzureBlobStore(o => o.AccountName = "cnnmrf"));
        await using var local = Build(s => s.AddFolderBlobStore(o => o.Folder = folder.Path));
        Assert.Null(azure.GetService<IMessageQueues>());
        Assert.Null(local.GetService<IMessageQueues>());
        Assert.NotNull(azure.GetService<IBlobStore>());
        Assert.NotNull(local.GetService<IBlobStore>());
    }

    [Fact]
    public void Wrong_options_stop_the_start_with_a_line_that_names_the_remedy()
    {
        Refused(s => s.AddFolderStorage(o => o.Folder = " "), "set Folder");
        Refused(s => s.AddFolderStorage(o => o.Folder = typeof(StorageServicesTests).Assembly.Location), "name a folder");
        Refused(s => s.AddFolderStorage(o => (o.Folder, o.LockPatience) = ("x", TimeSpan.Zero)), "LockPatience");
        Refused(s => s.AddFolderStorage(o => o.Folder = "x", q => q.LockDuration = TimeSpan.Zero), "LockDuration");
        Refused(s => s.AddFolderStorage(o => o.Folder = "x", q => q.MaxDeliveries = 0), "MaxDeliveries");
        Refused(s => s.AddAzureStorage(o => { }), "set ConnectionString, or AccountName");
        Refused(s => s.AddAzureStorage(o => (o.ConnectionString, o.AccountName) = ("UseDevelopmentStorage=true", "cnnmrf")), "set one");
        Refused(s => s.AddAzureStorage(o => o.AccountName = "no name!"), "no name of a storage account");
        Refused(s => s.AddAzureStorage(o => (o.AccountName, o.Credential) = ("cnnmrf", "password")), "managedidentity");
        Refused(s => s.AddAzureStorage(o => (o.AccountName, o.Retries) = ("cnnmrf", -1)), "Retries");
        Refused(s => s.AddAzureStorage(o => (o.AccountName, o.MaxRetryDelay) = ("cnnmrf", TimeSpan.Zero)), "MaxRetryDelay");
        Refused(s => s.AddAzureStorage(o => (o.AccountName, o.NetworkTimeout) = ("cnnmrf", TimeSpan.Zero)), "NetworkTimeout");
        Action<AzureStorageOptions> good = o => o.AccountName = "cnnmrf";
        Refused(s => s.AddAzureStorage(good, q => q.LockDuration = TimeSpan.FromSeconds(1.5)), "whole seconds");
        Refused(s => s.AddAzureStorage(good, q => q.MaxDeliveries = 0), "MaxDeliveries");
        Refused(s => s.AddAzureStorage(good, q => q.PollInterval = TimeSpan.Zero), "PollInterval");
        Refused(s => s.AddAzureStorage(good, q => q.NamePrefix = "Upper_"), "no queue's name");
        Refused(s => s.AddAzureStorage(good, q => q.DeadLetterSuffix = ""), "DeadLetterSuffix");
    }

    [Fact]
    public void A_damaged_connection_string_is_refused_without_being_shown()
    {
        var failure = Refused(s => s.AddAzureStorage(o => o.ConnectionString = "AccountKey=secret"), "no connection string");
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    private static string Refused(Action<IServiceCollection> add, string says)
    {
        using var services = Build(add);
        var failure = Assert.Throws<OptionsValidationException>(() => Check(services));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        return failure.Message;
    }

    // What a host does when it starts.
    private static void Check(IServiceProvider services) => services.GetRequiredService<IStartupValidator>().Validate();

    private static ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        add(services);
        return services.BuildServiceProvider();
    }
}
