using CnnMrf.Api.Endpoints;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Results;

/// <summary>GET /api/syntheses/{id}/report: the numbers of a completed run.</summary>
public sealed class GetReport(RunFiles files) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetReport>("getReport", SynthesisRoutes.One + "/report");

    /// <inheritdoc/>
    public Task<IResult> HandleAsync(HttpContext context) => files.AnswerAsync(context, "report", "application/json", run => run.Report);
}
