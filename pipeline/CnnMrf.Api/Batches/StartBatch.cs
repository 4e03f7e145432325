using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Batches;

/// <summary>POST /api/batches?name=…: keeps the manifest in the body and takes it up at once; without a body, the one that lies there under
/// the name. The same again is 200 and the same place.</summary>
public sealed class StartBatch(BatchScheduler batches, IBlobStore store) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Post<StartBatch>("startBatch", BatchViews.Route, "name");

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var ct = context.RequestAborted;
        var name = QueryParameters.Single(context.Request, "name");
        if (!BatchName.IsValid(name))
        {
            throw ApiProblem.BadRequest("name", (name is null ? "The batch has no name" : $"'{Shown.Of(name)}' is no name of a batch")
                + ": give ?name= and at most 60 of A-Z, a-z, 0-9, '.', '_' and '-', a letter or digit first.");
        }

        var manifest = await ManifestAsync(context, name!, ct).ConfigureAwait(false);
        var before = await batches.FindAsync(name!, ct).ConfigureAwait(false);
        var report = await batches.SubmitAsync(name!, manifest, ct).ConfigureAwait(false);
        context.Response.Headers.Location = BatchViews.Path(context, name!);
        if (report.Status == BatchState.Running)
        {
            ResponseHeaders.SetPoll(context.Response);
        }

        return TypedResults.Json(
            BatchViews.Of(context, report),
            ApiJson.TypeInfo<BatchView>(),
            ApiJson.MediaType,
            before?.ManifestHash == report.ManifestHash ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private async Task<ReadOnlyMemory<byte>> ManifestAsync(HttpContext context, string name, CancellationToken ct)
    {
        var given = await JsonBody.ReadAsync(context, ct).ConfigureAwait(false);
        if (given.Length > 0)
        {
            return given;
        }

        return await BatchManifests.FetchAsync(store, name, ct).ConfigureAwait(false) ?? throw ApiProblem.BadRequest(
            "body", $"There is no manifest in the body, and none called {name}.json in the container {BlobContainers.Batches}. "
            + "Send one as JSON: {\"style\": …, \"contents\": […], \"settings\": {…}}.");
    }
}
