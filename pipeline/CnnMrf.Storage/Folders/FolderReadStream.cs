using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Folders;

/// <summary>
/// Reads one version. Versions of ours are never changed in place, but people's programs do that: whoever has read to the end knows that
/// nobody did meanwhile.
/// </summary>
internal sealed class FolderReadStream(FileStream file, BlobAddress blob, FileVersion version) : Stream
{
    private long left = version.Length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => version.Length;

    public override long Position
    {
        get => version.Length - left;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(buffer.Length, file.Read(buffer[..(int)Math.Min(buffer.Length, left)]));
        }
        catch (IOException e)
        {
            throw FolderFailures.Unavailable(blob, e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var most = buffer[..(int)Math.Min(buffer.Length, left)];
            return Count(buffer.Length, await file.ReadAsync(most, cancellationToken).ConfigureAwait(false));
        }
        catch (IOException e)
        {
            throw FolderFailures.Unavailable(blob, e);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int asked, int read)
    {
        left -= read;
        if ((left == 0 || (read == 0 && asked > 0)) && FileVersion.Of(file.SafeFileHandle) != version)
        {
            throw new BlobConditionException(blob);
        }

        return read;
    }
}
