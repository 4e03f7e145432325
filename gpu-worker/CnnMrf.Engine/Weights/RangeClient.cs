using System.Net;
using System.Net.Http.Headers;

namespace CnnMrf.Engine.Weights;

/// <summary>Asks for ranges of a file over HTTP, follows redirects by hand (their headers matter) and sorts failures.</summary>
internal sealed class RangeClient(Uri source, TimeSpan stallTimeout, TimeProvider time) : IDisposable
{
    private const int MaxRedirects = 10;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(20),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for bytes [<paramref name="start"/>, <paramref name="end"/>).</summary>
    /// <exception cref="TransientFailure">Worth another try.</exception>
    /// <exception cref="SourceChanged">The file has no such bytes.</exception>
    /// <exception cref="WeightsException">Not worth another try.</exception>
    public async Task<RangeResponse> GetAsync(long start, long end, RangeConditionHeaderValue? condition, CancellationToken cancellation)
    {
        var address = source;
        string? commit = null;
        string? linkedTag = null;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = new RangeHeaderValue(start, end - 1);
            request.Headers.IfRange = condition;
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("cnnmrf", "1"));
            var response = await Guarded(
                token => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation);
            commit ??= Header(response, "X-Repo-Commit");
            linkedTag ??= Header(response, "X-Linked-ETag");
            if (IsRedirect(response.StatusCode) && response.Headers.Location is { } location)
            {
                response.Dispose();
                var next = new Uri(address, location);
                if (next.Scheme != Uri.UriSchemeHttps && next.Scheme != address.Scheme)
                    throw new WeightsException($"{source}: redirects to {next.Scheme}://{next.Host}, which is not https.");
                address = next;
                continue;
            }

            try
            {
                return Accept(response, commit, linkedTag);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }

        throw new WeightsException($"{source}: more than {MaxRedirects} redirects. Check the address.");
    }

    /// <summary>Reads some of a body: 0 at its end.</summary>
    /// <exception cref="TransientFailure">The connection broke or stalled.</exception>
    public Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken cancellation) =>
        Guarded(token => body.ReadAsync(buffer, token).AsTask(), cancellation);

    private async Task<T> Guarded<T>(Func<CancellationToken, Task<T>> action, CancellationToken cancellation)
    {
        using var stall = new CancellationTokenSource(stallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellation);
        try
        {
            return await action(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stall.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TransientFailure($"nothing came from {source.Host} for {stallTimeout.TotalSeconds:0.#} s");
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TransientFailure(e.Message, e); // The handler's own connect timeout.
        }
        catch (Exception e) when (e is HttpRequestException or IOException && !cancellation.IsCancellationRequested)
        {
            throw new TransientFailure(e.Message, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new OperationCanceledException(e.Message, e, cancellation);
        }
    }

    private RangeResponse Accept(HttpResponseMessage response, string? commit, string? linkedTag)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.PartialContent:
                var range = response.Content.Headers.ContentRange;
                if (range is not { Unit: "bytes", From: not null })
                    throw new WeightsException($"{source}: the server answers a range request without saying which bytes it sends.");
                return new RangeResponse(response, IsPartial: true, range.From.Value, Identity(range.Length));
            case HttpStatusCode.OK:
                if (response.Content.Headers.ContentEncoding.Any(coding => coding != "identity"))
                    throw new WeightsException($"{source}: the server compresses the file though it was asked not to.");
                return new RangeResponse(response, IsPartial: false, 0, Identity(response.Content.Headers.ContentLength));
            case HttpStatusCode.RequestedRangeNotSatisfiable:
                throw new SourceChanged($"{source}: the file is shorter than expected (416): empty, truncated or replaced.");
        }

        var status = (int)response.StatusCode;
        var text = $"answers {status} {response.ReasonPhrase}";
        if (status is 408 or 425 or 429 or 500 or 502 or 503 or 504)
            throw new TransientFailure($"{source.Host} {text}", retryAfter: RetryAfter(response));
        throw new WeightsException(
            $"{source} {text}. Check the address, or fetch a safetensors file of VGG-19 by other means and: cnnmrf weights import FILE");

        SourceIdentity Identity(long? length) => new(
            linkedTag, response.Headers.ETag?.ToString(), response.Content.Headers.LastModified, length, commit);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}

/// <summary>An answer whose body starts at byte <paramref name="Start"/> of the file.</summary>
/// <param name="Message">Open, its body not read.</param>
/// <param name="IsPartial">False where the server ignores ranges and sends the whole file.</param>
/// <param name="Start">0 where it does.</param>
/// <param name="Identity">Which version of the file it is.</param>
internal sealed record RangeResponse(HttpResponseMessage Message, bool IsPartial, long Start, SourceIdentity Identity) : IDisposable
{
    public void Dispose() => Message.Dispose();
}
