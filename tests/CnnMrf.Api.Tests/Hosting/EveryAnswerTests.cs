using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CnnMrf.Api.Tests.Contract;
using CnnMrf.Api.Tests.Fakes;
using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Api.Tests.Hosting;

/// <summary>Every operation gives every answer that openapi.json describes for it.</summary>
public sealed class EveryAnswerTests
{
    private const string Unknown = "nobody-0123456789abcdef";

    private static readonly Dictionary<string, Func<ApiHost, Task<HttpResponseMessage>>> Scenarios = Build();

    public static TheoryData<string> Described =>
        [.. OpenApiDocument.Committed.Operations.SelectMany(o => o.Statuses.Select(s => $"{o.Id} {s}"))];

    [Theory]
    [MemberData(nameof(Described))]
    public async Task Is_given(string answer)
    {
        Assert.True(Scenarios.TryGetValue(answer, out var scenario), $"No scenario shows {answer}.");
        await using var host = await ApiHost.StartAsync();

        using var response = await scenario(host);

        Assert.True(answer.EndsWith($" {(int)response.StatusCode}", StringComparison.Ordinal), $"{response} {string.Join(' ', host.Log)}");
        Assert.Equal(
            answer.Split(' ')[0],
            OpenApiDocument.Committed.Find(response.RequestMessage!.Method.Method, response.RequestMessage.RequestUri!.AbsolutePath)!.Id);
    }

    [Fact]
    public void No_scenario_is_undescribed() => Assert.Empty(Scenarios.Keys.Except(Described.Select(d => d.Data)));

    private static Dictionary<string, Func<ApiHost, Task<HttpResponseMessage>>> Build()
    {
        var all = new Dictionary<string, Func<ApiHost, Task<HttpResponseMessage>>>();
        AddStart(all);
        AddControl(all);
        AddBatches(all);
        AddDocument(all, "listSyntheses", _ => Task.FromResult("/api/syntheses"), unknown: null);
        AddDocument(all, "getSynthesis", async h => $"/api/syntheses/{await h.StartRunningAsync()}", $"/api/syntheses/{Unknown}");
        AddDocument(all, "getRequest", async h => $"/api/syntheses/{await h.StartRunningAsync()}/request",
            $"/api/syntheses/{Unknown}/request");
        AddDocument(all, "getLevel", async h => $"/api/syntheses/{await h.StartRunningAsync()}/levels/1",
            $"/api/syntheses/{Unknown}/levels/1");
        AddDocument(all, "getBatch", StartBatchAsync, "/api/batches/nobody");
        AddDocument(all, "getOpenApi", _ => Task.FromResult("/api/openapi.json"), unknown: null, reads: false);
        AddFile(all, "getResult", "result");
        AddFile(all, "getSheet", "sheet");
        AddFile(all, "getReport", "report");
        AddFile(all, "getFitMap", "fit");
        AddFile(all, "getInput", "inputs/content");
        AddFile(all, "getPreview", "levels/1/preview");
        return all;
    }

    private static void AddStart(Dictionary<string, Func<ApiHost, Task<HttpResponseMessage>>> all)
    {
        all["startSynthesis 202"] = h => h.Client.PostAsync("/api/syntheses", TestForms.Whole());
        all["startSynthesis 200"] = async h =>
        {
            await h.StartAsync();
            return await h.Client.PostAsync("/api/syntheses", TestForms.Whole("cat"));
        };
        all["startSynthesis 400"] = h => h.Client.PostAsync("/api/syntheses", TestForms.Whole(settings: """{"size":1}"""));
        all["startSynthesis 403"] = h => CrossSiteAsync(h, HttpMethod.Post, "/api/syntheses", TestForms.Whole());
        all["startSynthesis 413"] = h => h.Client.PostAsync("/api/syntheses", TestForms.Whole(settings: new string(' ', 1_000_001)));
        all["startSynthesis 415"] = h => h.Client.PostAsync("/api/syntheses", new StringContent("{}", Encoding.UTF8, "application/json"));
        all["startSynthesis 503"] = h => BrokenAsync(h, () => h.Client.PostAsync("/api/syntheses", TestForms.Whole()));
    }

    private static void AddControl(Dictionary<string, Func<ApiHost, Task<HttpResponseMessage>>> all)
    {
        all["cancelSynthesis 200"] = async h => await h.Client.DeleteAsync($"/api/syntheses/{await h.StartCompletedAsync()}");
        all["cancelSynthesis 202"] = async h => await h.Client.DeleteAsync($"/api/syntheses/{await h.StartRunningAsync()}");
        all["cancelSynthesis 204"] = async h => await h.Client.DeleteAsync($"/api/syntheses/{await h.StartCompletedAsync()}?purge=true");
        all["cancelSynthesis 400"] = async h => await h.Client.DeleteAsync($"/api/syntheses/{await h.StartAsync()}?purge=perhaps");
        all["cancelSynthesis 403"] = async h => await CrossSiteAsync(h, HttpMethod.Delete, $"/api/syntheses/{await h.StartAsync()}");
        all["cancelSynthesis 404"] = h => h.Client.DeleteAsync($"/api/syntheses/{Unknown}");
        all["cancelSynthesis 409"] = async h => await h.Client.DeleteAsync($"/api/syntheses/{await h.StartRunningAsync()}?purge=true");
        all["cancelSynthesis 503"] = h => BrokenAsync(h, () => h.Client.DeleteAsync($"/api/syntheses/{Unknown}"));
        all["retrySynthesis 202"] = async h => await h.Client.PostAsync($"/api/syntheses/{await h.StartFailedAsync()}/retry", null);
        all["retrySynthesis 400"] = async h => await h.Client.PostAsync($"/api/syntheses/{await h.StartFailedAsync()}/retry?run=2", null);
        all["retrySynthesis 403"] = h => CrossSiteAsync(h, HttpMethod.Post, $"/api/syntheses/{Unknown}/retry");
        all["retrySynthesis 404"] = h => h.Client.PostAsync($"/api/syntheses/{Unknown}/retry", null);
        all["retrySynthesis 409"] = async h => await h.Client.PostAsync($"/api/syntheses/{await RefusedAsync(h)}/retry", null);
        all["retrySynthesis 503"] = h => BrokenAsync(h, () => h.Client.PostAsync($"/api/syntheses/{Unknown}/retry", null));
    }

