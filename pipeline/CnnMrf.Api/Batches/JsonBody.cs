using CnnMrf.Api.Forms;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CnnMrf.Api.Batches;

/// <summary>A manifest's bytes as they were sent.</summary>
internal static class JsonBody
{
    /// <summary>Reads the body; empty where there is none.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, CancellationToken ct)
    {
        var body = LimitedBody.Open(context, RequestLimits.JsonBytes);
        await using (body.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            await body.CopyToAsync(bytes, ct).ConfigureAwait(false);
            if (bytes.Length > 0 && !IsJson(context.Request.ContentType))
            {
                throw ApiProblem.UnsupportedMediaType(
                    "The body must be application/json: curl -H 'content-type: application/json' --data-binary @batch.json.");
            }

            return bytes.ToArray();
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));
}
