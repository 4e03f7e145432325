using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Cancel;

/// <summary>DELETE /api/syntheses/{id}: asks it to stop; with <c>?purge=true</c> removes one that has ended.</summary>
public sealed class CancelSynthesis(SynthesisControl control) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Delete<CancelSynthesis>("cancelSynthesis", SynthesisRoutes.One, "purge");

    /// <inheritdoc/>
    public Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = SynthesisRoutes.Id(context);
        return QueryParameters.Single(context.Request, "purge") switch
        {
            null or "false" => CancelAsync(context, id),
            "true" => PurgeAsync(context, id),
            var other => throw ApiProblem.BadRequest(
                "purge", $"'{Shown.Of(other)}' is neither true nor false. "
                + "Use purge=true to remove the synthesis, or leave it out to cancel it."),
        };
    }

    private async Task<IResult> CancelAsync(HttpContext context, SynthesisId id)
    {
        var status = await control.CancelAsync(id, context.RequestAborted).ConfigureAwait(false) ?? throw SynthesisRoutes.Unknown(id);
        var ended = status.Status.IsFinal();
        if (!ended)
        {
            ResponseHeaders.SetPoll(context.Response);
            context.Response.Headers.Location = SynthesisRoutes.Path(context, id);
        }

        return TypedResults.Json(
            SynthesisViews.Of(context, status),
            ApiJson.TypeInfo<SynthesisView>(),
            ApiJson.MediaType,
            ended ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private async Task<IResult> PurgeAsync(HttpContext context, SynthesisId id) =>
        await control.PurgeAsync(id, context.RequestAborted).ConfigureAwait(false) ? TypedResults.NoContent()
            : throw SynthesisRoutes.Unknown(id);
}
