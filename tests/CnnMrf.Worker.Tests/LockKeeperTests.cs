using CnnMrf.Pipeline.Queues;
using CnnMrf.Worker.Owning;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CnnMrf.Worker.Tests;

public sealed class LockKeeperTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(-3600, 1, 1)]
    [InlineData(301, 50, 60)]
    public async Task A_clock_that_is_not_the_brokers_costs_a_renewal_a_second_at_most(int ahead, int least, int most)
    {
        var message = new Message(_time, TimeSpan.FromSeconds(-ahead)) { Id = "m", Body = default, DeliveryCount = 1, EnqueuedAt = default };
        await using var keeper = new LockKeeper(message, Options.Create(new WorkerOptions()), _time);
        for (var second = 0; second < 61; second++)
        {
            var renewals = message.Renewals;
            _time.Advance(TimeSpan.FromSeconds(1));
            // What waited goes on elsewhere.
            for (var wait = 0; wait < (least > 1 ? 1_000 : 2) && message.Renewals == renewals; wait++)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }
        }

        Assert.InRange(message.Renewals, least, most + 1);
    }

    private sealed class Message(TimeProvider time, TimeSpan brokers) : ReceivedMessage
    {
        private DateTimeOffset _until = time.GetUtcNow() + brokers + QueuePolicy.LockDuration;

        public int Renewals { get; private set; }

        public override DateTimeOffset LockedUntil => _until;

        public override Task RenewAsync(CancellationToken ct)
        {
            Renewals++;
            _until = time.GetUtcNow() + brokers + QueuePolicy.LockDuration;
            return Task.CompletedTask;
        }

        public override Task CompleteAsync(CancellationToken ct) => Task.CompletedTask;

        public override Task AbandonAsync(TimeSpan delay, CancellationToken ct) => Task.CompletedTask;

        public override Task DeadLetterAsync(string reason, string description, CancellationToken ct) => Task.CompletedTask;
    }
}
