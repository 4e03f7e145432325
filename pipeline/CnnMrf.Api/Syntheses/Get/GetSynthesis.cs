using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Get;

/// <summary>GET /api/syntheses/{id}: where it stands, up to the last iteration.</summary>
public sealed class GetSynthesis(SynthesisControl control) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetSynthesis>("getSynthesis", SynthesisRoutes.One);

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = SynthesisRoutes.Id(context);
        var status = await control.FindAsync(id, context.RequestAborted).ConfigureAwait(false) ?? throw SynthesisRoutes.Unknown(id);
        if (!status.Status.IsFinal())
        {
            ResponseHeaders.SetPoll(context.Response);
        }

        return JsonAnswer.Of(context, SynthesisViews.Of(context, status));
    }
}
