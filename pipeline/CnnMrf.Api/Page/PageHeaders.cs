using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Page;

/// <summary>What browsers are told with every file of the page.</summary>
internal static class PageHeaders
{
    /// <summary>Nothing comes from, or goes to, anywhere else; nobody frames it; no text becomes markup.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        // Asked for again each time, which costs a 304: a new version is never mixed with an old one.
        headers.CacheControl = "no-cache";
    }
}
