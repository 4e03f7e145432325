using CnnMrf.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace CnnMrf.Api.Endpoints;

/// <summary>Answers what no operation answers: 405 where another method would do, else 404.</summary>
public static class UnknownRoute
{
    /// <summary>The route, for every method.</summary>
    public const string Pattern = "api/{**path}";

    private static readonly (TemplateMatcher Matcher, ApiEndpoint Endpoint)[] Matchers =
        [.. ApiEndpoints.All.Select(e => (new TemplateMatcher(TemplateParser.Parse(e.Pattern), []), e))];

    /// <summary>Answers a request.</summary>
    public static IResult Handle(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        ResponseHeaders.SetDefaults(context.Response);
        string[] allowed = [.. Matchers.Where(m => m.Matcher.TryMatch(context.Request.Path, [])).SelectMany(m => m.Endpoint.Methods)];
        if (allowed.Length == 0)
        {
            return ApiProblem.NotFound("path", "There is nothing under this path. The routes are listed in /api/openapi.json.").ToResult();
        }

        var methods = string.Join(", ", allowed);
        context.Response.Headers.Allow = methods;
        return new ApiProblem(
            StatusCodes.Status405MethodNotAllowed, ApiProblem.RequestCode,
                $"This path does not answer {Shown.Of(context.Request.Method)}. Use {methods}.",
            "method").ToResult();
    }
}
