using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Api.Batches;

/// <summary>A batch as it is answered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StartedAt">When it was taken up, UTC.</param>
/// <param name="UpdatedAt">When anything of this changed last, UTC.</param>
/// <param name="EndedAt">When the last synthesis ended, UTC.</param>
/// <param name="Counts">Syntheses by where they stand.</param>
/// <param name="Items">Its syntheses, in the manifest's order.</param>
/// <param name="Problem">Why it failed.</param>
/// <param name="Self">The path of this.</param>
public sealed record BatchView(
    string Name,
    BatchState Status,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt,
    BatchCounts Counts,
    IReadOnlyList<BatchItemView> Items,
    Problem? Problem,
    string Self);

/// <summary>Syntheses by where they stand.</summary>
/// <param name="All">All.</param>
/// <param name="Queued">Accepted, or not yet started.</param>
/// <param name="Running">At one of their levels.</param>
/// <param name="Completed">With a result.</param>
/// <param name="Failed">Failed, or not to be started.</param>
/// <param name="Cancelled">Cancelled or removed.</param>
public sealed record BatchCounts(int All, int Queued, int Running, int Completed, int Failed, int Cancelled);

/// <summary>A synthesis of a batch.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Id">Its id, once started.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Problem">Why it failed.</param>
/// <param name="Self">The path of its status, once started.</param>
public sealed record BatchItemView(string Name, string? Id, SynthesisState Status, Problem? Problem, string? Self);
