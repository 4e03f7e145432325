using CnnMrf.Infra.Tests.Bicep;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Infra.Tests.Messaging;

public sealed class QueueTests
{
    private static readonly IReadOnlyList<Resource> Queues = Deployment.Development.Of("Microsoft.ServiceBus/namespaces/queues");

    [Fact]
    public void The_queues_are_those_of_the_code() => Assert.Equal(QueueNames.All.Order(), Queues.Select(q => q.Name).Order());

    [Fact]
    public void Locks_deliveries_and_duplicates_are_as_the_code_has_them() => Assert.All(Queues, queue =>
    {
        Assert.Equal(QueuePolicy.LockDuration, queue.Time("properties/lockDuration"));
        Assert.Equal(QueuePolicy.MaxDeliveries, queue.Number("properties/maxDeliveryCount"));
        Assert.True(queue.Flag("properties/requiresDuplicateDetection"));
        Assert.Equal(QueuePolicy.DuplicateWindow, queue.Time("properties/duplicateDetectionHistoryTimeWindow"));
    });

    [Fact]
    public void A_job_lives_as_long_as_its_level_may_take_and_becomes_a_dead_letter_then()
    {
        var levels = Queues.Single(q => q.Name == QueueNames.Levels);

        Assert.Equal(new WorkflowTiming().LevelBudget, levels.Time("properties/defaultMessageTimeToLive"));
        Assert.True(levels.Flag("properties/deadLetteringOnMessageExpiration"));
    }

    [Fact]
    public void A_notice_lives_as_long_as_its_sender_says_by_itself()
    {
        var outcomes = Queues.Single(q => q.Name == QueueNames.LevelOutcomes);

        Assert.Equal(new QueueMessage("id", default).TimeToLive, outcomes.Time("properties/defaultMessageTimeToLive"));
    }

    [Fact]
    public void Duplicates_are_dropped_for_longer_than_an_activity_that_sends_is_tried_again()
    {
        var tries = Enumerable.Range(1, ActivityRetries.Attempts - 1).Sum(attempt => ActivityRetries.After(attempt).TotalSeconds);

        Assert.True(QueuePolicy.DuplicateWindow > 2 * TimeSpan.FromSeconds(tries), $"tries take {tries} s");
    }

    [Fact]
    public void The_plan_of_the_namespace_knows_duplicate_detection() =>
        Assert.Equal("Standard", Deployment.Development.Only("Microsoft.ServiceBus/namespaces").Text("sku/name"));
}
