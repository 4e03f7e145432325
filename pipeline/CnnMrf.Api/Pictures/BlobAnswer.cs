using CnnMrf.Api.Endpoints;
using CnnMrf.Pipeline.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CnnMrf.Api.Pictures;

/// <summary>A blob as an answer: streamed, with its etag; conditional requests and ranges are understood.</summary>
internal static class BlobAnswer
{
    /// <summary>The answer, or null where there is no such blob.</summary>
    /// <param name="context">The request.</param>
    /// <param name="store">Where it lies.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="contentType">Its media type; null: as the store says.</param>
    public static async Task<IResult?> FindAsync(HttpContext context, IBlobStore store, BlobAddress blob, string? contentType = null)
    {
        var ct = context.RequestAborted;
        if (context.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known
            && await store.FindAsync(blob, ct).ConfigureAwait(false) is { } found
            && known.Any(k => k.Compare(ETag.Of(found.ETag), useStrongComparison: false) || k == EntityTagHeaderValue.Any))
        {
            // What the asker has is not opened.
            ResponseHeaders.SetRevalidated(context.Response);
            context.Response.Headers.ETag = ETag.Of(found.ETag).ToString();
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        BlobContent content;
        try
        {
            content = await store.OpenAsync(blob, ct).ConfigureAwait(false);
        }
        catch (BlobNotFoundException)
        {
            return null;
        }

        ResponseHeaders.SetRevalidated(context.Response);
        return TypedResults.Stream(
            new ForwardStream(content),
            contentType ?? content.Properties.ContentType,
            lastModified: content.Properties.LastModified,
            entityTag: ETag.Of(content.Properties.ETag),
            enableRangeProcessing: true);
    }
}
