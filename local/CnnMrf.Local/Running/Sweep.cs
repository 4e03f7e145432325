using System.Text.Json.Nodes;
using CnnMrf.Core.Figures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;

namespace CnnMrf.Local.Running;

/// <summary>One variant of a sweep.</summary>
internal sealed record SweepRun(string Label, SynthesisSettings Settings, SynthesisInput Input);

/// <summary>Runs all variants and draws the sheet.</summary>
internal static class Sweep
{
    private const int MaxCell = 512;
    private const int CellsInARow = 4;

    /// <summary>Runs the variants; interrupted, it draws those that were finished and the one at hand.</summary>
    /// <returns>0, or 130 when interrupted.</returns>
    internal static int Run(
        Terminal terminal,
        string title,
        SweepVariants variants,
        IReadOnlyList<SweepRun> runs,
        Outputs outputs,
        CancellationToken cancellation)
    {
        // Whatever does not fit is refused before the first variant takes its time.
        var prepared = runs.Select(r =>
            (Run: r, Plan: SynthesisRun.Plan(r.Settings, r.Input), Weights: ChosenWeights.For(r.Settings))).ToArray();
        var said = outputs.Quiet ? TextWriter.Null : terminal.Error;
        said.WriteLine(prepared[0].Weights.Says);
        var results = new List<SynthesisResult>();
        var estimate = 0.0;
        foreach (var (run, plan, weights) in prepared)
        {
            using var synthesizer = new Synthesizer(run.Settings, weights.Choice);
            if (results.Count == 0 && !outputs.Quiet)
            {
                estimate = synthesizer.EstimateSeconds(run.Input, cancellation);
                said.WriteLine($"{runs.Count} variants, about {Texts.Duration(estimate * runs.Count)} if all take as long as the first.");
            }

            said.WriteLine($"{results.Count + 1}/{runs.Count} {run.Label}");
            results.Add(SynthesisRun.Show(terminal, run.Settings, plan, estimate, outputs.Quiet, progress =>
                synthesizer.Run(run.Input, progress, cancellation)));
            if (cancellation.IsCancellationRequested)
            {
                break;
            }
        }

        OutputFiles.Write(outputs.Picture, Draw(title, variants, runs, results));
        if (outputs.Report is { } report)
        {
            OutputFiles.Write(report, Reports(runs, results));
        }

        if (!outputs.Quiet)
        {
            terminal.Out.WriteLine(outputs.Picture);
        }

        return cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static Sheet Draw(string title, SweepVariants variants, IReadOnlyList<SweepRun> runs, List<SynthesisResult> results)
    {
        // The weights' name says which they are, and the seed of random ones, unless these are what is swept.
        var weights = results.Select(r => r.Report.Weights).Distinct().ToArray();
        var kept = variants.Fixed.Where(f => f.Key != "weights").Select(f => $"{SettingOptions.Spell(f.Key)[2..]} {f.Value}");
        var sheet = new Sheet
        {
            Rows = [],
            Title = title,
            Subtitle = string.Join("; ", kept.Prepend(weights.Length == 1 ? $"weights {weights[0]}" : "")).TrimStart(';', ' '),
            CellWidth = Math.Clamp(results.Max(r => r.Picture.Width), 16, MaxCell),
            CellHeight = Math.Clamp(results.Max(r => r.Picture.Height), 16, MaxCell),
            CaptionLines = 4,
        };
        if (variants.Rows is { } rows)
        {
            var count = variants.Columns.Values.Count;
            return sheet with
            {
                Rows = [.. results.Select(r => new SheetCell(r.Picture, Numbers(r.Report))).Chunk(count)],
                ColumnHeaders = [.. Enumerable.Range(0, Math.Min(count, results.Count)).Select(variants.Columns.Label)],
                RowHeaders = [.. Enumerable.Range(0, (results.Count + count - 1) / count).Select(rows.Label)],
            };
        }

        var cells = results.Select((r, i) => new SheetCell(r.Picture, $"{runs[i].Label}\n{Numbers(r.Report)}"));
        return sheet with
        {
            Rows =
            [
                .. cells.Prepend(new(runs[0].Input.Styles[0], "style")).Prepend(new(runs[0].Input.Content, "content")).Chunk(CellsInARow),
            ],
        };
    }

    private static string Numbers(SynthesisReport report)
    {
        var matches = report.Matches is { } m ? $", {Texts.Matches(m)}" : "";
        return $"{Texts.Duration(report.Seconds)}{matches}{(report.Interrupted ? ", interrupted" : "")}";
    }

    private static string Reports(IReadOnlyList<SweepRun> runs, List<SynthesisResult> results) => new JsonArray(
        [
            .. results.Select((r, i) => new JsonObject
            {
                ["variant"] = runs[i].Label,
                ["report"] = JsonNode.Parse(ReportJson.Write(r.Report)),
            }),
        ])
        .ToJsonString(new() { WriteIndented = true });
}
