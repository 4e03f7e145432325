using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.OpenApi;

/// <summary>GET /api/openapi.json: the committed description of this API.</summary>
public sealed class GetOpenApi : IApiHandler
{
    private static readonly byte[] Document = Load();

    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } = ApiEndpoint.Get<GetOpenApi>("getOpenApi", "api/openapi.json");

    /// <inheritdoc/>
    public Task<IResult> HandleAsync(HttpContext context) => Task.FromResult(JsonAnswer.Of(context, Document));

    private static byte[] Load()
    {
        using var stream = typeof(GetOpenApi).Assembly.GetManifestResourceStream("openapi.json")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
