using System.Net;
using System.Net.Http.Headers;
using CnnMrf.Api.Pictures;
using CnnMrf.Api.Tests.Fakes;
using CnnMrf.Pipeline.Blobs;
using FsCheck;
using FsCheck.Xunit;

namespace CnnMrf.Api.Tests.Pictures;

public sealed class PictureTests
{
    [Theory]
    [InlineData("result", "image/png")]
    [InlineData("sheet", "image/png")]
    [InlineData("fit", "image/jpeg")]
    [InlineData("report", "application/json")]
    [InlineData("inputs/content", "image/png")]
    [InlineData("inputs/style-0", "image/png")]
    [InlineData("levels/1/preview", "image/jpeg")]
    public async Task Each_comes_with_its_type_length_etag_and_date(string file, string type)
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartCompletedAsync();

        using var response = await host.Client.GetAsync($"/api/syntheses/{id}/{file}");

        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        Assert.Equal((await response.Content.ReadAsByteArrayAsync()).Length, response.Content.Headers.ContentLength);
        Assert.NotNull(response.Headers.ETag);
        Assert.NotNull(response.Content.Headers.LastModified);
        Assert.Equal("bytes", Assert.Single(response.Headers.AcceptRanges));
    }

    [Fact]
    public async Task The_bytes_are_those_that_were_written()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartCompletedAsync();

        Assert.Equal(TestForms.Picture(), await host.Client.GetByteArrayAsync($"/api/syntheses/{id}/result"));
    }

    [Fact]
    public async Task A_picture_that_the_asker_has_is_not_even_opened()
    {
        await using var host = await ApiHost.StartAsync();
        var path = $"/api/syntheses/{await host.StartCompletedAsync()}/result";
        using var first = await host.Client.GetAsync(path);
        host.Store.Before = (operation, blob) =>
            Assert.False(operation == "open" && blob.Name.EndsWith("result.png", StringComparison.Ordinal));

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        Assert.Equal(first.Headers.ETag, response.Headers.ETag);
    }

    [Fact]
    public async Task A_preview_that_was_renewed_comes_anew()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartRunningAsync();
        var path = $"/api/syntheses/{id}/levels/1/preview";
        using var first = await host.Client.GetAsync(path);
        await host.WriteAsync(BlobLayout.Run(new(id, 1)).Level(1).Preview, [0xFF, 0xD8, 9], "image/jpeg");

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var response = await host.Client.SendAsync(request);

        Assert.Equal([0xFF, 0xD8, 9], await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 99)]
    [InlineData(100, null)]
    [InlineData(null, 10)]
    public async Task A_range_is_those_bytes(int? from, int? to)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/syntheses/{await host.StartCompletedAsync()}/result");
        request.Headers.Range = new RangeHeaderValue(from, to);
        var whole = TestForms.Picture();

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(
            from is null ? whole[^to!.Value..] : whole[from.Value..((to + 1) ?? whole.Length)],
                await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(whole.Length, response.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task HEAD_says_what_GET_would()
    {
        await using var host = await ApiHost.StartAsync();
        var path = $"/api/syntheses/{await host.StartCompletedAsync()}/result";

        using var response = await host.Client.SendAsync(new(HttpMethod.Head, path));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(TestForms.Picture().Length, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task An_input_whose_name_is_none_of_a_picture_is_nothing_that_a_browser_runs()
    {
        await using var host = await ApiHost.StartAsync();
        using var started = await host.Client.PostAsync(
            "/api/syntheses", new MultipartFormDataContent().WithFile("style", TestForms.Picture(), "page.html"));
        var id = (await started.JsonAsync())["id"];

        using var response = await host.Client.GetAsync($"/api/syntheses/{id}/inputs/style-0");

        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_store_that_fails_before_the_first_byte_leaves_no_etag_behind()
    {
        await using var host = await ApiHost.StartAsync();
        var id = await host.StartCompletedAsync();
        host.Store.Before = (operation, blob) =>
        {
            if (operation == "open" && blob.Name.EndsWith("result.png", StringComparison.Ordinal))
            {
                throw new BlobUnavailableException(blob, "Gone.");
            }
        };

        using var response = await host.Client.GetAsync($"/api/syntheses/{id}/result");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Null(response.Headers.ETag);
    }

    [Property(MaxTest = 100)]
    public async Task Skipping_ahead_gives_the_bytes_from_there(NonNegativeInt from, PositiveInt chunk)
    {
        var bytes = Enumerable.Range(0, 1_000).Select(i => (byte)i).ToArray();
        var at = from.Get % 1_001;
        var properties = new BlobProperties(new("c", "n"), "1", bytes.Length, DateTimeOffset.UtcNow, "x/y");
        await using var stream = new ForwardStream(new(properties, new MemoryStream(bytes)));
        stream.Seek(at, SeekOrigin.Begin);

        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest, 1 + (chunk.Get % 300));

        Assert.Equal(bytes[at..], rest.ToArray());
    }

    [Property(MaxTest = 100)]
    public bool Any_etag_of_a_store_becomes_one_that_HTTP_can_carry(NonEmptyString etag) =>
        EntityTagHeaderValue.TryParse(ETag.Of(etag.Get).ToString(), out _);
}
