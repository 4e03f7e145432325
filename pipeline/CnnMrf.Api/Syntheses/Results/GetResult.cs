using CnnMrf.Api.Endpoints;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Results;

/// <summary>GET /api/syntheses/{id}/result: the picture.</summary>
public sealed class GetResult(RunFiles files) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetResult>("getResult", SynthesisRoutes.One + "/result");

    /// <inheritdoc/>
    public Task<IResult> HandleAsync(HttpContext context) => files.AnswerAsync(context, "result", "image/png", run => run.Result);
}
