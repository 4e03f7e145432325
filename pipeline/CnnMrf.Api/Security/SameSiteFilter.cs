using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Security;

/// <summary>
/// A page of any site can make a browser post to this machine. Where no key is asked for, that must not start or remove anything: browsers
/// say truthfully whether a request comes from another site (<c>Sec-Fetch-Site</c>), and to addresses that they do not trust, http in a local
/// network, from which (<c>Origin</c>).
/// </summary>
internal sealed class SameSiteFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || !IsForeign(request))
        {
            return next(context);
        }

        ResponseHeaders.SetDefaults(context.HttpContext.Response);
        return ValueTask.FromResult<object?>(new ApiProblem(
            StatusCodes.Status403Forbidden,
            ApiProblem.RequestCode,
            "A page of another site asked for this. Use the page that this server serves, or a program.",
            "Sec-Fetch-Site").ToResult());
    }

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
        {
            return site == "cross-site";
        }

        // A form of another site cannot set the second header: a proxy does.
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !IsOf(request.Host.Value, origin) && !IsOf(request.Headers["X-Forwarded-Host"].ToString(), origin);
    }

    private static bool IsOf(string? host, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && Uri.TryCreate($"{from.Scheme}://{host}", UriKind.Absolute, out var ours)
        && from.Authority.Equals(ours.Authority, StringComparison.OrdinalIgnoreCase);
}
