using System.Net.Sockets;
using System.Text;

namespace CnnMrf.Api.Tests.Fakes;

/// <summary>Requests as bytes, for what no client would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends a request and reads until the server closes the connection or has said what is waited for.</summary>
    public static async Task<string> SendAsync(Uri server, string request, string until = "\0")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var answer = new StringBuilder();
        var buffer = new byte[8_192];
        while (!answer.ToString().Contains(until, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, timeout.Token);
            if (read == 0)
            {
                break;
            }

            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
