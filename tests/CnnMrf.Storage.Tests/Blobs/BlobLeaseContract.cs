using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Tests.Blobs;

/// <summary>Leases.</summary>
public abstract class BlobLeaseContract : BlobStoreTests
{
    private TimeSpan Shortest => Store.LeaseDurations.Shortest;

    [Fact]
    public async Task Of_many_who_want_a_lease_exactly_one_gets_it()
    {
        await WriteAsync("owner", "x");
        async Task<BlobLease?> Try()
        {
            try
            {
                return await AcquireAsync("owner");
            }
            catch (BlobLeaseHeldException)
            {
                return null;
            }
        }

        var leases = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(Try)));
        var lease = Assert.Single(leases, l => l is not null)!;
        await Store.RenewLeaseAsync(lease, None);
    }

    [Fact]
    public async Task Only_the_holder_writes_and_deletes_and_everybody_reads()
    {
        var version = await WriteAsync("owner", "1");
        var lease = await AcquireAsync("owner");
        var other = Guid.NewGuid().ToString();
        await Assert.ThrowsAsync<BlobLeaseHeldException>(() => WriteAsync("owner", "2"));
        await Assert.ThrowsAsync<BlobLeaseHeldException>(() => Store.DeleteAsync(At("owner"), BlobCondition.None, null, None));
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => WriteAsync("owner", "2", new() { LeaseId = other }));
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => Store.DeleteAsync(At("owner"), BlobCondition.None, other, None));
        Assert.Equal("1", await ReadAsync("owner"));
        await Assert.ThrowsAsync<BlobConditionException>(
            () => WriteAsync("owner", "2", new() { LeaseId = lease.Id, Condition = BlobCondition.IfMatch("0x8D0000000000000") }));
        await WriteAsync("owner", "2", new() { LeaseId = lease.Id, Condition = BlobCondition.IfMatch(version.ETag) });
        await Assert.ThrowsAsync<BlobLeaseHeldException>(() => WriteAsync("owner", "3"));
        Assert.Equal("2", await ReadAsync("owner"));
        Assert.True(await Store.DeleteAsync(At("owner"), BlobCondition.None, lease.Id, None));
        await WriteAsync("owner", "a new blob is nobody's");
    }

    [Fact]
    public async Task Released_another_has_it_at_once_and_releasing_again_is_no_error()
    {
        await WriteAsync("owner", "x");
        var first = await AcquireAsync("owner");
        await Store.ReleaseLeaseAsync(first, None);
        var second = await AcquireAsync("owner");
        Assert.NotEqual(first.Id, second.Id);
        await Store.ReleaseLeaseAsync(first, None);
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => Store.RenewLeaseAsync(first, None));
        await Store.RenewLeaseAsync(second, None);
    }

    [Fact]
    public async Task A_lease_that_ended_or_never_was_guards_nothing()
    {
        await WriteAsync("owner", "x");
        var never = Guid.NewGuid().ToString();
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => WriteAsync("owner", "y", new() { LeaseId = never }));
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => WriteAsync("missing", "y", new() { LeaseId = never }));
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => Store.RenewLeaseAsync(new(At("owner"), never, Shortest), None));
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => Store.RenewLeaseAsync(new(At("missing"), never, Shortest), None));
        await Store.ReleaseLeaseAsync(new(At("owner"), never, Shortest), None);
        await Store.ReleaseLeaseAsync(new(At("missing"), never, Shortest), None);
        Assert.Equal("x", await ReadAsync("owner"));
    }

    [Fact]
    public async Task Only_what_exists_is_leased_and_only_for_as_long_as_can_be()
    {
        await Assert.ThrowsAsync<BlobNotFoundException>(() => AcquireAsync("missing"));
        await Assert.ThrowsAsync<BlobNotFoundException>(() => Store.AcquireLeaseAsync(new("no-such-container", "x"), Shortest, None));
        await WriteAsync("owner", "x");
        var (shortest, longest) = Store.LeaseDurations;
        foreach (var wrong in new[] { shortest / 2, longest * 1.1, TimeSpan.Zero, Timeout.InfiniteTimeSpan })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.AcquireLeaseAsync(At("owner"), wrong, None));
        }
    }

    [Fact]
    public async Task Of_a_dead_holder_the_lease_ends_by_its_time_and_of_one_who_renews_it_does_not()
    {
        await WriteAsync("dead", "1");
        await WriteAsync("alive", "1");
        await WriteAsync("written", "1");
        var dead = await AcquireAsync("dead");
        var alive = await AcquireAsync("alive");
        var written = await AcquireAsync("written");
        await PassAsync(Shortest * 0.7);
        await Store.RenewLeaseAsync(alive, None);
        await Assert.ThrowsAsync<BlobLeaseHeldException>(() => AcquireAsync("dead"));
        await PassAsync(Shortest * 0.4);
        await Assert.ThrowsAsync<BlobLeaseHeldException>(() => AcquireAsync("alive"));
        await WriteAsync("written", "2");
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => Store.RenewLeaseAsync(written, None));
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => WriteAsync("dead", "2", new() { LeaseId = dead.Id }));
        var next = await AcquireAsync("dead");
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => Store.RenewLeaseAsync(dead, None));
        await Assert.ThrowsAsync<BlobLeaseLostException>(() => WriteAsync("dead", "2", new() { LeaseId = dead.Id }));
        await Store.ReleaseLeaseAsync(dead, None);
        await WriteAsync("dead", "3", new() { LeaseId = next.Id });
        Assert.Equal("3", await ReadAsync("dead"));
    }

    /// <summary>Lets time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    private Task<BlobLease> AcquireAsync(string name) => Store.AcquireLeaseAsync(At(name), Shortest, None);
}
