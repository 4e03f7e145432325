using System.Text;
using Azure.Storage.Queues;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.StorageQueues;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.Tests.Queues;

/// <summary>What is Storage Queues' alone: others' messages and queues that are missing.</summary>
public sealed class AzureMessageQueueTests(Azurite azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("plain text")]
    [InlineData("[1]")]
    [InlineData("""{"id":7,"body":1}""")]
    [InlineData("""{"id":"x"}""")]
    [InlineData("eyJhIjoxfQ==")]
    public async Task A_strangers_message_is_received_as_it_is_and_can_be_buried(string text)
    {
        var (queues, prefix, connection) = await OpenAsync();
        await queues.EnsureQueuesAsync(None);
        await new QueueClient(connection, prefix + QueueNames.Levels).SendMessageAsync(text, None);
        var received = (await queues.Get(QueueNames.Levels).ReceiveAsync(TimeSpan.Zero, None))!;
        Assert.Equal(text, Encoding.UTF8.GetString(received.Body.Span));
        Assert.NotEmpty(received.Id);
        await received.DeadLetterAsync("Damaged", "no job", None);
        var letter = (await queues.Get(QueueNames.Levels).ReceiveDeadLetterAsync(TimeSpan.Zero, None))!;
        Assert.Equal((received.Id, "Damaged"), (letter.Id, letter.DeadLetterReason));
    }

    [Fact]
    public async Task Dead_letters_lie_in_the_poison_queue_for_people_to_look_at()
    {
        var (queues, prefix, connection) = await OpenAsync();
        await queues.EnsureQueuesAsync(None);
        await queues.Get(QueueNames.Levels).SendAsync(new("id", "{\"a\":1}"u8.ToArray()), None);
        await (await queues.Get(QueueNames.Levels).ReceiveAsync(TimeSpan.Zero, None))!.DeadLetterAsync("Why", "Because.", None);
        var peeked = (await new QueueClient(connection, prefix + "levels-poison").PeekMessageAsync(None)).Value;
        var text = peeked.Body.ToString();
        Assert.Contains("\"reason\":\"Why\",\"description\":\"Because.\",\"body\":{\"a\":1}", text, StringComparison.Ordinal);
        Assert.True(peeked.ExpiresOn > DateTimeOffset.UtcNow.AddYears(50));
    }

    [Fact]
    public async Task A_queue_that_nobody_made_is_unavailable_and_says_so()
    {
        var (queues, _, _) = await OpenAsync();
        var levels = queues.Get(QueueNames.Levels);
        var failure = await Assert.ThrowsAsync<QueueUnavailableException>(() => levels.ReceiveAsync(TimeSpan.Zero, None));
        Assert.Equal(QueueNames.Levels, failure.Queue);
        Assert.Contains("has no queue", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<QueueUnavailableException>(() => levels.SendAsync(new("id", "{}"u8.ToArray()), None));
    }

    private async Task<(AzureMessageQueues Queues, string Prefix, string Connection)> OpenAsync()
    {
        var account = await azurite.OptionsAsync();
        var prefix = Names.Fresh("s") + "-";
        var queues = new AzureMessageQueues(
            account, Options.Create(new StorageQueueOptions { NamePrefix = prefix }), TimeProvider.System,
            NullLogger<AzureMessageQueues>.Instance);
        return (queues, prefix, account.Value.ConnectionString!);
    }
}
