using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Pipeline.Starting;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Retry;

/// <summary>POST /api/syntheses/{id}/retry: another run of one that has ended. While one runs, that is the answer:
/// asking twice does no harm.</summary>
public sealed class RetrySynthesis(SynthesisControl control) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Post<RetrySynthesis>("retrySynthesis", SynthesisRoutes.One + "/retry");

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = SynthesisRoutes.Id(context);
        var status = await control.RetryAsync(id, context.RequestAborted).ConfigureAwait(false) ?? throw SynthesisRoutes.Unknown(id);
        context.Response.Headers.Location = SynthesisRoutes.Path(context, id);
        ResponseHeaders.SetPoll(context.Response);
        return TypedResults.Json(
            SynthesisViews.Of(context, status), ApiJson.TypeInfo<SynthesisView>(), ApiJson.MediaType, StatusCodes.Status202Accepted);
    }
}
