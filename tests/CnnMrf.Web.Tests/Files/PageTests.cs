using System.Net;
using System.Text.RegularExpressions;
using CnnMrf.Api.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Web.Tests.Files;

/// <summary>The files of the page as any host answers with them.</summary>
public sealed partial class PageTests : IAsyncLifetime
{
    private readonly WebApplication _app = Build();
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        _http = new() { BaseAddress = new(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/index.html", "text/html; charset=utf-8")]
    [InlineData("/scripts/app.js", "text/javascript; charset=utf-8")]
    [InlineData("/styles/base.css", "text/css; charset=utf-8")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    [InlineData("/samples/photograph.jpg", "image/jpeg")]
    [InlineData("/presets.json", "application/json")]
    public async Task A_file_comes_with_its_type_and_with_what_browsers_are_told(string path, string type)
    {
        using var answer = await _http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self'; img-src 'self' blob:;", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.ETag);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task What_the_asker_has_costs_a_304_with_the_same_headers()
    {
        using var first = await _http.GetAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var again = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(first.Headers.ETag, again.Headers.ETag);
        Assert.True(again.Headers.Contains("Content-Security-Policy"));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Head_tells_the_length_without_the_bytes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/");
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Content.Headers.ContentLength > 0);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/styles")]
    [InlineData("/INDEX.HTML")]
    [InlineData("/styles/..%2f..%2fCnnMrf.Functions.sln")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/..%5c..%5cwindows")]
    [InlineData("/index.html%00.js")]
    [InlineData("//etc/passwd")]
    public async Task What_is_no_file_of_the_page_is_not_found_whatever_it_looks_like(string path)
    {
        using var answer = await _http.GetAsync(new Uri(_app.Urls.Single() + path));

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, answer.StatusCode.ToString());
        Assert.DoesNotContain("root:", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_are_told_which_would_do()
    {
        using var answer = await _http.PostAsync(new Uri("/", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("GET, HEAD", string.Join(", ", answer.Content.Headers.Allow));
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    public async Task Unknown_paths_of_the_api_stay_the_apis_where_a_host_sends_them_here(string path)
    {
        var context = new DefaultHttpContext
        {
            RequestServices = _app.Services,
            Request = { Method = "GET", Path = path },
            Response = { Body = new MemoryStream() },
        };
        await CnnMrfPage.Handle(context).ExecuteAsync(context);

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Equal("application/problem+json", context.Response.ContentType);
    }

    [Fact]
    public void Every_file_that_a_file_names_is_there_and_every_script_is_named()
    {
        var named = new HashSet<string>(StringComparer.Ordinal) { "/index.html", "/presets.json" };
        foreach (var path in PageFiles.Paths.Where(p => p.EndsWith(".js", StringComparison.Ordinal)
            || p.EndsWith(".html", StringComparison.Ordinal)))
        {
            var text = System.Text.Encoding.UTF8.GetString(PageFiles.Find(path)!.Bytes);
            foreach (Match match in Named().Matches(text))
            {
                named.Add(new Uri(new Uri("http://page" + path), match.Groups[1].Value).AbsolutePath);
            }
        }

        Assert.DoesNotContain(named, n => PageFiles.Find(n) is null);
        Assert.DoesNotContain(PageFiles.Paths.Except(named), p => !p.StartsWith("/samples/", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_on_the_page_comes_from_elsewhere_or_makes_markup_of_texts() => Assert.All(
        PageFiles.Paths.Where(p => !p.EndsWith(".jpg", StringComparison.Ordinal)),
        path => Assert.DoesNotMatch(
            @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|https?://(?!www\.w3\.org/2000/svg)|\bstyle=""",
            System.Text.Encoding.UTF8.GetString(PageFiles.Find(path)!.Bytes)));

    private static WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapCnnMrfPage();
        return app;
    }

    [GeneratedRegex(@"(?:\bfrom |\bimport |(?:src|href)=)""([^""#]+\.[a-z]+)""")]
    private static partial Regex Named();
}
