using System.Net;
using System.Text;
using CnnMrf.Api.Tests.Fakes;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Api.Tests.Batches;

public sealed class BatchTests
{
    private const string Manifest = """{"style":"s.png","contents":["a.png","b.png"],"settings":{"preset":"paper","size":128}}""";

    [Fact]
    public async Task A_manifest_is_kept_as_it_was_sent_and_taken_up_at_once()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await PostAsync(host, Manifest);
        var batch = await response.JsonAsync();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/api/batches/nightly", response.Headers.Location!.ToString());
        Assert.Equal(2, (int)batch["counts"]!["queued"]!);
        var kept = await host.Store.ReadAsync(BlobLayout.BatchManifest("nightly"), 1_000, default);
        Assert.Equal(Manifest, Encoding.UTF8.GetString(kept!.Bytes.Span));
        Assert.StartsWith("batch-nightly-", Assert.Single(host.Workflows.Instances).Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_body_the_manifest_that_lies_there_is_taken_up()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WriteAsync(BlobLayout.BatchManifest("nightly"), Encoding.UTF8.GetBytes(Manifest), "application/json");

        using var response = await host.Client.PostAsync("/api/batches?name=nightly", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Single(host.Workflows.Instances);
    }

    [Fact]
    public async Task A_manifest_that_lies_there_and_is_too_large_is_refused_with_the_remedy()
    {
        await using var host = await ApiHost.StartAsync();
        await host.WriteAsync(BlobLayout.BatchManifest("nightly"), new byte[RequestLimits.JsonBytes + 1], "application/json");

        using var response = await host.Client.PostAsync("/api/batches?name=nightly", null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Split the batch", (await response.JsonAsync())["detail"]!.ToString(), StringComparison.Ordinal);
        Assert.Empty(host.Workflows.Instances);
    }

    [Fact]
    public async Task Its_status_counts_and_links_its_syntheses()
    {
        await using var host = await ApiHost.StartAsync();
        using var started = await PostAsync(host, Manifest);
        var input = new Pipeline.Workflows.BatchInput("nightly", BatchSteps.HashOf(Encoding.UTF8.GetBytes(Manifest)));
        var steps = host.Get<BatchSteps>();
        await host.WriteAsync(new(BlobContainers.Uploads, "a.png"), TestForms.Picture(), "image/png");
        await host.WriteAsync(new(BlobContainers.Uploads, "s.png"), TestForms.Picture(2), "image/png");
        await steps.OpenAsync(input, default);
        await steps.StartAsync(new("nightly", input.ManifestHash, 0, 2), default);

        var batch = await (await host.Client.GetAsync("/api/batches/nightly")).JsonAsync();

        Assert.Equal("running", batch["status"]!.ToString());
        Assert.Equal(1, (int)batch["counts"]!["queued"]!);
        Assert.Equal(1, (int)batch["counts"]!["failed"]!);
        Assert.Contains("b.png does not exist", batch["items"]![1]!["problem"]!["message"]!.ToString(), StringComparison.Ordinal);
        using var synthesis = await host.Client.GetAsync(batch["items"]![0]!["self"]!.ToString());
        Assert.Equal("batch", (await synthesis.JsonAsync())["source"]!.ToString());
    }

    private static Task<HttpResponseMessage> PostAsync(ApiHost host, string manifest) =>
        host.Client.PostAsync("/api/batches?name=nightly", new StringContent(manifest, Encoding.UTF8, "application/json"));
}
