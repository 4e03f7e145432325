using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>The plan by which a level was dispatched.</summary>
public static class DispatchedPlan
{
    /// <summary>Whether it is the one that is there. If not, its synthesis was removed since, and perhaps started anew: what comes of the
    /// dispatch must not be written under its name.</summary>
    public static async Task<bool> HoldsAsync(this IBlobStore store, DispatchKey dispatch, CancellationToken ct)
    {
        try
        {
            var plan = await store.ReadDocumentAsync<SynthesisPlan>(BlobLayout.Run(dispatch.Level.RunKey).Plan, ct).ConfigureAwait(false);
            return plan is not null && dispatch.IsOf(plan.Value.PlannedAt);
        }
        catch (DocumentException)
        {
            // There is one, of whatever time.
            return true;
        }
    }
}
