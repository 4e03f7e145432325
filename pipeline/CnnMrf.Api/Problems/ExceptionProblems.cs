using System.Diagnostics;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Weights;
using CnnMrf.Pipeline.Workflows;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Api.Problems;

/// <summary>What exceptions mean to whoever asked. Those that nobody foresaw are logged, and tell nothing of the inside.</summary>
internal static partial class ExceptionProblems
{
    private const int UnavailableSeconds = 10;

    public static IResult Of(Exception exception, HttpContext context) => exception switch
    {
        ApiProblem problem => problem.ToResult(),
        ProblemException e => Of(e.Problem).ToResult(),
        SettingsException e => Of(e).ToResult(),
        BadHttpRequestException e => Of(e).ToResult(),
        OperationCanceledException when context.RequestAborted.IsCancellationRequested => TypedResults.Empty,
        BlobUnavailableException or QueueUnavailableException or WorkflowsUnavailableException => Unavailable(exception, context).ToResult(),
        WeightsUnavailableException e => new ApiProblem(
            StatusCodes.Status503ServiceUnavailable, ProblemCodes.Weights, e.Message, "weights").ToResult(),
        _ => Unforeseen(exception, context).ToResult(),
    };

    private static ApiProblem Of(Problem problem) => problem.Code switch
    {
        ProblemCodes.Conflict => new(StatusCodes.Status409Conflict, problem.Code, problem.Message, problem.Field),
        _ => new(StatusCodes.Status400BadRequest, problem.Code, problem.Message, problem.Field),
    };

    private static ApiProblem Of(SettingsException e) => new(
        StatusCodes.Status400BadRequest, ProblemCodes.Settings, string.Join("; ", e.Problems.Select(p => $"{p.Field}: {p.Message}")),
            e.Problems[0].Field)
    {
        Errors = e.Problems.Count > 1 ? [.. e.Problems.Select(p => new FieldProblem(p.Field, p.Message))] : null,
    };

    private static ApiProblem Of(BadHttpRequestException e) => e.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => ApiProblem.TooLarge(
            "body", $"The request has more than {RequestLimits.BodyBytes:N0} bytes. Save the pictures smaller or compress them more."),
        StatusCodes.Status408RequestTimeout =>
            new(e.StatusCode, ApiProblem.RequestCode, "The body came too slowly. Send it again.", "body") { Closes = true },
        _ => new(e.StatusCode, ApiProblem.RequestCode, "The request is malformed or its body ended early. Send it again.",
            "body")
        { Closes = true },
    };

    private static ApiProblem Unavailable(Exception e, HttpContext context)
    {
        Log.Unavailable(Logger(context), context.Request.Method, e);
        return new(
            StatusCodes.Status503ServiceUnavailable, "unavailable",
                $"The {(e is WorkflowsUnavailableException ? "scheduler" : "storage")} does not answer. Try again in a while; nothing is "
            + "lost, and asking twice does no harm.")
        {
            RetryAfter = UnavailableSeconds,
            TraceId = TraceId(context),
        };
    }

    private static ApiProblem Unforeseen(Exception e, HttpContext context)
    {
        Log.Unforeseen(Logger(context), context.Request.Method, e);
        return new(
            StatusCodes.Status500InternalServerError, ProblemCodes.Internal,
                "The server failed. The log tells why: look for the trace id. Try again, "
            + "and report it if it stays.")
        {
            TraceId = TraceId(context),
        };
    }

    private static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("CnnMrf.Api");

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Warning, "{Method} could not be answered: storage or scheduler do not answer")]
        public static partial void Unavailable(ILogger logger, string method, Exception exception);

        [LoggerMessage(101, LogLevel.Error, "{Method} failed")]
        public static partial void Unforeseen(ILogger logger, string method, Exception exception);
    }
}
