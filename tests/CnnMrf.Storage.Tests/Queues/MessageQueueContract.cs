using System.Text;
using System.Text.Json;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.Storage.Tests.Queues;

/// <summary>What every queue promises.</summary>
public abstract class MessageQueueContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    protected const int MaxDeliveries = 3;

    protected IMessageQueues Queues { get; private set; } = null!;

    /// <summary>How long a message is locked.</summary>
    protected static TimeSpan Lock => TimeSpan.FromSeconds(2);

    protected IMessageQueue Levels => Queues.Get(QueueNames.Levels);

    public async ValueTask InitializeAsync()
    {
        Queues = await OpenAsync();
        await Queues.EnsureQueuesAsync(None);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_sent_is_received_with_all_that_was_said()
    {
        var body = Encoding.UTF8.GetBytes("""{"level":1,"text":"ä 漢 <&> \" \\ end"}""");
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await Levels.SendAsync(new("cat-0123/1/2/0", body) { TraceParent = Trace }, None);
        var received = await ReceiveAsync();
        Assert.Equal("cat-0123/1/2/0", received.Id);
        Assert.Equal(body, received.Body.ToArray());
        Assert.Equal(1, received.DeliveryCount);
        Assert.Equal(Trace, received.TraceParent);
        Assert.Null(received.DeadLetterReason);
        Assert.InRange(received.EnqueuedAt, Now.AddSeconds(-30), Now.AddSeconds(30));
        Assert.InRange(received.LockedUntil - Now, TimeSpan.Zero, Lock);
        await received.CompleteAsync(None);
    }

    [Fact]
    public async Task An_empty_queue_gives_nothing_and_waits_no_longer_than_told()
    {
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
        Assert.Null(await Levels.ReceiveDeadLetterAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task A_waiting_receiver_gets_what_is_sent_meanwhile()
    {
        var waiting = Levels.ReceiveAsync(TimeSpan.FromSeconds(30), None);
        await Task.Delay(50);
        await SendAsync("late");
        Assert.Equal("late", (await waiting.WaitAsync(TimeSpan.FromSeconds(20)))!.Id);
    }

    [Fact]
    public async Task A_cancelled_receiver_loses_no_message()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = Levels.ReceiveAsync(TimeSpan.FromMinutes(1), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await SendAsync("kept");
        Assert.Equal("kept", (await EventuallyAsync()).Id);
    }

    [Fact]
    public async Task Each_of_many_messages_goes_to_one_of_many_receivers()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => SendAsync($"m{i}")));
        async Task<List<string>> Drain()
        {
            var ids = new List<string>();
            while (await Levels.ReceiveAsync(TimeSpan.Zero, None) is { } message)
            {
                ids.Add(message.Id);
                await message.CompleteAsync(None);
            }

            return ids;
        }

        var drained = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Drain)));
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"m{i}").Order(), drained.SelectMany(d => d).Order());
    }

    [Fact]
    public async Task A_completed_message_never_comes_again_and_cannot_be_settled_again()
    {
        await SendAsync("once");
        var received = await ReceiveAsync();
        await received.CompleteAsync(None);
        await Assert.ThrowsAsync<MessageLockLostException>(() => received.RenewAsync(None));
        await Assert.ThrowsAsync<MessageLockLostException>(() => received.AbandonAsync(TimeSpan.Zero, None));
        await Assert.ThrowsAsync<MessageLockLostException>(() => received.DeadLetterAsync("late", "late", None));
        await PassAsync(Lock * 1.2);
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
        Assert.Null(await Levels.ReceiveDeadLetterAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task Unsettled_it_comes_again_when_the_lock_ends_and_the_first_receiver_has_lost_it()
    {
        await SendAsync("again");
        var first = await ReceiveAsync();
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
        await PassAsync(Lock * 1.2);
        var second = await EventuallyAsync();
        Assert.Equal(("again", 2), (second.Id, second.DeliveryCount));
        Assert.Equal(first.EnqueuedAt, second.EnqueuedAt);
        var failure = await Assert.ThrowsAsync<MessageLockLostException>(() => first.RenewAsync(None));
        Assert.Equal("again", failure.MessageId);
        await Assert.ThrowsAsync<MessageLockLostException>(() => first.CompleteAsync(None));
        await Assert.ThrowsAsync<MessageLockLostException>(() => first.AbandonAsync(TimeSpan.Zero, None));
        await Assert.ThrowsAsync<MessageLockLostException>(() => first.DeadLetterAsync("r", "d", None));
        Assert.Null(await Levels.ReceiveDeadLetterAsync(TimeSpan.Zero, None));
        await second.CompleteAsync(None);
    }

    [Fact]
    public async Task Renewed_it_stays_locked_and_can_still_be_completed()
    {
        await SendAsync("long");
        var received = await ReceiveAsync();
        var until = received.LockedUntil;
        for (var i = 0; i < 3; i++)
        {
            await PassAsync(Lock * 0.6);
            await received.RenewAsync(None);
            Assert.True(received.LockedUntil > until);
            Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
        }

        await received.CompleteAsync(None);
        await PassAsync(Lock * 1.2);
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task Renewing_may_go_on_beside_settling()
    {
        await SendAsync("both");
        var received = await ReceiveAsync();
        var renewals = Enumerable.Range(0, 10).Select(_ => Task.Run(async () =>
        {
            try
            {
                await received.RenewAsync(None);
            }
            catch (MessageLockLostException)
            {
                // Settled already.
            }
        })).ToArray();
        await received.CompleteAsync(None);
        await Task.WhenAll(renewals);
        await PassAsync(Lock * 1.2);
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task Abandoned_it_comes_again_at_once_or_after_the_delay()
    {
        await SendAsync("back");
        var first = await ReceiveAsync();
        await first.AbandonAsync(TimeSpan.Zero, None);
        await Assert.ThrowsAsync<MessageLockLostException>(() => first.CompleteAsync(None));
        var second = await EventuallyAsync();
        Assert.Equal(2, second.DeliveryCount);
        await second.AbandonAsync(TimeSpan.FromSeconds(1), None);
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
        await PassAsync(TimeSpan.FromSeconds(1.2));
        Assert.Equal(3, (await EventuallyAsync()).DeliveryCount);
    }

    [Fact]
    public async Task A_dead_letter_keeps_everything_and_says_why_until_it_is_completed()
    {
        await Levels.SendAsync(new("dead", "{\"a\":1}"u8.ToArray()) { TraceParent = "trace" }, None);
        var message = await ReceiveAsync();
        await message.DeadLetterAsync("Poison", new string('d', 10_000), None);
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
        Assert.Null(await Queues.Get(QueueNames.LevelOutcomes).ReceiveDeadLetterAsync(TimeSpan.Zero, None));
        var letter = (await Levels.ReceiveDeadLetterAsync(TimeSpan.Zero, None))!;
        Assert.Equal(("dead", "{\"a\":1}", "trace"), (letter.Id, Encoding.UTF8.GetString(letter.Body.Span), letter.TraceParent));
        Assert.Equal(("Poison", new string('d', 4_096)), (letter.DeadLetterReason, letter.DeadLetterDescription));
        Assert.Equal(message.EnqueuedAt, letter.EnqueuedAt);
        await Assert.ThrowsAsync<InvalidOperationException>(() => letter.DeadLetterAsync("again", "again", None));
        await letter.AbandonAsync(TimeSpan.Zero, None);
        letter = (await Levels.ReceiveDeadLetterAsync(TimeSpan.FromSeconds(5), None))!;
        await letter.CompleteAsync(None);
        Assert.Null(await Levels.ReceiveDeadLetterAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task A_message_delivered_too_often_becomes_a_dead_letter_by_itself()
    {
        await SendAsync("poison");
        for (var i = 1; i <= MaxDeliveries; i++)
        {
            var message = await EventuallyAsync();
            Assert.Equal(i, message.DeliveryCount);
            await message.AbandonAsync(TimeSpan.Zero, None);
        }

        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
        var letter = (await Levels.ReceiveDeadLetterAsync(TimeSpan.FromSeconds(5), None))!;
        Assert.Equal(("poison", "MaxDeliveryCountExceeded"), (letter.Id, letter.DeadLetterReason));
        for (var i = 0; i < MaxDeliveries + 2; i++)
        {
            await letter.AbandonAsync(TimeSpan.Zero, None);
            letter = (await Levels.ReceiveDeadLetterAsync(TimeSpan.FromSeconds(5), None))!;
        }

        await letter.CompleteAsync(None);
    }

    [Fact]
    public async Task What_nobody_received_in_its_time_is_forgotten()
    {
        await Levels.SendAsync(new("short", "{}"u8.ToArray()) { TimeToLive = TimeSpan.FromSeconds(1) }, None);
        await Levels.SendAsync(new("long", "{}"u8.ToArray()) { TimeToLive = TimeSpan.FromDays(3_650) }, None);
        await PassAsync(TimeSpan.FromSeconds(2.1));
        Assert.Equal("long", (await ReceiveAsync()).Id);
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task A_body_of_48_KB_fits_and_one_byte_more_does_not()
    {
        // Signs that grow when they are escaped.
        var body = Encoding.UTF8.GetBytes("\"" + new string('<', 48 * 1_024 - 2) + "\"");
        await Levels.SendAsync(new(new string('i', 128), body), None);
        var received = await ReceiveAsync();
        Assert.Equal(body, received.Body.ToArray());
        await received.DeadLetterAsync("Large", new string('漢', 4_096), None);
        var letter = (await Levels.ReceiveDeadLetterAsync(TimeSpan.FromSeconds(5), None))!;
        Assert.Equal(body, letter.Body.ToArray());
        Assert.StartsWith("漢", letter.DeadLetterDescription, StringComparison.Ordinal);
        byte[] larger = [(byte)' ', .. body];
        await Assert.ThrowsAsync<ArgumentException>(() => Levels.SendAsync(new("id", larger), None));
    }

    [Theory]
    [InlineData("{}\r\n")]
    [InlineData("\"\uffff \ufffe\"")]
    [InlineData(" [ 1 ,\t2\n] ")]
    public async Task Whatever_JSON_is_sent_the_same_JSON_is_received(string body)
    {
        await Levels.SendAsync(new("json", Encoding.UTF8.GetBytes(body)), None);
        var received = Encoding.UTF8.GetString((await ReceiveAsync()).Body.Span);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(body), JsonElement.Parse(received)), received);
    }

    [Fact]
    public async Task What_cannot_be_kept_is_refused()
    {
        var body = "{}"u8.ToArray();
        QueueMessage[] wrong =
        [
            new("", body), new(new string('i', 129), body), new("a\nb", body), new("id", Array.Empty<byte>()),
            new("id", "no json"u8.ToArray()), new("id", body) { TimeToLive = TimeSpan.Zero },
        ];
        foreach (var message in wrong)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Levels.SendAsync(message, None));
        }

        Assert.Throws<ArgumentException>(() => Queues.Get("no-such-queue"));
        Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));
    }

    protected abstract DateTimeOffset Now { get; }

    protected abstract Task<IMessageQueues> OpenAsync();

    /// <summary>Lets time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    private Task SendAsync(string id) => Levels.SendAsync(new(id, "{}"u8.ToArray()), None);

    private async Task<ReceivedMessage> ReceiveAsync()
    {
        var message = await Levels.ReceiveAsync(TimeSpan.Zero, None);
        Assert.NotNull(message);
        return message;
    }

    private async Task<ReceivedMessage> EventuallyAsync()
    {
        var message = await Levels.ReceiveAsync(TimeSpan.FromSeconds(10), None);
        Assert.NotNull(message);
        return message;
    }
}
