using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Requests;

/// <summary>GET /api/syntheses/{id}/request: the settings and pictures that were asked for.</summary>
public sealed class GetRequest(IBlobStore store) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetRequest>("getRequest", SynthesisRoutes.One + "/request");

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = SynthesisRoutes.Id(context);
        var stored = await store.ReadDocumentAsync<SynthesisRequest>(BlobLayout.Request(id), context.RequestAborted).ConfigureAwait(false)
            ?? throw SynthesisRoutes.Unknown(id);
        return JsonAnswer.Of(context, RequestView.Of(stored.Value, SynthesisRoutes.Path(context, id)));
    }
}
