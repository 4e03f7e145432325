using System.Buffers;
using System.Globalization;
using System.Text;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace CnnMrf.Storage.AzureBlobs;

/// <summary>
/// Uploads a stream of any length with one block in memory. What fits in a block is one request; what does not is staged and becomes the
/// blob by one request in the end, which is where the conditions hold.
/// </summary>
/// <remarks>
/// Not the SDK's upload, which names blocks by their offset: two writers of the same blob would mix theirs.
/// </remarks>
internal static class AzureUpload
{
    internal const int BlockBytes = 4 * 1_024 * 1_024;

    /// <returns>What the service says of the blob, and its length in bytes.</returns>
    internal static async Task<(BlobContentInfo Written, long Length)> WriteAsync(
        BlockBlobClient client, Stream content, BlobHttpHeaders headers, Dictionary<string, string> metadata,
        Dictionary<string, string>? tags, BlobRequestConditions conditions, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var read = await ReadBlockAsync(content, buffer, ct).ConfigureAwait(false);
            if (read < BlockBytes)
            {
                using var whole = new MemoryStream(buffer, 0, read, writable: false);
                var options = new BlobUploadOptions { HttpHeaders = headers, Metadata = metadata, Tags = tags, Conditions = conditions };
                return ((await client.UploadAsync(whole, options, ct).ConfigureAwait(false)).Value, read);
            }

            var staging = new BlockBlobStageBlockOptions { Conditions = new() { LeaseId = conditions.LeaseId } };
            var writer = Guid.NewGuid().ToString("N");
            var ids = new List<string>();
            var length = 0L;
            for (; read > 0; read = await ReadBlockAsync(content, buffer, ct).ConfigureAwait(false))
            {
                length += read;
                var id = string.Create(CultureInfo.InvariantCulture, $"{writer}{ids.Count:d6}");
                ids.Add(Convert.ToBase64String(Encoding.ASCII.GetBytes(id)));
                using var block = new MemoryStream(buffer, 0, read, writable: false);
                await client.StageBlockAsync(ids[^1], block, staging, ct).ConfigureAwait(false);
            }

            var commit = new CommitBlockListOptions { HttpHeaders = headers, Metadata = metadata, Tags = tags, Conditions = conditions };
            return ((await client.CommitBlockListAsync(ids, commit, ct).ConfigureAwait(false)).Value, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Failures of the content's own are wrapped, so that nobody takes them for the service's.</summary>
    private static async Task<int> ReadBlockAsync(Stream content, byte[] buffer, CancellationToken ct)
    {
        try
        {
            var block = buffer.AsMemory(0, BlockBytes);
            return await content.ReadAtLeastAsync(block, BlockBytes, throwOnEndOfStream: false, ct).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw new ContentException(e);
        }
    }

    /// <summary>The content given could not be read.</summary>
    internal sealed class ContentException(Exception inner) : Exception(inner.Message, inner);
}
