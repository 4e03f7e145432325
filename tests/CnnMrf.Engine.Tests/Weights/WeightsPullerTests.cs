using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Engine.Tests.Weights;

public sealed class WeightsPullerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly QuickTime _time = new();
    private readonly FileServer _server = new(NarrowVgg.Tensors().Bytes());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => _folder["vgg19.safetensors"];

    /// <summary>The wanted tensors of relu4_2 lie in two runs: 0, 10 … 19, 2, 21 and 5, 7.</summary>
    private static IEnumerable<TensorData> WantedRelu42 =>
        NarrowVgg.Tensors().Where(tensor => VggArchitecture.ConvolutionsUpTo(VggArchitecture.Parse("relu4_2"))
            .Any(convolution => tensor.Name == convolution.WeightName || tensor.Name == convolution.BiasName));

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Only_the_wanted_tensors_are_asked_for_neighbours_together()
    {
        _server.Commit = "c0ffee";
        var result = await PullAsync();

        Assert.Equal(4, _server.Requests.Count);
        Assert.Equal("bytes=0-7", _server.Ranges.First());
        var header = SafetensorsFile.Read(_server.Content).Header;
        var wanted = WantedRelu42.Sum(tensor => tensor.Bytes.Length);
        Assert.Equal(header.DataStart + wanted, _server.Sent);
        Assert.Equal(header.DataStart + wanted, result.BytesReceived);
        Assert.True(_server.Sent < _server.Content.Length / 2);

        var file = SafetensorsFile.Read(Target);
        Assert.Equal(20, file.Names.Count);
        foreach (var tensor in WantedRelu42) Assert.Equal(tensor.Bytes.ToArray(), file.Bytes(tensor.Name).ToArray());
        Assert.Equal("torchvision", file.Metadata["input"]);
        Assert.Equal("max", file.Metadata["pooling"]);
        Assert.Equal("relu4_2", file.Metadata["deepest"]);
        Assert.Equal("c0ffee", file.Metadata["revision"]);
        Assert.Equal(_server.Address.AbsoluteUri, file.Metadata["source"]);
        Assert.Equal("relu4_2", result.Weights.Deepest.Name);
        Assert.Equal(["vgg19.safetensors"], _folder.Names);
    }

    [Fact]
    public async Task Weights_that_are_there_already_are_not_fetched_again_but_deeper_ones_are()
    {
        await PullAsync();
        var asked = _server.Requests.Count;
        Assert.Equal(0, (await PullAsync()).BytesReceived);
        Assert.Equal(0, (await PullAsync("relu3_1")).BytesReceived);
        Assert.Equal(asked, _server.Requests.Count);

        Assert.Equal("relu5_1", (await PullAsync("relu5_1")).Weights.Deepest.Name);
        Assert.True(_server.Requests.Count > asked);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_is_read_once_as_far_as_needed()
    {
        _server.IgnoresRanges = true;
        var result = await PullAsync();
        Assert.Single(_server.Requests);
        Assert.Equal(WantedRelu42.First().Bytes.ToArray(), SafetensorsFile.Read(Target).Bytes(WantedRelu42.First().Name).ToArray());
        Assert.Equal(_server.Content.Length - 80_000, result.BytesReceived); // The classifier at the end is left out.
        Assert.Equal("one", result.Revision);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pull_broken_off_half_way_goes_on_in_the_next_with_the_same_result(bool ignoresRanges)
    {
        var whole = await PullAsync();
        var expected = await File.ReadAllBytesAsync(Target, Token);
        File.Delete(Target);
        _server.IgnoresRanges = ignoresRanges;
        _server.BreakAfter = ignoresRanges ? 40_000 : 20_000;

        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync(attempts: 1));
        Assert.Contains("pull again", e.Message, StringComparison.Ordinal);
        Assert.Equal(["vgg19.safetensors.part", "vgg19.safetensors.part.json"], _folder.Names);
        var kept = new FileInfo(Target + ".part").Length;
        Assert.InRange(kept, 20_000, whole.BytesReceived - 1);

        _server.BreakAfter = null;
        _server.Requests.Clear();
        var rest = await PullAsync();
        Assert.Equal(kept, rest.BytesReused);
        Assert.All(_server.Requests, request => Assert.Equal("\"one\"", request.IfRange));
        if (!ignoresRanges) Assert.Equal(whole.BytesReceived - kept, rest.BytesReceived);
        Assert.Equal(expected, await File.ReadAllBytesAsync(Target, Token));
        Assert.Equal(["vgg19.safetensors"], _folder.Names);
    }

    [Fact]
    public async Task A_transfer_that_breaks_again_and_again_is_picked_up_where_it_broke()
    {
        _server.BreakAfter = 2_000;
        var notes = new List<string>();
        var result = await PullAsync(progress: new Listener(progress =>
        {
            if (progress.Note is not null) notes.Add(progress.Note);
        }));
        Assert.Equal(result.BytesReceived, _server.Sent);
        Assert.True(_server.Requests.Count > 8);
        Assert.All(_time.Waits, wait => Assert.Equal(TimeSpan.FromSeconds(1), wait));
        Assert.Equal(_time.Waits.Count, notes.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_that_changed_meanwhile_is_fetched_from_the_start(bool ignoresRanges)
    {
        _server.BreakAfter = 20_000;
        await Assert.ThrowsAsync<WeightsException>(() => PullAsync(attempts: 1));
        _server.BreakAfter = null;
        _server.IgnoresRanges = ignoresRanges;
        var other = NarrowVgg.Tensors(seed: 2);
        _server.Content = other.Bytes();
        _server.ETag = "\"two\"";

        var result = await PullAsync();
        Assert.Equal(0, result.BytesReused);
        Assert.Equal("two", result.Revision);
        var file = SafetensorsFile.Read(Target);
        foreach (var name in file.Names)
            Assert.Equal(other.Single(tensor => tensor.Name == name).Bytes.ToArray(), file.Bytes(name).ToArray());
    }

    [Fact]
    public async Task A_source_that_changes_between_two_ranges_is_fetched_from_the_start()
    {
        var other = NarrowVgg.Tensors(seed: 2);
        _server.OnRequest = _ =>
        {
            if (_server.Requests.Count != 4) return;
            _server.Content = other.Bytes();
            _server.ETag = "\"two\"";
        };
        await PullAsync();
        var file = SafetensorsFile.Read(Target);
        foreach (var name in file.Names)
            Assert.Equal(other.Single(tensor => tensor.Name == name).Bytes.ToArray(), file.Bytes(name).ToArray());
    }

    [Fact]
    public async Task A_source_that_keeps_changing_is_given_up()
    {
        _server.OnRequest = _ => _server.ETag = $"\"{Guid.NewGuid()}\"";
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains("changes while", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_tag_or_date_another_session_does_not_trust_what_was_kept()
    {
        _server.ETag = null;
        _server.BreakAfter = 20_000;
        await Assert.ThrowsAsync<WeightsException>(() => PullAsync(attempts: 1));
        _server.BreakAfter = null;
        Assert.Equal(0, (await PullAsync()).BytesReused);
    }

    [Fact]
    public async Task A_kept_part_of_another_depth_is_not_used()
    {
        _server.BreakAfter = 20_000;
        await Assert.ThrowsAsync<WeightsException>(() => PullAsync(attempts: 1));
        _server.BreakAfter = null;
        var result = await PullAsync("relu5_1");
        Assert.Equal(0, result.BytesReused);
        Assert.Equal(13, result.Weights.Convolutions.Count);
    }

    [Fact]
    public async Task Redirects_are_followed_and_the_commit_is_taken_from_the_first_answer()
    {
        using var hub = new FileServer([]) { Commit = "deadbeef", Location = "/second" };
        hub.OnRequest = asked => hub.Location = asked.Path == "/second" ? _server.Address.AbsoluteUri : "/second";
        var result = await new WeightsPuller(_time).PullAsync(
            new PullRequest { Source = hub.Address, Target = Target }, progress: null, Token);
        Assert.Equal("deadbeef", result.Revision);
        Assert.Equal(hub.Address.AbsoluteUri, result.Weights.Metadata["source"]);
        Assert.Equal(8, hub.Requests.Count);
        Assert.All(_server.Requests, request => Assert.NotNull(request.Range));
    }

    [Fact]
    public async Task A_circle_of_redirects_is_left()
    {
        _server.Location = "/round";
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains("redirects", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_said_at_once_and_nothing_is_left()
    {
        _server.Refusals.Enqueue("404 Not Found");
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains("404", e.Message, StringComparison.Ordinal);
        Assert.Contains(_server.Address.AbsoluteUri, e.Message, StringComparison.Ordinal);
        Assert.Contains("weights import", e.Message, StringComparison.Ordinal);
        Assert.Single(_server.Requests);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_after_growing_waits()
    {
        for (var i = 0; i < 3; i++) _server.Refusals.Enqueue("503 Busy");
        await PullAsync();
        Assert.Equal([1, 2, 4], _time.Waits.Select(wait => (int)wait.TotalSeconds));
    }

    [Fact]
    public async Task A_server_s_wish_for_a_longer_wait_is_heeded()
    {
        _server.Refusals.Enqueue("429 Slow down\r\nRetry-After: 7");
        await PullAsync();
        Assert.Equal([7], _time.Waits.Select(wait => (int)wait.TotalSeconds));
    }

    [Fact]
    public async Task A_server_that_stays_busy_is_given_up()
    {
        for (var i = 0; i < 9; i++) _server.Refusals.Enqueue("503 Busy");
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains("503", e.Message, StringComparison.Ordinal);
        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named()
    {
        var address = _server.Address;
        _server.Dispose();
        var e = await Assert.ThrowsAsync<WeightsException>(
            () => new WeightsPuller(_time).PullAsync(new PullRequest { Source = address, Target = Target }, null, Token));
        Assert.Contains(address.AbsoluteUri, e.Message, StringComparison.Ordinal);
        Assert.Equal(3, _time.Waits.Count);
    }

    [Fact]
    public async Task A_connection_that_gives_nothing_is_a_failure()
    {
        _server.Stalls = true;
        var e = await Assert.ThrowsAsync<WeightsException>(() => new WeightsPuller().PullAsync(
            new PullRequest { Source = _server.Address, Target = Target, Attempts = 1, StallTimeout = TimeSpan.FromMilliseconds(150) },
            null,
            Token));
        Assert.Contains("nothing came", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_can_be_cancelled_and_keeps_what_came()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var listener = new Listener(progress =>
        {
            if (progress.BytesHeld > 8) cancel.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new WeightsPuller(_time).PullAsync(
            new PullRequest { Source = _server.Address, Target = Target }, listener, cancel.Token));
        Assert.Contains("vgg19.safetensors.part", _folder.Names);
        Assert.NotEqual(0, (await PullAsync()).BytesReused);
    }

    [Fact]
    public async Task A_wrong_shape_is_refused_before_any_tensor_is_fetched()
    {
        _server.Content = NarrowVgg.Tensors()
            .With(new TensorData("features.5.weight", TensorType.F32, [4, 2, 5, 5], new byte[800])).Bytes();
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains("'features.5.weight' (conv2_1) has shape [4, 2, 5, 5]", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, _server.Requests.Count);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task A_number_that_is_none_is_refused_and_not_kept()
    {
        _server.Content = NarrowVgg.Tensors()
            .With(TensorData.FromSingles("features.10.bias", [8], [0, 0, 0, float.NaN, 0, 0, 0, 0])).Bytes();
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains("'features.10.bias' holds NaN at element 3", e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html></html>")]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("\u0050\u0000\u0000\u0000\u0000\u0000\u0000\u0000{ the header breaks off")]
    public async Task Something_else_than_safetensors_is_refused(string content)
    {
        _server.Content = System.Text.Encoding.ASCII.GetBytes(content);
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains(_server.Address.AbsoluteUri, e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task A_truncated_source_is_refused_by_its_header_alone()
    {
        _server.Content = _server.Content[..^1];
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains("truncated", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task What_the_source_says_of_itself_wins_over_the_defaults()
    {
        _server.Content = NarrowVgg.Tensors().Bytes(
            ("input", "caffe"), ("pooling", "average"), ("padding", "reflect"), ("generator", "scenes 1"));
        var weights = (await PullAsync()).Weights;
        Assert.Equal((PaddingChoice.Reflect, WeightsKind.Own), (weights.Padding, weights.Kind));
        Assert.Equal((InputConvention.Caffe, PoolingKind.Average), (weights.Input, weights.Pooling));
    }

    [Fact]
    public async Task A_second_pull_at_the_same_time_is_refused()
    {
        using var lockedPart = new FileStream(Target + ".part", FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var e = await Assert.ThrowsAsync<WeightsException>(() => PullAsync());
        Assert.Contains("another pull", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_local_address_is_sent_to_import()
    {
        var e = await Assert.ThrowsAsync<WeightsException>(
            () => new WeightsPuller().PullAsync(new PullRequest { Source = new Uri("file:///tmp/a"), Target = Target }, null, Token));
        Assert.Contains("weights import", e.Message, StringComparison.Ordinal);
    }

    private Task<PullResult> PullAsync(string deepest = "relu4_2", int attempts = 4, IProgress<PullProgress>? progress = null) =>
        new WeightsPuller(_time).PullAsync(
            new PullRequest { Source = _server.Address, Deepest = VggArchitecture.Parse(deepest), Target = Target, Attempts = attempts },
            progress,
            Token);

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once and in order.</summary>
    private sealed class Listener(Action<PullProgress> action) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => action(value);
    }
}
