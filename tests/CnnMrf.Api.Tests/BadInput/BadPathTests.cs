using System.Net;
using System.Text;
using CnnMrf.Api.Tests.Fakes;

namespace CnnMrf.Api.Tests.BadInput;

/// <summary>Ids, levels and names that are none: 404 with a problem document that names the field; nothing is read beyond the store's own
/// folders, nothing is written.</summary>
public sealed class BadPathTests
{
    public static TheoryData<string> Values =>
    [
        "..%2f..%2fetc%2fpasswd", "a%2fb", "a%5cb", "%2f", "%252f", "%20", "%0a", "%7f", "%ff", "%e2%80%ae", "%c3%a4pfel-0123456789abcdef",
        "%f0%9f%90%88", "CAT-0123456789ABCDEF", "cat-0123456789abcde", "cat-0123456789abcdeg", "-0123456789abcdef", "null", "0", "-1",
            "1e9",
        "9999999999999999999", "LONG", "LONG-0123456789abcdef", "a;b", "a'b", "a%22b", "{id}", "a%3fb", "a%23b", "*",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Every_route_refuses_what_cannot_stand_in_it(string value)
    {
        value = value.Replace("LONG", new string('x', 300), StringComparison.Ordinal);
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartCompletedAsync();
        var writes = host.Store.Writes;

        foreach (var (method, path, field) in Routes(id.Value, value))
        {
            using var response = await host.Client.SendAsync(new(new HttpMethod(method), path));

            Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {path}: {response.StatusCode}");
            Assert.Contains(await response.FieldAsync(), new[] { field, "path" });
        }

        Assert.Equal(writes, host.Store.Writes);
        Assert.Empty(host.Log);
    }

    [Fact]
    public async Task Dots_in_a_path_lead_nowhere()
    {
        await using var host = await ApiHost.StartAsync();

        foreach (var path in new[] { "/api/../../etc/passwd", "/api/syntheses/../../x", "/api/syntheses/%2e%2e/%2e%2e/x",
            "//api//syntheses", "/api/syntheses//result" })
        {
            var answer = await RawHttp.SendAsync(host.BaseAddress, $"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

            Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a%2fb")]
    [InlineData("%00")]
    [InlineData("ä")]
    [InlineData("")]
    [InlineData("LONG")]
    public async Task A_batch_that_has_no_possible_name_is_refused(string name)
    {
        await using var host = await ApiHost.StartAsync();
        name = name.Replace("LONG", new string('x', 300), StringComparison.Ordinal);

        using var response = await host.Client.PostAsync(
            $"/api/batches?name={name}", new StringContent("""{"style":"s.png"}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("name", await response.FieldAsync());
        Assert.Equal(0, host.Store.Writes);
    }

    [Theory]
    [InlineData("status=done", "status")]
    [InlineData("status=1", "status")]
    [InlineData("status=", "status")]
    [InlineData("status=failed&status=queued", "status")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("limit=9999999999999999999999", "limit")]
    [InlineData("continuation=", "continuation")]
    [InlineData("Status=failed", "Status")]
    [InlineData("sort=oldest", "sort")]
    public async Task A_list_asked_for_wrongly_is_refused(string query, string field)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.GetAsync($"/api/syntheses?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(field, await response.FieldAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"style":"s.png","colour":"red"}""")]
    [InlineData("""{"contents":["a.png"]}""")]
    [InlineData("""{"style":"../s.png","contents":["a.png"]}""")]
    [InlineData("""{"style":"s.png","contents":["a\u0000b"]}""")]
    [InlineData("""{"style":"s.png","contents":[1]}""")]
    [InlineData("""{"style":"s.png","contents":["a.png"],"settings":{"size":1}}""")]
    [InlineData("""{"pairs":[{"content":"a.png"}]}""")]
    [InlineData("DEEP")]
    [InlineData("MANY")]
    public async Task A_manifest_that_cannot_be_used_is_refused(string manifest)
    {
        await using var host = await ApiHost.StartAsync();
        manifest = manifest switch
        {
            "DEEP" => string.Concat(Enumerable.Repeat("{\"settings\":", 1_000)) + "1" + new string('}', 1_000),
            "MANY" => $$"""{"style":"s","contents":[{{string.Join(',', Enumerable.Repeat("\"a\"", 1_001))}}]}""",
            _ => manifest,
        };

        using var response = await host.Client.PostAsync(
            "/api/batches?name=a", new StringContent(manifest, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, host.Store.Writes);
        Assert.Empty(host.Workflows.Instances);
    }

    private static IEnumerable<(string Method, string Path, string Field)> Routes(string id, string value) =>
    [
        ("GET", $"/api/syntheses/{value}", "id"),
        ("DELETE", $"/api/syntheses/{value}", "id"),
        ("DELETE", $"/api/syntheses/{value}?purge=true", "id"),
        ("POST", $"/api/syntheses/{value}/retry", "id"),
        ("GET", $"/api/syntheses/{value}/result", "id"),
        ("GET", $"/api/syntheses/{value}/sheet", "id"),
        ("GET", $"/api/syntheses/{value}/report", "id"),
        ("GET", $"/api/syntheses/{value}/fit", "id"),
        ("GET", $"/api/syntheses/{value}/inputs/content", "id"),
        ("GET", $"/api/syntheses/{value}/levels/1", "id"),
        ("GET", $"/api/syntheses/{value}/levels/1/preview", "id"),
        ("GET", $"/api/syntheses/{id}/inputs/{value}", "input"),
        ("GET", $"/api/syntheses/{id}/levels/{value}", "level"),
        ("GET", $"/api/syntheses/{id}/levels/{value}/preview", "level"),
        ("GET", $"/api/batches/{value}", "name"),
        ("GET", $"/api/{value}", "path"),
    ];
}
