using CnnMrf.Api.Json;
using CnnMrf.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace CnnMrf.Api.Problems;

/// <summary>A request that is refused, and how.</summary>
internal sealed class ApiProblem(int status, string code, string detail, string? field = null) : Exception(detail)
{
    public const string RequestCode = ProblemCodes.Request;

    private const string MediaType = "application/problem+json";

    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Field { get; } = field;

    public IReadOnlyList<FieldProblem>? Errors { get; init; }

    public string? TraceId { get; init; }

    /// <summary>When to try again, seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>True when what is left of the body should not be read.</summary>
    public bool Closes { get; init; }

    public static ApiProblem BadRequest(string? field, string detail) => new(StatusCodes.Status400BadRequest, RequestCode, detail, field);

    public static ApiProblem NotFound(string? field, string detail) => new(StatusCodes.Status404NotFound, "not-found", detail, field);

    public static ApiProblem TooLarge(string field, string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, "too-large", detail, field) { Closes = true };

    public static ApiProblem UnsupportedMediaType(string detail) =>
        new(StatusCodes.Status415UnsupportedMediaType, RequestCode, detail, "Content-Type");

    /// <summary>A refusal of which only the status is known.</summary>
    public static ApiProblem OfStatus(int status) => status switch
    {
        StatusCodes.Status412PreconditionFailed => new(
            status, ProblemCodes.Conflict,
                "It was changed meanwhile, or is not what If-Match or If-Unmodified-Since ask for. Get it anew.", "If-Match"),
        StatusCodes.Status416RangeNotSatisfiable => new(
            status, RequestCode, "It has no bytes in this range. Content-Range says how many there are; leave Range out to get all.",
                "Range"),
        _ => new(status, RequestCode, $"{ReasonPhrases.GetReasonPhrase(status)}. Check the request."),
    };

    public IResult ToResult() => new Result(this);

    private ProblemDocument ToDocument() => new(
        $"urn:cnnmrf:problem:{Code}", ReasonPhrases.GetReasonPhrase(Status), Status, Message, Code, Field, Errors, TraceId);

    private sealed class Result(ApiProblem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.Headers.CacheControl = "no-store";
            response.Headers.ETag = default;
            response.Headers.LastModified = default;
            if (problem.RetryAfter is { } seconds)
            {
                response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            if (problem.Closes && HttpProtocol.IsHttp11(httpContext.Request.Protocol))
            {
                response.Headers.Connection = "close";
            }

            return TypedResults.Json(problem.ToDocument(), ApiJson.TypeInfo<ProblemDocument>(), MediaType, problem.Status)
                .ExecuteAsync(httpContext);
        }
    }
}
