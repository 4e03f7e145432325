using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Api.Pictures;

/// <summary>A blob's bytes with their length, and with seeking by reading on: what the framework needs in order to answer ranges.</summary>
internal sealed class ForwardStream(BlobContent content) : Stream
{
    private long _position;
    private long _target;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => content.Properties.Length;

    public override long Position
    {
        get => _target;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _target + offset,
            _ => Length + offset,
        };
        return target >= _position ? _target = target : throw new NotSupportedException("This stream goes forward only.");
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_position < _target)
        {
            var skipped = await content.Stream.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _target - _position)], cancellationToken)
                .ConfigureAwait(false);
            if (skipped == 0)
            {
                return 0;
            }

            _position += skipped;
        }

        var read = await content.Stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _position += read;
        _target = _position;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override async ValueTask DisposeAsync()
    {
        await content.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
