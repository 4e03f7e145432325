using CnnMrf.Api.Syntheses;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Batches;

/// <summary>Reports of batches as they are answered.</summary>
internal static class BatchViews
{
    public const string Route = "api/batches";

    public static string Path(HttpContext context, string name) => $"{context.Request.PathBase}/{Route}/{name}";

    public static BatchView Of(HttpContext context, BatchReport report) => new(
        report.Name,
        report.Status,
        report.StartedAt,
        report.UpdatedAt,
        report.EndedAt,
        Counts(report.Items),
        [.. report.Items.Select(i => new BatchItemView(
            i.Name, i.Id?.Value, i.Status, i.Problem, i.Id is { } id ? SynthesisRoutes.Path(context, id) : null))],
        report.Problem,
        Path(context, report.Name));

    private static BatchCounts Counts(IReadOnlyList<BatchItem> items)
    {
        return new(
            items.Count,
            Count(SynthesisState.Queued),
            Count(SynthesisState.Running),
            Count(SynthesisState.Completed),
            Count(SynthesisState.Failed),
            Count(SynthesisState.Cancelled));

        int Count(SynthesisState state) => items.Count(i => i.Status == state);
    }
}
