using CnnMrf.Local.Serving;

namespace CnnMrf.Local.Tests.Serving;

/// <summary>What <c>serve</c> and <c>worker</c> say when they cannot start.</summary>
public sealed class ServeUsageTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("--port 70000", "--port is 70000; expects 0 … 65535")]
    [InlineData("--workers 65", "--workers is 65; expects 0 … 64")]
    [InlineData("--threads 0", "--threads is 0; expects 1 … 1024")]
    [InlineData("--workers 0", "give --storage, or let this process work")]
    [InlineData("--storage UseDevelopmentStorage=true", "--data and --storage exclude each other")]
    [InlineData("--urls ftp://x", "expects such as http://0.0.0.0:7071")]
    [InlineData("--urls http://127.0.0.1:70000", "expects such as http://0.0.0.0:7071")]
    [InlineData("--urls http://127.0.0.1:80/api", "expects such as http://0.0.0.0:7071")]
    [InlineData("--urls https://127.0.0.1:7071", "expects such as http://0.0.0.0:7071")]
    [InlineData("--urls http://127.0.0.1:0;http://127.0.01.1.7:7071", "'127.0.01.1.7' is a name; give an address")]
    [InlineData("--urls http://pictures.example.org:7071", "'pictures.example.org' is a name; give an address")]
    [InlineData("--allowed-hosts http://pictures", "'http://pictures' is no name of a host")]
    [InlineData("--batch-schedule nightly", "expects six fields")]
    [InlineData("--batch-schedule 0,2", "expects six fields")]
    public async Task Wrong_options_are_named_with_what_would_be_right(string options, string says) =>
        Assert.Contains(
            says, await Cli.Refused(2, ["serve", "--data", _workplace["d"], .. options.Split(' ')]), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://localhost:7071")]
    [InlineData("http://0.0.0.0:7071")]
    [InlineData("http://[::]:7071")]
    [InlineData("http://*:7071")]
    [InlineData("http://10.1.2.3")]
    [InlineData("http://unix:/run/cnnmrf.sock")]
    public void Addresses_to_listen_on_are_taken_as_they_are(string url) =>
        Assert.Equal([url, "http://127.0.0.1:0"], ListenAddresses.Parse($"{url}; http://127.0.0.1:0"));

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:7071", true)]
    [InlineData("127.0.0.1:7071", true)]
    [InlineData("192.168.1.9", true)]
    [InlineData("[fe80::1]:7071", true)]
    [InlineData("pictures.example.org", true)]
    [InlineData("xn--bcher-kva.example", true)]
    [InlineData("", true)]
    [InlineData("evil.example", false)]
    [InlineData("pictures.example.org.evil.example", false)]
    [InlineData("127.0.0.1.evil.example:7071", false)]
    public void A_request_for_a_host_that_nobody_named_is_not_answered(string host, bool known) =>
        Assert.Equal(known, new KnownHosts(["pictures.example.org", "bücher.example"]).Know(new(host)));

    [Fact]
    public async Task A_worker_cannot_work_on_a_data_folder_and_says_why() =>
        Assert.Contains(
            "the queue of a data folder is within the process of 'cnnmrf serve'",
            await Cli.Refused(2, "worker", "--data", _workplace["d"]),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("5")]
    [InlineData("0m")]
    [InlineData("soon")]
    public async Task A_time_that_is_none_is_refused(string time) =>
        Assert.Contains(
            "expects such as 30s, 5m or 2h",
            await Cli.Refused(2, "worker", "--storage", "UseDevelopmentStorage=true", "--exit-when-idle", time),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_folder_that_cannot_be_is_named_with_the_remedy()
    {
        var file = _workplace.Text("file", "");

        Assert.Matches(
            "error: the data folder .*file/sub cannot be written .*; take another by --data",
            await Cli.Refused(1, "serve", "--data", Path.Combine(file, "sub"), "--port", "0"));
    }

    [Fact]
    public async Task A_connection_string_that_is_none_is_refused_and_never_shown()
    {
        var line = await Cli.Refused(2, "serve", "--storage", "AccountName=x;AccountKey=secret", "--port", "0");

        Assert.Contains("no connection string of a storage account", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_does_not_answer_is_named_without_its_key()
    {
        const string Nobody = "DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=c2VjcmV0;"
            + "BlobEndpoint=http://127.0.0.1:9/nobody;QueueEndpoint=http://127.0.0.1:9/nobody";
        var line = await Cli.Refused(1, "worker", "--storage", Nobody);

        Assert.Contains("storage account nobody cannot be used", line, StringComparison.Ordinal);
        Assert.Contains("see whether it or Azurite runs", line, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 0 2 * * *", "2026-11-26T01:59:59Z", "2026-11-26T02:00:00Z")]
    [InlineData("0 0 2 * * *", "2026-11-26T02:00:00Z", "2026-11-27T02:00:00Z")]
    [InlineData("*/30 * * * * 1-5", "2026-11-27T23:59:45Z", "2026-11-30T00:00:00Z")]
    public void The_next_time_of_a_schedule_is_utc_to_the_second(string schedule, string now, string next) =>
        Assert.Equal(
            DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture),
            BatchTimes.Parse(schedule).After(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_schedule_of_a_day_that_never_comes_has_no_next_time() =>
        Assert.Null(BatchTimes.Parse("0 0 0 31 2 *").After(DateTimeOffset.UnixEpoch));
}
