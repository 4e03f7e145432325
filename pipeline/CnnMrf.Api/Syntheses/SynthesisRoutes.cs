using System.Globalization;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CnnMrf.Api.Syntheses;

/// <summary>Routes of syntheses, and what stands in them.</summary>
internal static class SynthesisRoutes
{
    public const string All = "api/syntheses";

    public const string One = All + "/{id}";

    public static SynthesisId Id(HttpContext context)
    {
        var text = context.GetRouteValue("id") as string;
        return SynthesisId.TryParse(text, out var id) ? id : throw ApiProblem.NotFound(
            "id", "That is no id of a synthesis: expects a name of a-z, 0-9 and -, a hyphen and 16 hexadecimal digits, "
            + "as POST /api/syntheses gives it.");
    }

    public static int Level(HttpContext context)
    {
        var text = context.GetRouteValue("level") as string;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var level) && level > 0
            ? level
            : throw ApiProblem.NotFound("level", "That is no level: expects 1 for the coarsest, 2 for the next, and so on.");
    }

    public static ApiProblem Unknown(SynthesisId id) =>
        ApiProblem.NotFound("id", $"There is no synthesis {id}. GET /api/syntheses lists those that are.");

    public static string Path(HttpContext context, SynthesisId id) => $"{context.Request.PathBase}/{All}/{id}";
}
