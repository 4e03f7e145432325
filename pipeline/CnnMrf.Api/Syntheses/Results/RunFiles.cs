using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Api.Pictures;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses.Results;

/// <summary>What the present run of a synthesis has written.</summary>
public sealed class RunFiles(IBlobStore store, SynthesisReader reader)
{
    /// <summary>Answers with a blob of the present run, or says why it is not there.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What messages call it.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="place">Which blob.</param>
    public async Task<IResult> AnswerAsync(HttpContext context, string what, string contentType, Func<RunLayout, BlobAddress> place)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(place);
        var id = SynthesisRoutes.Id(context);
        var status = await reader.FindAsync(id, context.RequestAborted).ConfigureAwait(false) ?? throw SynthesisRoutes.Unknown(id);
        var blob = place(BlobLayout.Run(new RunKey(id, status.Run)));
        return await BlobAnswer.FindAsync(context, store, blob, contentType).ConfigureAwait(false) ?? throw Missing(context, status, what);
    }

    private static ApiProblem Missing(HttpContext context, SynthesisStatus status, string what)
    {
        if (!status.Status.IsFinal())
        {
            ResponseHeaders.SetPoll(context.Response);
        }

        return ApiProblem.NotFound("id", $"{status.Id} has no {what}: it is {ApiJson.Word(status.Status)}. " + status.Status switch
        {
            SynthesisState.Queued or SynthesisState.Running => "Ask again later; its status says how far it is.",
            SynthesisState.Completed => "Its run made none, or it was removed.",
            _ => "Its status says why; POST …/retry starts another run.",
        });
    }
}
