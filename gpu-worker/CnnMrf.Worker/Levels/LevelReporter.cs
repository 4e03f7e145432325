using CnnMrf.Core.Pictures;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Computing;
using CnnMrf.Worker.Owning;

namespace CnnMrf.Worker.Levels;

/// <summary>progress.json and preview.jpg of a level that is worked on.</summary>
internal sealed class LevelReporter(FencedBlob progressBlob, FencedBlob previewBlob, WorkerOptions options, TimeProvider time)
    : IDisposable
{
    private const int PreviewQuality = 85;
    private const long MostPreviewBytes = 64L << 20;

    private readonly SemaphoreSlim _one = new(1);
    private readonly Lock _gate = new();
    private readonly List<LevelSample> _trace = [];
    private LevelProgress _now = null!;
    private int _every = 1;

    /// <summary>Takes both over from the owner before, and says that the level is being prepared.</summary>
    public async Task TakeAsync(LevelJob job, CancellationToken ct)
    {
        // No placeholder for the preview: people look at it, and what an owner before wrote of it is a picture all the same.
        await previewBlob.TakeAsync(MostPreviewBytes, placeholder: false, ct).ConfigureAwait(false);
        var taken = await progressBlob.TakeAsync(BlobStoreExtensions.MostJsonBytes, placeholder: false, ct).ConfigureAwait(false);
        var before = Read(taken);
        lock (_gate)
        {
            _now = new()
            {
                Id = job.Id,
                Run = job.Run,
                Level = job.Level,
                Attempt = job.Attempt,
                Worker = options.Name,
                Phase = LevelPhase.Preparing,
                Iteration = 0,
                Furthest = before?.Furthest ?? 0,
                Iterations = job.Plan.Iterations,
                Seconds = before?.Seconds ?? 0,
                StartedAt = before?.StartedAt ?? time.GetUtcNow(),
                Heartbeat = time.GetUtcNow(),
                Energy = before?.Energy,
                Objective = before?.Objective,
            };
            // Not for the first time where the store failed meanwhile.
            _trace.Clear();
            _trace.AddRange(before?.Trace ?? []);
        }

        await WriteAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Another phase.</summary>
    public void Enter(LevelPhase phase)
    {
        lock (_gate)
        {
            _now = _now with { Phase = phase };
        }
    }

    /// <summary>The level stands where the computation is; samples beyond, of an owner before, are not its own.</summary>
    public void Show(ILevelComputation computation)
    {
        var sample = new LevelSample(computation.Iteration, computation.Seconds, computation.Objective, computation.Energy);
        lock (_gate)
        {
            _now = _now with
            {
                Phase = LevelPhase.Optimizing,
                Iteration = sample.Iteration,
                Furthest = Math.Max(_now.Furthest, sample.Iteration),
                Seconds = sample.Seconds,
                Energy = sample.Energy,
                Objective = sample.Objective,
            };
            _trace.RemoveAll(s => s.Iteration >= sample.Iteration);
            Thin();
            _trace.Add(sample);
        }
    }

    /// <summary>Writes progress.json.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            byte[] bytes;
            lock (_gate)
            {
                bytes = PipelineJson.Write(_now with { Heartbeat = time.GetUtcNow(), Trace = [.. _trace] });
            }

            await progressBlob.WriteAsync(bytes, BlobWrite.Json, ct).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Writes preview.jpg.</summary>
    public Task WritePreviewAsync(Picture picture, CancellationToken ct)
    {
        var shown = picture.Size.LongSide <= options.PreviewSide ? picture : picture.Resize(picture.Size.WithLongSide(options.PreviewSide));
        return previewBlob.WriteAsync(
            PictureCodec.Encode(shown, PictureFormat.Jpeg, PreviewQuality), new() { ContentType = "image/jpeg" }, ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    // Every second, then every fourth … iteration is kept; the last one always.
    private void Thin()
    {
        if (_trace.Count > 1 && _trace[^1].Iteration % _every != 0)
        {
            _trace.RemoveAt(_trace.Count - 1);
        }

        while (_trace.Count >= LevelProgress.MaxTrace)
        {
            _every *= 2;
            _trace.RemoveAll(s => s.Iteration % _every != 0);
        }
    }

    private static LevelProgress? Read(BlobBytes? blob)
    {
        try
        {
            return blob is null ? null : PipelineJson.Read<LevelProgress>(blob.Bytes.Span, blob.Properties.Address.ToString());
        }
        catch (DocumentException)
        {
            // Only the course so far is lost.
            return null;
        }
    }
}
