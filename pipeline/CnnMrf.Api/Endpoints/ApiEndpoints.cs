using CnnMrf.Api.Batches;
using CnnMrf.Api.OpenApi;
using CnnMrf.Api.Syntheses.Cancel;
using CnnMrf.Api.Syntheses.Get;
using CnnMrf.Api.Syntheses.Inputs;
using CnnMrf.Api.Syntheses.Levels;
using CnnMrf.Api.Syntheses.List;
using CnnMrf.Api.Syntheses.Requests;
using CnnMrf.Api.Syntheses.Results;
using CnnMrf.Api.Syntheses.Retry;
using CnnMrf.Api.Syntheses.Start;

namespace CnnMrf.Api.Endpoints;

/// <summary>All operations of the API.</summary>
public static class ApiEndpoints
{
    /// <summary>Each of them; a host listens to all, and to nothing else below <c>/api</c> but <see cref="UnknownRoute"/>.</summary>
    public static IReadOnlyList<ApiEndpoint> All { get; } =
    [
        StartSynthesis.Endpoint,
        ListSyntheses.Endpoint,
        GetSynthesis.Endpoint,
        CancelSynthesis.Endpoint,
        RetrySynthesis.Endpoint,
        GetResult.Endpoint,
        GetSheet.Endpoint,
        GetReport.Endpoint,
        GetFitMap.Endpoint,
        GetRequest.Endpoint,
        GetInput.Endpoint,
        GetLevel.Endpoint,
        GetPreview.Endpoint,
        StartBatch.Endpoint,
        GetBatch.Endpoint,
        GetOpenApi.Endpoint,
    ];

    /// <summary>The operation of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static ApiEndpoint Get(string operation) => All.Single(e => e.Operation == operation);
}
