using CnnMrf.Api.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CnnMrf.Api.Page;

/// <summary>The page, for every host: the files of <c>web/</c>, at <c>/</c> and below.</summary>
public static class CnnMrfPage
{
    /// <summary>The route, for GET and HEAD: what no other route answers.</summary>
    public const string Pattern = "{**path}";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps the page.</summary>
    public static IEndpointConventionBuilder MapCnnMrfPage(this IEndpointRouteBuilder app) =>
        app.MapMethods(Pattern, Methods, (Func<HttpContext, IResult>)Handle);

    /// <summary>Answers with the file at the request's path.</summary>
    public static IResult Handle(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // A host that sends here what it finds no function for, sends unknown routes of the API too.
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            return UnknownRoute.Handle(context);
        }

        PageHeaders.Set(context.Response);
        return PageFiles.Find(context.Request.Path.Value ?? "") is { } file
            ? new GuardedResult(TypedResults.Bytes(file.Bytes, file.ContentType, entityTag: file.ETag))
            : TypedResults.Text("There is nothing at this address. The page is at /.\n", statusCode: StatusCodes.Status404NotFound);
    }
}
