namespace CnnMrf.Storage.Tests;

/// <summary>Many bytes that nobody holds in memory, and that cannot be read twice.</summary>
internal sealed class PatternStream(long length, Action<long>? progress = null) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    internal static byte At(long position) => (byte)((position * 31) ^ (position >> 13));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        // Odd portions, as networks have them.
        var count = (int)Math.Min(Math.Min(buffer.Length, 77_777), length - position);
        for (var i = 0; i < count; i++)
        {
            buffer[i] = At(position + i);
        }

        position += count;
        progress?.Invoke(position);
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
