using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Endpoints;

/// <summary>Headers that several answers share.</summary>
internal static class ResponseHeaders
{
    /// <summary>Kept by the asker only, and asked for again each time: what has an etag then costs a 304.</summary>
    private const string Revalidated = "private, no-cache";

    /// <summary>How soon a client should look again at what is going on, seconds.</summary>
    private const string PollSeconds = "2";

    public static void SetDefaults(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
    }

    public static void SetRevalidated(HttpResponse response) => response.Headers.CacheControl = Revalidated;

    public static void SetPoll(HttpResponse response) => response.Headers.RetryAfter = PollSeconds;
}
