using System.Net;
using System.Text.Json.Nodes;
using CnnMrf.Local.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CnnMrf.Local.Tests.Serving;

/// <summary><c>serve</c> on a data folder, as people use it.</summary>
[Collection("Engine")]
[Trait("Category", "Slow")]
public sealed class ServeTests : IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly Pairs _pairs;
    private readonly DataFolder _data;

    public ServeTests() => (_pairs, _data) = (new(_workplace), new(_workplace));

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_pair_posted_uploaded_or_in_a_batch_becomes_the_picture_that_the_command_line_makes()
    {
        var settings = Pairs.Settings(3, 4, 32, 2);
        var expected = await _pairs.ByCommandLineAsync(settings);
        await using var serve = _data.Serve("--batch-schedule", "* * * * * *");
        using var front = new Front(await serve.ListensAsync());

        var posted = await front.PostAsync(_pairs.Content, _pairs.Style, settings);
        var status = await front.EndAsync(posted);
        Assert.Equal(expected, await front.ResultAsync(posted));
        Assert.Equal(100, (double)status["percent"]!);
        var report = await front.GetAsync(posted + "/report");
        Assert.Equal(
            (double)status["energy"]!["total"]!, (double)report["levels"]!.AsArray()[^1]!["energy"]!["last"]!["total"]!);
        Assert.Equal(posted, await front.PostAsync(_pairs.Content, _pairs.Style, settings));

        var folder = Directory.CreateDirectory(Path.Combine(_data.Folder, "uploads", "evening walk")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "settings.json"), settings);
        File.Copy(_pairs.Content, Path.Combine(folder, "content.png"));
        File.Copy(_pairs.Style, Path.Combine(folder, "style.png"));
        var uploaded = await StartedAsync(front, "upload");
        await front.EndAsync(uploaded);
        Assert.Equal(expected, await front.ResultAsync(uploaded));

        var manifest = $$"""
            {"pairs":[{"name":"night","content":"evening walk/content.png","style":"evening walk/style.png"} ],"settings":{{settings}} }
            """;
        await File.WriteAllTextAsync(Path.Combine(_data.Folder, "batches", "nightly.json"), manifest);
        var batched = await StartedAsync(front, "batch");
        await front.EndAsync(batched);
        Assert.Equal(expected, await front.ResultAsync(batched));
        Assert.Equal(0, await serve.TerminateAsync());
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_in_words_and_nothing_is_written()
    {
        await using var serve = _data.Serve();
        using var front = new Front(await serve.ListensAsync());
        (string Content, string Settings, string Says)[] bad =
        [
            (_workplace.Text("notes.jpg", "not a picture"), "{}", "notes.jpg"),
            (_workplace.Claiming("bomb.png", 60_000, 60_000), "{}", "bomb.png"),
            (_pairs.Content, """{"size":1000000}""", "size"),
            (_pairs.Content, """{"sise":64}""", "sise"),
            (_pairs.Content, "{", "settings"),
            (_pairs.Content, """{"weights":"/etc/passwd"}""", "weights"),
        ];
        foreach (var (content, settings, says) in bad)
        {
            using var answer = await front.SendAsync(content, _pairs.Style, settings);
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{answer.StatusCode}: {body}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains(says, body, StringComparison.Ordinal);
        }

        Assert.Empty((await front.GetAsync("/api/syntheses"))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, await front.TryAsync("/api/syntheses/none-0123456789abcdef"));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_data.Folder, "syntheses"), "*-*"));
    }

    [Fact]
    public async Task A_picture_that_ends_too_early_becomes_a_failed_synthesis_that_names_it()
    {
        await using var serve = _data.Serve();
        using var front = new Front(await serve.ListensAsync());
        var status = await front.EndAsync(await front.PostAsync(_workplace.Truncated("half.png"), _pairs.Style, "{}"), "failed");

        Assert.Contains("half.png", (string?)status["problem"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_site_that_calls_itself_by_this_address_is_not_answered()
    {
        await using var serve = _data.Serve("--urls", "http://0.0.0.0:0", "--allowed-hosts", "pictures.example");
        var port = (await serve.ListensAsync()).Port;
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        async Task<string> AnsweredAsync(string host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/syntheses") { Headers = { Host = host } };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
        }

        Assert.Matches("^400 .*does not answer for the host 'evil.example'.*--allowed-hosts", await AnsweredAsync("evil.example"));
        Assert.StartsWith("200 ", await AnsweredAsync($"pictures.example:{port}"), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await AnsweredAsync($"127.0.0.1:{port}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pulled_weights_that_are_damaged_are_told_with_the_remedy_and_others_are_used_all_the_same()
    {
        var cache = Directory.CreateDirectory(Path.Combine(_workplace["cache"], "cnnmrf", "weights")).FullName;
        await File.WriteAllTextAsync(Path.Combine(cache, "vgg19.safetensors"), "half a fi");
        await using var serve = _data.Serve();
        using var front = new Front(await serve.ListensAsync());

        using var answer = await front.SendAsync(_pairs.Content, _pairs.Style, "{}");

        Assert.Contains("weights: auto is vgg19, which cannot be used", serve.Said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains(
            "cnnmrf weights pull --refresh", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        await front.EndAsync(await front.PostAsync(_pairs.Content, _pairs.Style, Pairs.Settings(1, 2, 32)));
    }

    [Fact]
    public async Task A_service_that_fails_ends_the_program_with_its_reason()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { DisableDefaults = true });
        HostBasics.Prepare(builder);
        var place = new FolderPlace(_data.Folder);
        place.Register(builder.Services, builder.Configuration);
        builder.Services.AddHostedService<Failing>();
        using var host = builder.Build();

        var e = await Assert.ThrowsAsync<FailedException>(
            () => HostBasics.RunAsync(host, place, () => Task.CompletedTask, TestContext.Current.CancellationToken));

        Assert.Equal("it had to end: the disk is gone (InvalidOperationException)", e.Message);
    }

    [Fact]
    public async Task A_configured_word_for_a_number_is_named()
    {
        await using var serve = _data.Serve(new Dictionary<string, string> { ["Worker__PreviewSide"] = "zwei" });

        Assert.Equal(2, await serve.ExitsAsync());
        Assert.Matches("error: .*'zwei' at 'Worker:PreviewSide'", serve.Said);
    }

    [Fact]
    public async Task A_second_one_on_the_same_folder_or_port_says_so_in_one_line()
    {
        await using var serve = _data.Serve();
        var port = (await serve.ListensAsync()).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(
            $"error: another cnnmrf serve uses the data folder {_data.Folder}; end it, or take another folder by --data",
            await Cli.Refused(1, "serve", "--data", _data.Folder, "--port", "0"));
        Assert.Equal(
            $"error: http://127.0.0.1:{port} is in use by another program; take another port by --port, or end that program",
            await Cli.Refused(1, "serve", "--data", _workplace["other"], "--port", port));
    }

    private sealed class Failing : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw new InvalidOperationException("the disk is gone");
        }
    }

    private static async Task<string> StartedAsync(Front front, string source)
    {
        for (var until = DateTime.UtcNow.AddMinutes(1); DateTime.UtcNow < until; await Task.Delay(100))
        {
            var items = (await front.GetAsync("/api/syntheses"))["items"]!.AsArray();
            if (items.FirstOrDefault(i => (string?)i!["source"] == source) is JsonObject item)
            {
                return (string)item["links"]!["self"]!;
            }
        }

        throw new InvalidOperationException($"No {source} was started.");
    }
}
