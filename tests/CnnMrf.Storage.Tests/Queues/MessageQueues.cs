using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.InProcess;
using CnnMrf.Storage.StorageQueues;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CnnMrf.Storage.Tests.Queues;

public sealed class InProcessMessageQueueContract : MessageQueueContract
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    protected override DateTimeOffset Now => time.GetUtcNow();

    protected override Task<IMessageQueues> OpenAsync() => Task.FromResult<IMessageQueues>(new InProcessMessageQueues(
        Options.Create(new InProcessQueueOptions { LockDuration = Lock, MaxDeliveries = MaxDeliveries }), time,
        NullLogger<InProcessMessageQueues>.Instance));

    protected override Task PassAsync(TimeSpan time)
    {
        this.time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_receiver_who_waits_gets_a_message_whose_lock_ends_meanwhile()
    {
        await Levels.SendAsync(new("id", "{}"u8.ToArray()), CancellationToken.None);
        await Levels.ReceiveAsync(TimeSpan.Zero, CancellationToken.None);
        var waiting = Levels.ReceiveAsync(TimeSpan.FromMinutes(5), CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await PassAsync(Lock);
        Assert.Equal(2, (await waiting.WaitAsync(TimeSpan.FromSeconds(10)))!.DeliveryCount);
    }
}

public sealed class AzureMessageQueueContract(Azurite azurite) : MessageQueueContract
{
    protected override DateTimeOffset Now => DateTimeOffset.UtcNow;

    protected override async Task<IMessageQueues> OpenAsync() => new AzureMessageQueues(
        await azurite.OptionsAsync(),
        Options.Create(new StorageQueueOptions { LockDuration = Lock, MaxDeliveries = MaxDeliveries, NamePrefix = Names.Fresh("t") + "-" }),
        TimeProvider.System, NullLogger<AzureMessageQueues>.Instance);

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time);
}
