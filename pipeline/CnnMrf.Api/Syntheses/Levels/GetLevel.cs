using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Levels;

/// <summary>GET /api/syntheses/{id}/levels/{level}: the course of a level, for curves.</summary>
public sealed class GetLevel(IBlobStore store, SynthesisReader reader) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetLevel>("getLevel", SynthesisRoutes.One + "/levels/{level}");

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var ct = context.RequestAborted;
        var id = SynthesisRoutes.Id(context);
        var level = SynthesisRoutes.Level(context);
        var status = await reader.FindAsync(id, ct).ConfigureAwait(false) ?? throw SynthesisRoutes.Unknown(id);
        var blob = BlobLayout.Level(new LevelKey(id, status.Run, level)).Progress;
        var progress = await store.ReadDocumentAsync<LevelProgress>(blob, ct).ConfigureAwait(false) ?? throw ApiProblem.NotFound(
            "level", $"Level {level} of {id} has not begun, or there is no such level: there are {status.Levels.Count}. "
            + "Its status says how far it is.");
        return JsonAnswer.Of(context, LevelView.Of(progress.Value));
    }
}
