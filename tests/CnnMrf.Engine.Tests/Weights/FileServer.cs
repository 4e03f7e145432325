using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CnnMrf.Engine.Tests.Weights;

/// <summary>One request as it came.</summary>
internal sealed record Asked(string Path, string? Range, string? IfRange);

/// <summary>A small HTTP server of one file on the loopback interface that can misbehave in the ways servers do.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    public FileServer(byte[] content)
    {
        Content = content;
        _listener.Start();
        _ = AcceptAsync();
    }

    public byte[] Content { get; set; }

    public string? ETag { get; set; } = "\"one\"";

    public string? Commit { get; set; }

    /// <summary>The server answers 200 and the whole file, whatever was asked for.</summary>
    public bool IgnoresRanges { get; set; }

    /// <summary>Each connection breaks after so many bytes of body, as often as <see cref="Breaks"/> says.</summary>
    public int? BreakAfter { get; set; }

    public int Breaks { get; set; } = int.MaxValue;

    /// <summary>Sends headers and then nothing.</summary>
    public bool Stalls { get; set; }

    /// <summary>Answers to give before behaving, such as "503 Busy".</summary>
    public ConcurrentQueue<string> Refusals { get; } = new();

    /// <summary>Answers 302 with this location.</summary>
    public string? Location { get; set; }

    public Action<Asked>? OnRequest { get; set; }

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public IEnumerable<string?> Ranges => Requests.Select(request => request.Range);

    /// <summary>Bytes of body sent.</summary>
    public long Sent { get; private set; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/model.safetensors");

    public void Dispose()
    {
        if (_stop.IsCancellationRequested) return;
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(connection.GetStream(), _stop.Token);
            }
            catch (IOException)
            {
                // The client has what it wanted and left.
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream, CancellationToken stop)
    {
        var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        var path = (await reader.ReadLineAsync(stop))?.Split(' ')[1];
        if (path is null) return;
        string? range = null;
        string? ifRange = null;
        while (await reader.ReadLineAsync(stop) is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: ", StringComparison.OrdinalIgnoreCase)) range = line["Range: ".Length..];
            if (line.StartsWith("If-Range: ", StringComparison.OrdinalIgnoreCase)) ifRange = line["If-Range: ".Length..];
        }

        var asked = new Asked(path, range, ifRange);
        Requests.Enqueue(asked);
        OnRequest?.Invoke(asked);
        if (Refusals.TryDequeue(out var refusal))
        {
            await HeadAsync(refusal, 0);
            return;
        }

        if (Location is not null)
        {
            await HeadAsync("302 Found", 0, $"Location: {Location}\r\n");
            return;
        }

        var (start, end) = (0, Content.Length);
        var partial = range is not null && !IgnoresRanges && (ifRange is null || ifRange == ETag);
        if (partial)
        {
            var sides = range!["bytes=".Length..].Split('-');
            start = int.Parse(sides[0], CultureInfo.InvariantCulture);
            end = Math.Min(end, int.Parse(sides[1], CultureInfo.InvariantCulture) + 1);
            if (start >= Content.Length)
            {
                await HeadAsync("416 Range Not Satisfiable", 0);
                return;
            }
        }

        await HeadAsync(
            partial ? "206 Partial Content" : "200 OK",
            end - start,
            partial ? $"Content-Range: bytes {start}-{end - 1}/{Content.Length}\r\n" : "");
        if (Stalls) await Task.Delay(Timeout.Infinite, stop);
        if (BreakAfter < end - start && Breaks > 0)
        {
            Breaks--;
            end = start + BreakAfter.Value;
        }

        await stream.WriteAsync(Content.AsMemory(start, end - start), stop);
        Sent += end - start;

        async Task HeadAsync(string status, int length, string more = "")
        {
            var head = $"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{more}"
                + (ETag is null ? "" : $"ETag: {ETag}\r\n")
                + (Commit is null ? "" : $"X-Repo-Commit: {Commit}\r\n")
                + "\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        }
    }
}
