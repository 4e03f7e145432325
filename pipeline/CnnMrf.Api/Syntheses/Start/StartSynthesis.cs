using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Forms;
using CnnMrf.Api.Json;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Start;

/// <summary>POST /api/syntheses: pictures and settings in, 202 and a place to look at out. The same again is 200 and
/// the same place.</summary>
public sealed class StartSynthesis(SynthesisStarter starter) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Post<StartSynthesis>("startSynthesis", SynthesisRoutes.All);

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var ct = context.RequestAborted;
        var form = await SynthesisFormReader.ReadAsync(context, ct).ConfigureAwait(false);
        await using (form.ConfigureAwait(false))
        {
            var started = await starter.StartAsync(
                new() { Name = form.Name, Source = RequestSource.Http, Settings = form.Settings, Inputs = form.Inputs }, ct)
                    .ConfigureAwait(false);
            context.Response.Headers.Location = SynthesisRoutes.Path(context, started.Id);
            if (!started.Status.Status.IsFinal())
            {
                ResponseHeaders.SetPoll(context.Response);
            }

            return TypedResults.Json(
                SynthesisViews.Of(context, started.Status),
                ApiJson.TypeInfo<SynthesisView>(),
                ApiJson.MediaType,
                started.Existed ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
        }
    }
}
