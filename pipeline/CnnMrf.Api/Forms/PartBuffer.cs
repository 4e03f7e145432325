namespace CnnMrf.Api.Forms;

/// <summary>A part of a form, kept until it is known whether it is wanted: small ones in memory, others in a temporary file, so that many
/// uploads at once cost little memory.</summary>
internal sealed class PartBuffer : IAsyncDisposable
{
    private const int MostInMemory = 1 << 18;
    private const int ChunkBytes = 1 << 16;

    private readonly MemoryStream _memory = new();
    private FileStream? _file;

    /// <summary>Bytes.</summary>
    public long Length => _file?.Length ?? _memory.Length;

    /// <summary>Reads a part to its end.</summary>
    /// <param name="body">The part.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<PartBuffer> ReadAsync(Stream body, CancellationToken ct)
    {
        var buffer = new PartBuffer();
        try
        {
            var chunk = new byte[ChunkBytes];
            for (int read; (read = await FormStream.ReadAsync(body, chunk, ct).ConfigureAwait(false)) > 0;)
            {
                await buffer.AppendAsync(chunk.AsMemory(0, read), ct).ConfigureAwait(false);
            }

            return buffer;
        }
        catch
        {
            await buffer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>All bytes; can be asked for again.</summary>
    public async Task<ReadOnlyMemory<byte>> ToMemoryAsync(CancellationToken ct)
    {
        if (_file is null)
        {
            return _memory.GetBuffer().AsMemory(0, (int)_memory.Length);
        }

        var bytes = new byte[_file.Length];
        _file.Position = 0;
        await _file.ReadExactlyAsync(bytes, ct).ConfigureAwait(false);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (_file is null && _memory.Length + bytes.Length <= MostInMemory)
        {
            _memory.Write(bytes.Span);
            return;
        }

        if (_file is null)
        {
            _file = new(
                Path.Combine(Path.GetTempPath(), $"cnnmrf-{Path.GetRandomFileName()}"),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                });
            await _file.WriteAsync(_memory.GetBuffer().AsMemory(0, (int)_memory.Length), ct).ConfigureAwait(false);
            _memory.SetLength(0);
            _memory.Capacity = 0;
        }

        await _file.WriteAsync(bytes, ct).ConfigureAwait(false);
    }
}
