using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CnnMrf.Api.Batches;

/// <summary>GET /api/batches/{name}: where a batch stands.</summary>
public sealed class GetBatch(BatchScheduler batches) : IApiHandler
{
    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetBatch>("getBatch", BatchViews.Route + "/{name}");

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var name = context.GetRouteValue("name") as string ?? "";
        var report = BatchName.IsValid(name) ? await batches.FindAsync(name, context.RequestAborted).ConfigureAwait(false) : null;
        if (report is null)
        {
            throw ApiProblem.NotFound(
                "name", $"No batch '{Shown.Of(name)}' was taken up. POST /{BatchViews.Route}?name=… with a manifest starts one at once.");
        }

        if (report.Status == BatchState.Running)
        {
            ResponseHeaders.SetPoll(context.Response);
        }

        return JsonAnswer.Of(context, BatchViews.Of(context, report));
    }
}
