using System.Net;
using CnnMrf.Api.Tests.Fakes;
using CnnMrf.Pipeline;

namespace CnnMrf.Api.Tests.BadInput;

public sealed class BodyLimitTests
{
    [Theory]
    [InlineData("/api/syntheses", "multipart/form-data; boundary=b", RequestLimits.BodyBytes)]
    [InlineData("/api/batches?name=a", "application/json", RequestLimits.JsonBytes)]
    public async Task A_length_beyond_the_limit_is_refused_before_a_byte_of_the_body_is_sent(string path, string type, long most)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await RawHttp.SendAsync(
            host.BaseAddress,
            $"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: {most + 1}\r\nExpect: 100-continue\r\n\r\n",
            until: "}");

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("100 Continue", answer, StringComparison.Ordinal);
        Assert.Equal(0, host.Store.Writes);
    }

    [Fact]
    public async Task A_body_that_does_not_say_its_length_is_counted_as_it_comes()
    {
        await using var host = await ApiHost.StartAsync();
        var endless = new Endless("--b\r\nContent-Disposition: form-data; name=style; filename=s.png\r\n\r\n");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/syntheses") { Content = new StreamContent(endless) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        request.Headers.TransferEncodingChunked = true;

        // The server answers and closes; whether the client still reads the answer is a race that HTTP/1.1 leaves open.
        try
        {
            using var response = await host.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        }
        catch (HttpRequestException)
        {
        }

        Assert.InRange(endless.Position, RequestLimits.BodyBytes / 2, RequestLimits.BodyBytes * 2);
        Assert.Equal(0, host.Store.Writes);
        Assert.Empty(host.Log);
    }

    [Fact]
    public async Task A_form_just_below_the_limit_is_read_although_the_server_stops_at_less_by_itself()
    {
        await using var host = await ApiHost.StartAsync();
        var large = new byte[RequestLimits.BodyBytes - 2_000];
        TestForms.Picture().CopyTo(large, 0);

        using var response = await host.Client.PostAsync(
            "/api/syntheses", new MultipartFormDataContent().WithFile("style", large, "s.png"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task Temporary_files_are_gone_when_the_answer_is_there()
    {
        await using var host = await ApiHost.StartAsync();
        var before = Directory.GetFiles(Path.GetTempPath(), "cnnmrf-*").Length;
        var large = new byte[3_000_000];
        TestForms.Picture().CopyTo(large, 0);

        using var accepted = await host.Client.PostAsync(
            "/api/syntheses", new MultipartFormDataContent().WithFile("style", large, "s.png"));
        using var refused = await host.Client.PostAsync(
            "/api/syntheses", new MultipartFormDataContent().WithFile("style", large, "s.png").WithText("colour", "red"));

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.True(Directory.GetFiles(Path.GetTempPath(), "cnnmrf-*").Length <= before);
    }

    [Theory]
    [InlineData("POST /api/syntheses HTTP/1.1\r\nHost: x\r\nX-Long: LONG\r\n\r\n", "431")]
    [InlineData("GET /api/syntheses/a%00b HTTP/1.1\r\nHost: x\r\n\r\n", "400")]
    [InlineData("GET /api/LONG HTTP/1.1\r\nHost: x\r\n\r\n", "414")]
    [InlineData("POST /api/syntheses HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400")]
    public async Task What_is_no_HTTP_is_refused_by_the_server_itself(string request, string status)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await RawHttp.SendAsync(
            host.BaseAddress, request.Replace("LONG", new string('x', 40_000), StringComparison.Ordinal), until: "\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
        Assert.Equal(0, host.Store.Writes);
    }

    [Fact]
    public async Task A_body_cut_off_by_its_own_chunks_is_a_bad_request()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await RawHttp.SendAsync(
            host.BaseAddress,
            "POST /api/syntheses HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            until: "}");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    /// <summary>A start, and then zeros without end.</summary>
    private sealed class Endless(string start) : Stream
    {
        private readonly byte[] _start = System.Text.Encoding.ASCII.GetBytes(start);

        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, _position++)
            {
                buffer[offset + i] = _position < _start.Length ? _start[_position] : (byte)0;
            }

            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
