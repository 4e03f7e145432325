using CnnMrf.Api.Endpoints;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Results;

/// <summary>GET /api/syntheses/{id}/fit: where nothing of the style matches, as a picture.</summary>
public sealed class GetFitMap(RunFiles files) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetFitMap>("getFitMap", SynthesisRoutes.One + "/fit");

    /// <inheritdoc/>
    public Task<IResult> HandleAsync(HttpContext context) => files.AnswerAsync(context, "fit map", "image/jpeg", run => run.FitMap);
}
