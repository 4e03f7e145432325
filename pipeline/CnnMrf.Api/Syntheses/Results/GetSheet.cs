using CnnMrf.Api.Endpoints;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Results;

/// <summary>GET /api/syntheses/{id}/sheet: inputs, levels and result on one picture.</summary>
public sealed class GetSheet(RunFiles files) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetSheet>("getSheet", SynthesisRoutes.One + "/sheet");

    /// <inheritdoc/>
    public Task<IResult> HandleAsync(HttpContext context) => files.AnswerAsync(context, "sheet", "image/png", run => run.Sheet);
}
