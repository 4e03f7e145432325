namespace CnnMrf.Pipeline.Running;

/// <summary>
/// Whose turn it is to hold decoded pictures. One takes 12 bytes a pixel and what its file is decoded to and encoded as besides, up to
/// 1.5 GB in all for 64 megapixels: steps that hold some go one after the other, so that a small instance lives however many runs begin or
/// end at once.
/// </summary>
public sealed class PictureTurn : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Waits for the turn.</summary>
    /// <returns>Ends the turn when it is disposed.</returns>
    public async Task<IDisposable> WaitAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        return new Taken(_turn);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private sealed class Taken(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
