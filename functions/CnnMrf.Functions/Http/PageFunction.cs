using CnnMrf.Api.Page;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CnnMrf.Functions.Http;

/// <summary>The page: for everybody; the key is asked for by what it calls.</summary>
public static class PageFunction
{
    /// <summary>GET / and every file of the page.</summary>
    [Function("page")]
    public static IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{*path}")] HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CnnMrfPage.Handle(request.HttpContext);
    }
}
