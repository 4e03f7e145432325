using CnnMrf.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Endpoints;

/// <summary>Reads query parameters strictly: a misspelt one is refused instead of silently meaning something else.</summary>
internal static class QueryParameters
{
    public static void RefuseUnknown(HttpRequest request, IReadOnlyList<string> known)
    {
        foreach (var name in request.Query.Keys)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw ApiProblem.BadRequest(
                    Shown.Of(name),
                    $"There is no query parameter '{Shown.Of(name)}' here. "
                    + (known.Count > 0 ? $"Use {string.Join(", ", known)}, or leave it out." : "Leave it out."));
            }
        }
    }

    /// <summary>The value, or null where it is not given.</summary>
    public static string? Single(HttpRequest request, string name) => request.Query[name] switch
    {
        { Count: 0 } => null,
        [{ } value] => value,
        _ => throw ApiProblem.BadRequest(name, $"The query parameter {name} is given several times. Give it once."),
    };
}
