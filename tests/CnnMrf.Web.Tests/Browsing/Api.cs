using System.Text.Json.Nodes;

namespace CnnMrf.Web.Tests.Browsing;

/// <summary>The API, for what is not the test's subject.</summary>
internal sealed class Api(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    public void Dispose() => _http.Dispose();

    /// <summary>Starts a synthesis.</summary>
    /// <returns>Its id.</returns>
    internal async Task<string> StartAsync(string? content, string style, string settings, string name)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(settings), "settings" },
            { new StringContent(name), "name" },
            { new ByteArrayContent(await File.ReadAllBytesAsync(style)), "style", Path.GetFileName(style) },
        };
        if (content is not null)
        {
            form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(content)), "content", Path.GetFileName(content));
        }

        using var answer = await _http.PostAsync(new Uri("/api/syntheses", UriKind.Relative), form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return (string)JsonNode.Parse(text)!["id"]!;
    }

    /// <summary>Starts one and waits for its end.</summary>
    internal async Task<string> MakeAsync(string? content, string style, string settings, string name, string end = "completed",
        TimeSpan? patience = null)
    {
        var id = await StartAsync(content, style, settings, name);
        await EndsAsync(id, end, patience);
        return id;
    }

    internal async Task EndsAsync(string id, string end, TimeSpan? patience = null)
    {
        var until = DateTime.UtcNow.Add(patience ?? TimeSpan.FromMinutes(2));
        while ((string?)(await GetAsync($"/api/syntheses/{id}"))["status"] != end)
        {
            Assert.True(DateTime.UtcNow < until, $"{id} is not {end}.");
            await Task.Delay(100);
        }
    }

    internal async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative)))!;

    internal Task<byte[]> BytesAsync(string path) => _http.GetByteArrayAsync(new Uri(path, UriKind.Relative));

    /// <summary>Ends what a failed test left running, which others would wait for.</summary>
    internal async Task CancelAllAsync()
    {
        foreach (var item in (await GetAsync("/api/syntheses?limit=200"))["items"]!.AsArray())
        {
            if ((string?)item!["status"] is "queued" or "running")
            {
                await CancelAsync((string)item["id"]!);
            }
        }
    }

    internal async Task CancelAsync(string id)
    {
        using var _ = await _http.DeleteAsync(new Uri($"/api/syntheses/{id}", UriKind.Relative));
    }
}
