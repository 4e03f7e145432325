using System.Diagnostics.CodeAnalysis;
using CnnMrf.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.Api.Endpoints;

/// <summary>One operation of the API, for every host.</summary>
public sealed class ApiEndpoint
{
    private ApiEndpoint(string operation, string method, string pattern, Type handler, string[] query) =>
        (Operation, Method, Pattern, Handler, Query) = (operation, method, pattern, handler, query);

    /// <summary>Its <c>operationId</c>.</summary>
    public string Operation { get; }

    /// <summary>GET, POST or DELETE. What answers GET answers HEAD too.</summary>
    public string Method { get; }

    /// <summary>The route, without a <c>/</c> before it, as ASP.NET Core and Azure Functions write it.</summary>
    public string Pattern { get; }

    /// <summary>The query parameters; any other is refused.</summary>
    public IReadOnlyList<string> Query { get; }

    /// <summary>The methods to listen to.</summary>
    public IReadOnlyList<string> Methods => Method == HttpMethods.Get ? [HttpMethods.Get, HttpMethods.Head] : [Method];

    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    internal Type Handler { get; }

    /// <summary>Answers a request whose route values were set by the host.</summary>
    /// <returns>A result that does not throw: all that goes wrong becomes a problem document.</returns>
    public async Task<IResult> InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ResponseHeaders.SetDefaults(context.Response);
        try
        {
            QueryParameters.RefuseUnknown(context.Request, Query);
            var handler = (IApiHandler)context.RequestServices.GetRequiredService(Handler);
            return new GuardedResult(await handler.HandleAsync(context).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // This is the place where every fault becomes an answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return ExceptionProblems.Of(e, context);
        }
    }

    internal static ApiEndpoint Get<THandler>(string operation, string pattern, params string[] query)
        where THandler : class, IApiHandler => new(operation, HttpMethods.Get, pattern, typeof(THandler), query);

    internal static ApiEndpoint Post<THandler>(string operation, string pattern, params string[] query)
        where THandler : class, IApiHandler => new(operation, HttpMethods.Post, pattern, typeof(THandler), query);

    internal static ApiEndpoint Delete<THandler>(string operation, string pattern, params string[] query)
        where THandler : class, IApiHandler => new(operation, HttpMethods.Delete, pattern, typeof(THandler), query);
}
