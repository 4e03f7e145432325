using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Running;

/// <summary>
/// Writes status.json so that it stays true whoever writes at the same time, or late: an earlier run changes nothing, an end stays the
/// end, percent and level never fall within a run.
/// </summary>
public sealed class StatusWriter(IBlobStore store, TimeProvider time)
{
    /// <summary>Changes the status of a run that has not ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="change">Makes the new status of the old; may be called several times.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The status as it is now, changed or not.</returns>
    /// <exception cref="BlobNotFoundException">There is no such synthesis.</exception>
    public Task<SynthesisStatus> UpdateAsync(RunKey run, Func<SynthesisStatus, SynthesisStatus> change, CancellationToken ct) =>
        WriteAsync(run.Id, old => old.Run == run.Run && !old.Status.IsFinal() ? Forward(old, change(old)) : null, ct);

    /// <summary>Begins another run of a synthesis whose last run has ended; one that runs goes on.</summary>
    /// <param name="id">The synthesis.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The status: of the new run, or of the one that runs.</returns>
    /// <exception cref="BlobNotFoundException">There is no such synthesis.</exception>
    /// <exception cref="ProblemException">It is being removed.</exception>
    public Task<SynthesisStatus> BeginNextRunAsync(SynthesisId id, CancellationToken ct) =>
        WriteAsync(id, old => !old.Status.IsFinal() ? null : old.Removing ? throw BeingRemoved() : new SynthesisStatus
        {
            Id = old.Id,
            Name = old.Name,
            Run = old.Run + 1,
            Status = SynthesisState.Queued,
            CreatedAt = old.CreatedAt,
            UpdatedAt = old.UpdatedAt,
            Source = old.Source,
            Preset = old.Preset,
        }, ct);

    /// <summary>The first status of a synthesis.</summary>
    public static SynthesisStatus First(SynthesisRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new()
        {
            Id = request.Id,
            Name = request.Name,
            Run = 1,
            Status = request.Problem is null ? SynthesisState.Queued : SynthesisState.Failed,
            CreatedAt = request.CreatedAt,
            UpdatedAt = request.CreatedAt,
            EndedAt = request.Problem is null ? null : request.CreatedAt,
            Source = request.Source,
            Preset = request.Settings?.Preset,
            Problem = request.Problem,
        };
    }

    private static ProblemException BeingRemoved() =>
        new(new(ProblemCodes.Conflict, "It is being removed. Start it anew when it is gone."));

    private static SynthesisStatus Forward(SynthesisStatus old, SynthesisStatus next) => next with
    {
        Level = Math.Max(old.Level, next.Level),
        Percent = Math.Max(old.Percent, next.Percent),
    };

    private async Task<SynthesisStatus> WriteAsync(SynthesisId id, Func<SynthesisStatus, SynthesisStatus?> change, CancellationToken ct)
    {
        SynthesisStatus? before = null;
        return await store.ChangeDocumentAsync<SynthesisStatus>(
            BlobLayout.Status(id),
            async old =>
            {
                before = old ?? await FromRequestAsync(id, ct).ConfigureAwait(false);
                return change(before) is { } next ? next with { UpdatedAt = time.GetUtcNow() } : null;
            },
            ct).ConfigureAwait(false) ?? before!;
    }

    private async Task<SynthesisStatus> FromRequestAsync(SynthesisId id, CancellationToken ct)
    {
        var blob = BlobLayout.Request(id);
        var request = await store.ReadDocumentAsync<SynthesisRequest>(blob, ct).ConfigureAwait(false);
        return First(request?.Value ?? throw new BlobNotFoundException(blob));
    }
}
