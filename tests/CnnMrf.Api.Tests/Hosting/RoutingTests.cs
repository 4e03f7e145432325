using System.Net;
using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Tests.Contract;
using CnnMrf.Api.Tests.Fakes;

namespace CnnMrf.Api.Tests.Hosting;

public sealed class RoutingTests
{
    [Theory]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/nothing")]
    [InlineData("/api/syntheses/cat-0123456789abcdef/nothing")]
    [InlineData("/api/syntheses/cat-0123456789abcdef/levels/1/preview/more")]
    public async Task An_unknown_path_is_a_problem_document(string path)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("openapi.json", await response.DetailAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT", "/api/syntheses", "POST, GET, HEAD")]
    [InlineData("PATCH", "/api/syntheses/cat-0123456789abcdef", "GET, HEAD, DELETE")]
    [InlineData("GET", "/api/syntheses/cat-0123456789abcdef/retry", "POST")]
    [InlineData("POST", "/api/syntheses/cat-0123456789abcdef/result", "GET, HEAD")]
    [InlineData("DELETE", "/api/batches/a", "GET, HEAD")]
    [InlineData("OPTIONS", "/api/batches", "POST")]
    [InlineData("BREW", "/api/openapi.json", "GET, HEAD")]
    public async Task Another_method_is_told_which_would_do(string method, string path, string allowed)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.BaseAddress };

        using var response = await client.SendAsync(new(new(method), path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Contains($"Use {allowed}", await response.DetailAsync(), StringComparison.Ordinal);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("same-origin")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task The_page_and_programs_may_post(string site)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/syntheses") { Content = TestForms.Whole() };
        request.Headers.Add("Sec-Fetch-Site", site);

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public void Every_route_is_described_and_every_description_has_its_route() => Assert.Equal(
        OpenApiDocument.Committed.Operations.Select(o => $"{o.Id}: {o.Method} {o.Path}").Order(),
        ApiEndpoints.All.Select(e => $"{e.Operation}: {e.Method} /{e.Pattern}").Order());

    [Fact]
    public void Every_parameter_is_described_and_every_description_has_its_parameter()
    {
        foreach (var endpoint in ApiEndpoints.All)
        {
            var operation = OpenApiDocument.Committed.Operations.Single(o => o.Id == endpoint.Operation);
            var inPath = endpoint.Pattern.Split('/').Where(s => s.StartsWith('{')).Select(s => $"path {s.Trim('{', '}')}");

            Assert.Equal(
                inPath.Concat(endpoint.Query.Select(q => $"query {q}")).Order(),
                operation.Parameters.Select(p => $"{p["in"]} {p["name"]}").Order());
        }
    }

    [Fact]
    public async Task A_page_of_the_list_reads_its_own_items_and_no_others()
    {
        await using var host = await ApiHost.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await host.StartAsync($"n{i}", i);
        }

        var reads = 0;
        host.Store.Before = (_, _) => Interlocked.Increment(ref reads);
        using var response = await host.Client.GetAsync("/api/syntheses?limit=5");

        Assert.Equal(5, (await response.JsonAsync())["items"]!.AsArray().Count);
        Assert.Equal(1 + 5, reads);
    }
}
