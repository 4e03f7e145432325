using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Get;

/// <summary>GET /api/syntheses/{id}: where it stands, up to the last iteration.</summary>
public sealed class GetSynthesis(SynthesisControl control, IBlobStore store) : IApiHandler
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

        var hasPreview = await HasPreviewAsync(status, context.RequestAborted).ConfigureAwait(false);
        return JsonAnswer.Of(context, SynthesisViews.Of(context, status, hasPreview));
    }

    // A level's first preview comes some seconds after it was begun, and not at all where it ended before.
    private async Task<bool> HasPreviewAsync(SynthesisStatus status, CancellationToken ct) =>
        status.Status == SynthesisState.Completed || (status.Level > 0 && await store.FindAsync(
            BlobLayout.Level(new LevelKey(status.Id, status.Run, status.Level)).Preview, ct).ConfigureAwait(false) is not null);
}
