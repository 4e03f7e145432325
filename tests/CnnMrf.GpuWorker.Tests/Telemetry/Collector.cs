using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CnnMrf.GpuWorker.Tests.Telemetry;

/// <summary>A server that keeps what is sent to it, and says that it is content.</summary>
internal sealed class Collector : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<(string Path, string Body)> received = new();

    public Collector()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/";
        free.Stop();
        listener.Prefixes.Add(Address);
        listener.Start();
        _ = ListenAsync();
    }

    public string Address { get; }

    /// <summary>Everything that came, by path; bytes that are no text read as Latin-1.</summary>
    public IReadOnlyList<(string Path, string Body)> Received => [.. received];

    /// <summary>How often something occurs in all that came.</summary>
    public int Count(string text) => received.Sum(r => r.Body.Split(text).Length - 1);

    public void Dispose() => listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                await using var body = context.Request.Headers["Content-Encoding"] == "gzip"
                    ? new GZipStream(context.Request.InputStream, CompressionMode.Decompress)
                    : context.Request.InputStream;
                using var bytes = new MemoryStream();
                await body.CopyToAsync(bytes);
                var text = Encoding.Latin1.GetString(bytes.ToArray());
                received.Enqueue((context.Request.Url!.AbsolutePath, text));
                var items = text.Split('\n').Length;
                var answer = Encoding.UTF8.GetBytes($$"""{"itemsReceived":{{items}},"itemsAccepted":{{items}},"errors":[]}""");
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
