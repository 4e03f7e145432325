using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Syntheses.Results;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Levels;

/// <summary>GET /api/syntheses/{id}/levels/{level}/preview: the picture as it is, renewed every few seconds.</summary>
public sealed class GetPreview(RunFiles files) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } =
        ApiEndpoint.Get<GetPreview>("getPreview", SynthesisRoutes.One + "/levels/{level}/preview");

    /// <inheritdoc/>
    public Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var level = SynthesisRoutes.Level(context);
        return files.AnswerAsync(context, $"preview of level {level}", "image/jpeg", run => run.Level(level).Preview);
    }
}
