using System.Globalization;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Syntheses;

/// <summary>Statuses as they are answered.</summary>
internal static class SynthesisViews
{
    /// <summary>A status as it is answered.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The status.</param>
    /// <param name="hasPreview">Whether the present level is known to have a preview; those of levels before have.</param>
    public static SynthesisView Of(HttpContext context, SynthesisStatus status, bool hasPreview = false)
    {
        var path = SynthesisRoutes.Path(context, status.Id);
        var previews = hasPreview || status.Status == SynthesisState.Completed ? status.Level : status.Level - 1;
        return new()
        {
            Id = status.Id.Value,
            Name = status.Name,
            Run = status.Run,
            Status = status.Status,
            Source = status.Source,
            CreatedAt = status.CreatedAt,
            UpdatedAt = status.UpdatedAt,
            StartedAt = status.StartedAt,
            EndedAt = status.EndedAt,
            Preset = status.Preset,
            Size = status.Size,
            Level = status.Level,
            Levels = [.. status.Levels.Select((level, i) => Level(path, level, i + 1, i < status.Level, i < previews))],
            Iteration = status.Iteration,
            Iterations = status.Level > 0 && status.Level <= status.Levels.Count ? status.Levels[status.Level - 1].Iterations : null,
            Energy = status.Energy,
            Percent = status.Percent,
            EtaSeconds = status.EtaSeconds,
            Fit = Fit(status.Fit),
            Problem = status.Problem,
            Warnings = status.Warnings,
            Links = Links(path, status, previews),
        };
    }

    private static LevelSummary Level(string path, LevelStatus level, int number, bool reached, bool hasPreview) => new(
        level.Width,
        level.Height,
        level.Iterations,
        level.Share,
        level.Seconds,
        reached ? LevelPath(path, number) : null,
        hasPreview ? LevelPath(path, number) + "/preview" : null);

    private static SynthesisLinks Links(string path, SynthesisStatus status, int previews)
    {
        var ended = status.Status.IsFinal();
        var completed = status.Status == SynthesisState.Completed;
        return new(
            path,
            Cancel: ended ? null : path,
            Purge: ended ? path + "?purge=true" : null,
            Retry: ended ? path + "/retry" : null,
            Result: completed ? path + "/result" : null,
            Sheet: completed ? path + "/sheet" : null,
            Report: completed ? path + "/report" : null,
            FitMap: status.Fit is null ? null : path + "/fit",
            Preview: previews > 0 ? LevelPath(path, previews) + "/preview" : null);
    }

    private static string LevelPath(string path, int level) => string.Create(CultureInfo.InvariantCulture, $"{path}/levels/{level}");

    private static FitView? Fit(FitReport? fit) => fit is null ? null : new(fit.Fit, fit.MeanNcc, fit.Coverage, fit.Copy, fit.Advice);
}
