using System.Text.Json;
using System.Text.Json.Nodes;

namespace CnnMrf.Api.Tests.Contract;

/// <summary>Holds every answer against openapi.json and against what all answers promise.</summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Problem = "application/problem+json";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var status = (int)response.StatusCode;
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType;
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath}: {status} {type}";

        Assert.True(response.Headers.TryGetValues("X-Content-Type-Options", out var sniff) && sniff.Single() == "nosniff",
            $"{what} may be sniffed");
        Assert.True(response.Headers.CacheControl is not null, $"{what} does not say how it may be kept");
        if (status >= 400 && request.Method != HttpMethod.Head)
        {
            Assert.True(type == Problem, $"{what} is no problem document");
            CheckProblem(what, status, body);
        }

        var operation = OpenApiDocument.Committed.Find(request.Method.Method, request.RequestUri.AbsolutePath);
        if (operation is null)
        {
            Assert.True(status is 404 or 405, $"{what}, but openapi.json does not know this path");
            return response;
        }

        var described = operation.Response(status);
        Assert.True(described is not null, $"{what} is not described");
        CheckContent(what, described, body, type);
        var headers = response.Headers.Concat(response.Content.Headers).Select(h => h.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (header, _) in described["headers"]?.AsObject() ?? [])
        {
            Assert.True(header == "Retry-After" || headers.Contains(header), $"{what} has no {header}");
        }

        return response;
    }

    private static void CheckContent(string what, JsonNode described, byte[] body, string? type)
    {
        if (body.Length == 0)
        {
            return;
        }

        Assert.True(described["content"]?[type!] is not null, $"{what} has a content that is not described");
        if (described["content"]![type!]!["schema"] is { } schema)
        {
            using var json = JsonDocument.Parse(body);
            var violation = OpenApiDocument.Committed.Violation(schema, json.RootElement);
            Assert.True(violation is null, $"{what} is not as described: {violation}");
        }
    }

    private static void CheckProblem(string what, int status, byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var problem = json.RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        var detail = problem.GetProperty("detail").GetString()!;
        Assert.True(detail.Length > 20, $"{what} says too little: {detail}");
        Assert.DoesNotContain("   at ", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", detail, StringComparison.Ordinal);
        if (status < 500 && status != 409)
        {
            Assert.True(problem.TryGetProperty("field", out _), $"{what} names no field: {detail}");
        }
    }
}
