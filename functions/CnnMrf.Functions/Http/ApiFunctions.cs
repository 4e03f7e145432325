using CnnMrf.Api.Endpoints;
using CnnMrf.Functions.Durable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CnnMrf.Functions.Http;

/// <summary>
/// The HTTP API: one function an operation of <see cref="ApiEndpoints"/>, of its name, methods and route. Callers give the function key in
/// the header <c>x-functions-key</c>; in a URL, where logs would keep it, it is refused as an unknown parameter.
/// </summary>
public sealed class ApiFunctions(DurableWorkflows workflows)
{
    /// <summary>POST api/syntheses.</summary>
    [Function("startSynthesis")]
    public Task<IResult> StartSynthesisAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/syntheses")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("startSynthesis", request, client);

    /// <summary>GET api/syntheses.</summary>
    [Function("listSyntheses")]
    public Task<IResult> ListSynthesesAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("listSyntheses", request, client);

    /// <summary>GET api/syntheses/{id}.</summary>
    [Function("getSynthesis")]
    public Task<IResult> GetSynthesisAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getSynthesis", request, client);

    /// <summary>DELETE api/syntheses/{id}.</summary>
    [Function("cancelSynthesis")]
    public Task<IResult> CancelSynthesisAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "api/syntheses/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("cancelSynthesis", request, client);

    /// <summary>POST api/syntheses/{id}/retry.</summary>
    [Function("retrySynthesis")]
    public Task<IResult> RetrySynthesisAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/syntheses/{id}/retry")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("retrySynthesis", request, client);

    /// <summary>GET api/syntheses/{id}/result.</summary>
    [Function("getResult")]
    public Task<IResult> GetResultAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}/result")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getResult", request, client);

    /// <summary>GET api/syntheses/{id}/sheet.</summary>
    [Function("getSheet")]
    public Task<IResult> GetSheetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}/sheet")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getSheet", request, client);

    /// <summary>GET api/syntheses/{id}/report.</summary>
    [Function("getReport")]
    public Task<IResult> GetReportAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}/report")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getReport", request, client);

    /// <summary>GET api/syntheses/{id}/fit.</summary>
    [Function("getFitMap")]
    public Task<IResult> GetFitMapAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}/fit")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getFitMap", request, client);

    /// <summary>GET api/syntheses/{id}/request.</summary>
    [Function("getRequest")]
    public Task<IResult> GetRequestAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}/request")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getRequest", request, client);

    /// <summary>GET api/syntheses/{id}/inputs/{input}.</summary>
    [Function("getInput")]
    public Task<IResult> GetInputAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}/inputs/{input}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getInput", request, client);

    /// <summary>GET api/syntheses/{id}/levels/{level}.</summary>
    [Function("getLevel")]
    public Task<IResult> GetLevelAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}/levels/{level}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getLevel", request, client);

    /// <summary>GET api/syntheses/{id}/levels/{level}/preview.</summary>
    [Function("getPreview")]
    public Task<IResult> GetPreviewAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/syntheses/{id}/levels/{level}/preview")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getPreview", request, client);

    /// <summary>POST api/batches.</summary>
    [Function("startBatch")]
    public Task<IResult> StartBatchAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/batches")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("startBatch", request, client);

    /// <summary>GET api/batches/{name}.</summary>
    [Function("getBatch")]
    public Task<IResult> GetBatchAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/batches/{name}")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getBatch", request, client);

    /// <summary>GET api/openapi.json.</summary>
    [Function("getOpenApi")]
    public Task<IResult> GetOpenApiAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/openapi.json")] HttpRequest request,
        [DurableClient] DurableTaskClient client) => AnswerAsync("getOpenApi", request, client);

    /// <summary>What no operation answers.</summary>
    [Function("unknownRoute")]
    public static IResult UnknownRoute(
        [HttpTrigger(AuthorizationLevel.Function, "get", "head", "post", "put", "patch", "delete", "options", Route = "api/{*path}")]
        HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CnnMrf.Api.Endpoints.UnknownRoute.Handle(request.HttpContext);
    }

    private Task<IResult> AnswerAsync(string operation, HttpRequest request, DurableTaskClient client)
    {
        workflows.Use(client);
        return ApiEndpoints.Get(operation).InvokeAsync(request.HttpContext);
    }
}
