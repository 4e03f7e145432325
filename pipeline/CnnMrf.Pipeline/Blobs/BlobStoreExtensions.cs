using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Blobs;

/// <summary>What is made of the store's few operations.</summary>
public static class BlobStoreExtensions
{
    /// <summary>The most that is read of a JSON document of ours.</summary>
    public const long MostJsonBytes = 16_000_000;

    private const int MostChanges = 50;

    /// <summary>Writes bytes; as <see cref="IBlobStore.WriteAsync(BlobAddress, Stream, BlobWrite, CancellationToken)"/>.</summary>
    public static async Task<BlobProperties> WriteAsync(
        this IBlobStore store, BlobAddress blob, ReadOnlyMemory<byte> bytes, BlobWrite how, CancellationToken ct)
    {
        using var stream = MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
        return await store.WriteAsync(blob, stream, how, ct).ConfigureAwait(false);
    }

    /// <summary>Writes bytes where nothing is.</summary>
    /// <returns>False where something was; it stays.</returns>
    public static async Task<bool> TryCreateAsync(
        this IBlobStore store, BlobAddress blob, ReadOnlyMemory<byte> bytes, BlobWrite how, CancellationToken ct)
    {
        try
        {
            await store.WriteAsync(blob, bytes, how with { Condition = BlobCondition.IfMissing }, ct).ConfigureAwait(false);
            return true;
        }
        catch (BlobConditionException)
        {
            return false;
        }
    }

    /// <summary>Reads a blob whole, or null where there is none.</summary>
    /// <exception cref="BlobTooLargeException">It has more bytes than <paramref name="most"/>.</exception>
    public static async Task<BlobBytes?> ReadAsync(this IBlobStore store, BlobAddress blob, long most, CancellationToken ct)
    {
        BlobContent content;
        try
        {
            content = await store.OpenAsync(blob, ct).ConfigureAwait(false);
        }
        catch (BlobNotFoundException)
        {
            return null;
        }

        await using (content.ConfigureAwait(false))
        {
            var length = content.Properties.Length;
            if (length > most)
            {
                throw new BlobTooLargeException(blob, length, most);
            }

            var bytes = new byte[length];
            await content.Stream.ReadExactlyAsync(bytes, ct).ConfigureAwait(false);
            return new(content.Properties, bytes);
        }
    }

    /// <summary>Reads a document of ours with its etag, or null where there is none.</summary>
    /// <exception cref="DocumentException">It is damaged or of a version unknown here.</exception>
    public static async Task<Stored<T>?> ReadDocumentAsync<T>(this IBlobStore store, BlobAddress blob, CancellationToken ct)
        where T : class, IDocument
    {
        var read = await store.ReadAsync(blob, MostJsonBytes, ct).ConfigureAwait(false);
        return read is null ? null : new(PipelineJson.Read<T>(read.Bytes.Span, blob.ToString()), read.Properties.ETag);
    }

    /// <summary>Writes a document of ours.</summary>
    public static async Task<Stored<T>> WriteDocumentAsync<T>(
        this IBlobStore store, BlobAddress blob, T document, BlobCondition condition, CancellationToken ct)
        where T : class, IDocument
    {
        var written = await store.WriteAsync(blob, PipelineJson.Write(document), BlobWrite.Json with { Condition = condition }, ct)
            .ConfigureAwait(false);
        return new(document, written.ETag);
    }

    /// <summary>Changes a document, whoever writes it at the same time: nothing that was written is lost.</summary>
    /// <param name="store">The store.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="change">Makes the new document of the one that is there, if any; null: that one stays. May be called several
    /// times.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>As it is now; null where there is none.</returns>
    public static async Task<T?> ChangeDocumentAsync<T>(
        this IBlobStore store, BlobAddress blob, Func<T?, Task<T?>> change, CancellationToken ct)
        where T : class, IDocument
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var attempt = 1; ; attempt++)
        {
            var stored = await store.ReadDocumentAsync<T>(blob, ct).ConfigureAwait(false);
            if (await change(stored?.Value).ConfigureAwait(false) is not { } next)
            {
                return stored?.Value;
            }

            try
            {
                var condition = stored?.Unchanged ?? BlobCondition.IfMissing;
                return (await store.WriteDocumentAsync(blob, next, condition, ct).ConfigureAwait(false)).Value;
            }
            catch (BlobConditionException) when (attempt < MostChanges)
            {
                // Somebody wrote in between: what they wrote is the old one now.
            }
        }
    }

    /// <summary>Writes a document where nothing is.</summary>
    /// <returns>False where something was; it stays.</returns>
    public static Task<bool> TryCreateDocumentAsync<T>(this IBlobStore store, BlobAddress blob, T document, CancellationToken ct)
        where T : class, IDocument => store.TryCreateAsync(blob, PipelineJson.Write(document), BlobWrite.Json, ct);

    /// <summary>Lists all pages.</summary>
    public static async IAsyncEnumerable<BlobProperties> ListAllAsync(
        this IBlobStore store, string container, string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        string? continuation = null;
        do
        {
            var page = await store.ListAsync(container, prefix, continuation, 1_000, ct).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
    }
}

/// <summary>A document as it was read or written.</summary>
/// <param name="Value">The document.</param>
/// <param name="ETag">Its blob's etag.</param>
public sealed record Stored<T>(T Value, string ETag)
{
    /// <summary>The condition of writing it again unless somebody else did.</summary>
    public BlobCondition Unchanged => BlobCondition.IfMatch(ETag);
}
