using System.Text;
using Azure.Core.Amqp;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.ServiceBus.Tests.Broker;

/// <summary>The port's promises, on the SDK.</summary>
public sealed class QueueTests : IAsyncDisposable
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeBroker _broker = new();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    private IMessageQueue Levels => new ServiceBusQueues(_broker).Get(QueueNames.Levels);

    [Fact]
    public async Task What_is_sent_bears_the_id_that_duplicates_are_known_by_its_life_and_its_trace()
    {
        await Levels.SendAsync(
            new("cat-0123456789abcdef/1/2/3", "{}"u8.ToArray()) { TimeToLive = TimeSpan.FromHours(24), TraceParent = Trace }, None);

        var (queue, message) = Assert.Single(_broker.Sent);
        Assert.Equal("levels", queue);
        Assert.Equal("cat-0123456789abcdef/1/2/3", message.MessageId);
        Assert.Equal(TimeSpan.FromHours(24), message.TimeToLive);
        Assert.Equal(Trace, message.ApplicationProperties["Diagnostic-Id"]);
        Assert.Equal("{}", message.Body.ToString());
    }

    [Fact]
    public async Task What_is_received_is_what_was_sent()
    {
        var sent = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        _broker.Next = Task.FromResult<ServiceBusReceivedMessage?>(Message(enqueued: sent, deliveries: 3, trace: Trace));

        var message = (await Levels.ReceiveAsync(TimeSpan.FromSeconds(5), None))!;

        Assert.Equal(("id", 3, sent, Trace), (message.Id, message.DeliveryCount, message.EnqueuedAt, message.TraceParent));
        Assert.Equal("body", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Null(message.DeadLetterReason);
        Assert.Equal(["receive 5000"], _broker.Done);
        Assert.Equal([("levels", SubQueue.None)], _broker.Receivers);
    }

    [Fact]
    public async Task A_trace_that_is_none_is_left_out()
    {
        _broker.Next = Task.FromResult<ServiceBusReceivedMessage?>(Message(trace: "nonsense"));

        Assert.Null((await Levels.ReceiveAsync(TimeSpan.Zero, None))!.TraceParent);
    }

    [Fact]
    public async Task A_dead_letter_says_why_and_cannot_be_buried_again()
    {
        _broker.Next = Task.FromResult<ServiceBusReceivedMessage?>(Message(reason: "poison", description: "five times"));

        var message = (await Levels.ReceiveDeadLetterAsync(TimeSpan.FromSeconds(1), None))!;

        Assert.Equal(("poison", "five times"), (message.DeadLetterReason, message.DeadLetterDescription));
        Assert.Equal([("levels", SubQueue.DeadLetter)], _broker.Receivers);
        await Assert.ThrowsAsync<InvalidOperationException>(() => message.DeadLetterAsync("again", "", None));
    }

    [Fact]
    public async Task A_body_of_another_kind_than_data_is_received_as_nothing_instead_of_coming_again_for_ever()
    {
        var foreign = new AmqpAnnotatedMessage(AmqpMessageBody.FromValue("a value, not data"));
        foreign.Header.DeliveryCount = 0;
        foreign.Properties.MessageId = new AmqpMessageId("id");
        _broker.Next = Task.FromResult<ServiceBusReceivedMessage?>(
            ServiceBusReceivedMessage.FromAmqpMessage(foreign, BinaryData.FromBytes(Guid.NewGuid().ToByteArray())));

        var message = (await Levels.ReceiveAsync(TimeSpan.Zero, None))!;

        Assert.Equal(("id", 0), (message.Id, message.Body.Length));
    }

    [Fact]
    public async Task No_message_in_time_is_none() => Assert.Null(await Levels.ReceiveAsync(TimeSpan.Zero, None));

    [Fact]
    public async Task A_message_is_renewed_and_settled_as_asked_and_a_long_story_is_cut()
    {
        var message = await ReceiveAsync();

        await message.RenewAsync(None);
        await message.AbandonAsync(TimeSpan.FromMinutes(1), None);
        await message.DeadLetterAsync("poison", new string('x', 5_000), None);
        await message.CompleteAsync(None);

        Assert.Equal(["receive 1", "renew id", "abandon id", "bury id poison 4096", "complete id"], _broker.Done);
    }

    [Theory]
    [InlineData(ServiceBusFailureReason.MessageLockLost)]
    [InlineData(ServiceBusFailureReason.MessageNotFound)]
    public async Task A_lock_that_is_lost_is_said_by_renewing_and_by_settling(ServiceBusFailureReason reason)
    {
        var message = await ReceiveAsync();
        _broker.Failure = new ServiceBusException("gone", reason);

        foreach (var action in new[]
        {
            message.RenewAsync(None), message.CompleteAsync(None), message.AbandonAsync(TimeSpan.Zero, None),
            message.DeadLetterAsync("poison", "", None),
        })
        {
            Assert.Equal("id", (await Assert.ThrowsAsync<MessageLockLostException>(() => action)).MessageId);
        }
    }

    public static TheoryData<Exception, string> Failures => new()
    {
        { new ServiceBusException("m", ServiceBusFailureReason.MessagingEntityNotFound), "no queue levels; deploy infra/" },
        { new ServiceBusException("m", ServiceBusFailureReason.ServiceCommunicationProblem), "cannot be reached" },
        { new UnauthorizedAccessException("m"), "Azure Service Bus Data Receiver" },
        { new AuthenticationFailedException("m"), "no identity" },
        { new TimeoutException("m"), "cannot be reached" },
        { new TaskCanceledException("m"), "does not answer in time" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task What_keeps_the_queue_away_is_said_with_the_remedy(Exception failure, string message)
    {
        _broker.Failure = failure;

        var receiving = await Assert.ThrowsAsync<QueueUnavailableException>(() => Levels.ReceiveAsync(TimeSpan.Zero, None));
        var sending = await Assert.ThrowsAsync<QueueUnavailableException>(() => Levels.SendAsync(new("id", "{}"u8.ToArray()), None));

        Assert.Contains(message, receiving.Message, StringComparison.Ordinal);
        Assert.Equal(("levels", receiving.Message), (sending.Queue, sending.Message));
    }

    [Fact]
    public async Task A_message_that_comes_when_nobody_waits_any_more_is_given_back()
    {
        var coming = new TaskCompletionSource<ServiceBusReceivedMessage?>();
        _broker.Next = coming.Task;
        using var stop = new CancellationTokenSource();
        var waiting = Levels.ReceiveAsync(TimeSpan.FromMinutes(1), stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        coming.SetResult(Message());

        Assert.True(SpinWait.SpinUntil(() => _broker.Done.Contains("abandon id"), TimeSpan.FromSeconds(5)));
    }

    [Theory]
    [InlineData("", 2, 60)]
    [InlineData("id", 48 * 1024 + 1, 60)]
    [InlineData("id", 2, 0.5)]
    public async Task What_no_queue_can_hold_is_refused_before_it_is_sent(string id, int bytes, double seconds)
    {
        var message = new QueueMessage(id, new byte[bytes]) { TimeToLive = TimeSpan.FromSeconds(seconds) };

        await Assert.ThrowsAsync<ArgumentException>(() => Levels.SendAsync(message, None));
        Assert.Empty(_broker.Sent);
    }

    [Fact]
    public void Another_queue_than_the_two_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ServiceBusQueues(_broker).Get("others"));

    private async Task<ReceivedMessage> ReceiveAsync()
    {
        _broker.Next = Task.FromResult<ServiceBusReceivedMessage?>(Message());
        return (await Levels.ReceiveAsync(TimeSpan.Zero, None))!;
    }

    private static ServiceBusReceivedMessage Message(
        DateTimeOffset enqueued = default, int deliveries = 1, string? trace = null, string? reason = null, string? description = null)
    {
        var properties = new Dictionary<string, object>();
        if (trace is not null)
        {
            properties["Diagnostic-Id"] = trace;
        }

        // The SDK reads these where the broker puts them.
        if (reason is not null)
        {
            (properties["DeadLetterReason"], properties["DeadLetterErrorDescription"]) = (reason, description ?? "");
        }

        return ServiceBusModelFactory.ServiceBusReceivedMessage(
            BinaryData.FromString("body"), "id", properties: properties, deliveryCount: deliveries, enqueuedTime: enqueued);
    }
}
