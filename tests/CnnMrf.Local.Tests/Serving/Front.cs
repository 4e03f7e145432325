using System.Net;
using System.Text.Json.Nodes;

namespace CnnMrf.Local.Tests.Serving;

/// <summary>What people do with a front: post, follow, fetch.</summary>
internal sealed class Front(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly HttpClient _http = new() { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    /// <summary>Posts a pair.</summary>
    /// <returns>The synthesis's address.</returns>
    internal async Task<string> PostAsync(string content, string style, string settings, string? name = null)
    {
        using var answer = await SendAsync(content, style, settings, name);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    internal async Task<HttpResponseMessage> SendAsync(string content, string style, string settings, string? name = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(content)), "content", Path.GetFileName(content) },
            { new ByteArrayContent(await File.ReadAllBytesAsync(style)), "style", Path.GetFileName(style) },
            { new StringContent(settings), "settings" },
        };
        if (name is not null)
        {
            form.Add(new StringContent(name), "name");
        }

        return await _http.PostAsync(new Uri("/api/syntheses", UriKind.Relative), form);
    }

    internal Task<HttpResponseMessage> PostJsonAsync(string path, string json) =>
        _http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    internal async Task<JsonNode> GetAsync(string path) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    internal Task<byte[]> ResultAsync(string synthesis) => _http.GetByteArrayAsync(new Uri(synthesis + "/result", UriKind.Relative));

    internal async Task<HttpStatusCode> TryAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    /// <summary>Follows a synthesis until it ends; percent never falls.</summary>
    internal async Task<JsonNode> EndAsync(string synthesis, string expected = "completed")
    {
        var percent = 0.0;
        for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(150))
        {
            var status = await GetAsync(synthesis);
            var now = (double)status["percent"]!;
            Assert.True(now >= percent, $"{percent} % became {now} %");
            percent = now;
            if ((string)status["status"]! is "completed" or "failed" or "cancelled")
            {
                Assert.True((string)status["status"]! == expected, status.ToJsonString());
                return status;
            }

            Assert.True(DateTime.UtcNow < until, $"{synthesis} does not end: {status.ToJsonString()}");
        }
    }
}
