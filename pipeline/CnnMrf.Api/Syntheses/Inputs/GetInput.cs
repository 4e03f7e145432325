using System.Globalization;
using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Pictures;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CnnMrf.Api.Syntheses.Inputs;

/// <summary>GET /api/syntheses/{id}/inputs/{input}: a picture as it was given.</summary>
public sealed class GetInput(IBlobStore store) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetInput>("getInput", SynthesisRoutes.One + "/inputs/{input}");

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var id = SynthesisRoutes.Id(context);
        var stored = await store.ReadDocumentAsync<SynthesisRequest>(BlobLayout.Request(id), context.RequestAborted).ConfigureAwait(false)
            ?? throw SynthesisRoutes.Unknown(id);
        var name = context.GetRouteValue("input") as string;
        var part = stored.Value.Inputs.FirstOrDefault(i => i.BlobName == name) ?? throw ApiProblem.NotFound(
            "input", $"{id} has no such input. It has {string.Join(", ", stored.Value.Inputs.Select(i => i.BlobName))}.");
        return await BlobAnswer.FindAsync(context, store, BlobLayout.Original(id, part.BlobName), PictureType.Of(part.FileName))
            .ConfigureAwait(false)
            ?? throw ApiProblem.NotFound("input", string.Create(CultureInfo.InvariantCulture, $"{part.BlobName} of {id} was removed."));
    }
}
