using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Security;

/// <summary>
/// A page of any site can make a browser post to this machine. Where no key is asked for, that must not start or remove anything: browsers
/// say truthfully whether a request comes from another site.
/// </summary>
internal sealed class SameSiteFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers["Sec-Fetch-Site"] != "cross-site")
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
}
