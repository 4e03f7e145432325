using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using CnnMrf.Core.Figures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;

namespace CnnMrf.Local.Running;

/// <summary>One variant of a sweep.</summary>
internal sealed record SweepRun(string Label, SynthesisSettings Settings, SynthesisInput Input);

/// <summary>What became of a variant.</summary>
/// <param name="Run">The variant.</param>
/// <param name="Result">Null when its pictures fit too badly for its settings.</param>
internal sealed record SweepOutcome(SweepRun Run, SynthesisResult? Result);

/// <summary>Runs all variants and draws the sheet.</summary>
internal static class Sweep
{
    private const int MaxCell = 512;
    private const int CellsInARow = 4;

    /// <summary>
    /// Runs the variants. Whatever stops them, those that are finished are drawn: interrupted, with the one at hand; and a variant whose
    /// pictures fit worse than its settings allow has an empty cell.
    /// </summary>
    /// <returns>0, 130 when interrupted, or 1 when a variant was not computed.</returns>
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
        foreach (var run in runs)
        {
            EngineContext.CheckDevice(run.Settings);
        }

        var said = outputs.Quiet ? TextWriter.Null : terminal.Error;
        said.WriteLine(prepared[0].Weights.Says);
        var outcomes = new List<SweepOutcome>();
        var estimate = 0.0;
        ExceptionDispatchInfo? failure = null;
        foreach (var (run, plan, weights) in prepared.TakeWhile(_ => failure is null && !cancellation.IsCancellationRequested))
        {
            try
            {
                using var synthesizer = new Synthesizer(run.Settings, weights.Choice);
                if (outcomes.Count == 0 && !outputs.Quiet)
                {
                    estimate = synthesizer.EstimateSeconds(run.Input, cancellation);
                    said.WriteLine($"{runs.Count} variants, about {Texts.Duration(estimate * runs.Count)} if all take as long as the first.");
                }

                said.WriteLine($"{outcomes.Count + 1}/{runs.Count} {run.Label}");
                outcomes.Add(new(run, SynthesisRun.Show(terminal, run.Settings, plan, estimate, outputs.Quiet, progress =>
                    synthesizer.Run(run.Input, progress, cancellation))));
            }
            catch (PoorFitException e)
            {
                // Another variant may ask for less.
                terminal.Error.WriteLine($"error: {run.Label}: {e.Message}");
                outcomes.Add(new(run, null));
            }
#pragma warning disable CA1031 // It is thrown again once the finished variants are on the disk.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }

        if (outcomes.All(o => o.Result is null))
        {
            failure?.Throw();
            cancellation.ThrowIfCancellationRequested();
            return ExitCode.Failed;
        }

        Write(title, variants, outcomes, outputs);
        if (!outputs.Quiet)
        {
            terminal.Out.WriteLine(outputs.Picture);
        }

        if (cancellation.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"interrupted; the sheet shows {outcomes.Count} of {runs.Count} variants");
            return ExitCode.Interrupted;
        }

        failure?.Throw();
        return outcomes.Any(o => o.Result is null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Write(string title, SweepVariants variants, List<SweepOutcome> outcomes, Outputs outputs)
    {
        OutputFiles.Write(outputs.Picture, Draw(title, variants, outcomes));
        if (outputs.Report is { } report)
        {
            OutputFiles.Write(report, Reports(outcomes));
        }
    }

    private static Sheet Draw(string title, SweepVariants variants, List<SweepOutcome> outcomes)
    {
        // The weights' name says which they are, and the seed of random ones, unless these are what is swept.
        SynthesisResult[] results = [.. outcomes.Select(o => o.Result).OfType<SynthesisResult>()];
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
                Rows = [.. outcomes.Select(o => new SheetCell(o.Result?.Picture, Numbers(o.Result?.Report))).Chunk(count)],
                ColumnHeaders = [.. Enumerable.Range(0, Math.Min(count, outcomes.Count)).Select(variants.Columns.Label)],
                RowHeaders = [.. Enumerable.Range(0, (outcomes.Count + count - 1) / count).Select(rows.Label)],
            };
        }

        var input = outcomes[0].Run.Input;
        var cells = outcomes.Select(o => new SheetCell(o.Result?.Picture, $"{o.Run.Label}\n{Numbers(o.Result?.Report)}"));
        return sheet with
        {
            Rows = [.. cells.Prepend(new(input.Styles[0], "style")).Prepend(new(input.Content, "content")).Chunk(CellsInARow)],
        };
    }

    private static string Numbers(SynthesisReport? report) => report is null ? "not computed: poor fit"
        : $"{Texts.Duration(report.Seconds)}{(report.Matches is { } m ? $", {Texts.Matches(m)}" : "")}"
            + (report.Interrupted ? ", interrupted" : "");

    private static string Reports(List<SweepOutcome> outcomes) => new JsonArray(
        [
            .. outcomes.Where(o => o.Result is not null).Select(o => new JsonObject
            {
                ["variant"] = o.Run.Label,
                ["report"] = JsonNode.Parse(ReportJson.Write(o.Result!.Report)),
            }),
        ])
        .ToJsonString(new() { WriteIndented = true });
}