    private static void AddBatches(Dictionary<string, Func<ApiHost, Task<HttpResponseMessage>>> all)
    {
        const string Path = "/api/batches?name=nightly";
        all["startBatch 202"] = h => h.Client.PostAsync(Path, Manifest());
        all["startBatch 200"] = async h =>
        {
            await StartBatchAsync(h);
            return await h.Client.PostAsync(Path, Manifest());
        };
        all["startBatch 400"] = h => h.Client.PostAsync("/api/batches?name=a/b", Manifest());
        all["startBatch 403"] = h => CrossSiteAsync(h, HttpMethod.Post, Path, Manifest());
        all["startBatch 413"] = h =>
            h.Client.PostAsync(Path, new StringContent(new string(' ', 1_000_001), Encoding.UTF8, "application/json"));
        all["startBatch 415"] = h => h.Client.PostAsync(Path, new StringContent("{}", Encoding.UTF8, "text/plain"));
        all["startBatch 503"] = h => BrokenAsync(h, () => h.Client.PostAsync(Path, Manifest()));
    }

    private static void AddDocument(
        Dictionary<string, Func<ApiHost, Task<HttpResponseMessage>>> all, string operation, Func<ApiHost, Task<string>> path,
            string? unknown, bool reads = true)
    {
        all[$"{operation} 200"] = async h => await h.Client.GetAsync(await path(h));
        all[$"{operation} 304"] = async h => await AgainAsync(h, await path(h));
        all[$"{operation} 400"] = async h => await h.Client.GetAsync(await path(h) + "?colour=red");
        all[$"{operation} 412"] = async h => await SendAsync(h, await path(h), r => r.IfMatch.Add(new("\"other\"")));
        if (unknown is not null)
        {
            all[$"{operation} 404"] = h => h.Client.GetAsync(unknown);
        }

        if (reads)
        {
            all[$"{operation} 503"] = async h =>
            {
                var to = await path(h);
                return await BrokenAsync(h, () => h.Client.GetAsync(to));
            };
        }
    }

    private static void AddFile(Dictionary<string, Func<ApiHost, Task<HttpResponseMessage>>> all, string operation, string file)
    {
        AddDocument(all, operation, async h => $"/api/syntheses/{await h.StartCompletedAsync()}/{file}",
            $"/api/syntheses/{Unknown}/{file}");
        all[$"{operation} 206"] = async h => await SendAsync(
            h, $"/api/syntheses/{await h.StartCompletedAsync()}/{file}", r => r.Range = new RangeHeaderValue(1, 2));
        all[$"{operation} 416"] = async h => await SendAsync(
            h, $"/api/syntheses/{await h.StartCompletedAsync()}/{file}", r => r.Range = new RangeHeaderValue(1_000_000, 1_000_001));
    }

    private static async Task<HttpResponseMessage> AgainAsync(ApiHost host, string path)
    {
        using var first = await host.Client.GetAsync(path);
        return await SendAsync(host, path, r => r.IfNoneMatch.Add(first.Headers.ETag!));
    }

    private static Task<HttpResponseMessage> SendAsync(ApiHost host, string path, Action<HttpRequestHeaders> set)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        set(request.Headers);
        return host.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> CrossSiteAsync(ApiHost host, HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        return host.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> BrokenAsync(ApiHost host, Func<Task<HttpResponseMessage>> send)
    {
        host.Store.Before = (_, blob) => throw new BlobUnavailableException(blob, "The disk is full.");
        return send();
    }

    private static async Task<string> StartBatchAsync(ApiHost host)
    {
        using var response = await host.Client.PostAsync("/api/batches?name=nightly", Manifest());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var input = new Pipeline.Workflows.BatchInput(
            "nightly", Pipeline.Batches.BatchSteps.HashOf(Encoding.UTF8.GetBytes(await Manifest().ReadAsStringAsync())));
        await host.Get<Pipeline.Batches.BatchSteps>().OpenAsync(input, default);
        return "/api/batches/nightly";
    }

    private static StringContent Manifest() => new("""{"style":"s.png","contents":["a.png","b.png"]}""", Encoding.UTF8, "application/json");

    private static async Task<string> RefusedAsync(ApiHost host) => (await host.Get<Pipeline.Starting.SynthesisStarter>().RefuseAsync(
        "pair", Pipeline.Syntheses.RequestSource.Upload, "x", new("picture", "Two contents were given. Keep one.", "content"), default))
            .Id.Value;
}
