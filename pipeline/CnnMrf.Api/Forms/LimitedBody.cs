using CnnMrf.Api.Problems;
using CnnMrf.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CnnMrf.Api.Forms;

/// <summary>A request's body, up to a limit: one whose length says more is refused before a byte of it is read, one that does not say is
/// counted as it comes.</summary>
internal sealed class LimitedBody : Stream
{
    private readonly Stream _body;
    private readonly long _most;
    private long _read;

    private LimitedBody(Stream body, long most) => (_body, _most) = (body, most);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Opens a request's body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="most">The most bytes; the server's own limit becomes the API's.</param>
    public static LimitedBody Open(HttpContext context, long most = RequestLimits.BodyBytes)
    {
        if (context.Request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        // Kestrel stops at 30 MB by itself.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        return new(context.Request.Body, most);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        _read += read;
        return _read <= _most ? read : throw TooLarge(_most);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read it asynchronously.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private static ApiProblem TooLarge(long most) => ApiProblem.TooLarge(
        "body", $"The request has more than {most:N0} bytes. Send less: save pictures smaller or compress them more.");
}
