using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;

namespace CnnMrf.Local.Running;

/// <summary>One synthesis from its input to its files: plan, estimate, run under a display, write.</summary>
internal static class SynthesisRun
{
    /// <summary>Runs a synthesis and writes what was asked for.</summary>
    /// <returns>0, or 130 when it was interrupted; the best picture so far is written then too.</returns>
    internal static int Run(
        Terminal terminal, SynthesisSettings settings, SynthesisInput input, Outputs outputs, string title,
        CancellationToken cancellation)
    {
        var plan = Plan(settings, input);
        var weights = ChosenWeights.For(settings);
        var said = outputs.Quiet ? TextWriter.Null : terminal.Error;
        using var synthesizer = new Synthesizer(settings, weights.Choice);
        said.WriteLine(weights.Says);
        said.WriteLine(Describe(plan));
        var estimate = outputs.Quiet ? 0 : synthesizer.EstimateSeconds(input, cancellation);
        if (!outputs.Quiet)
        {
            said.WriteLine($"This will take about {Texts.Duration(estimate)}.");
        }

        SynthesisResult result;
        try
        {
            result = Show(terminal, settings, plan, estimate, outputs.Quiet, progress =>
                synthesizer.Run(input, new Snapshots(outputs, progress), cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException("interrupted before the first iteration", cancellation);
        }

        WriteAll(result, outputs);
        if (outputs.Sheet is { } sheet)
        {
            OutputFiles.Write(sheet, SheetOf(title, settings, input, plan, result));
        }

        if (result.Report.Matches?.Warning is { } warning)
        {
            said.WriteLine($"note: {warning}");
        }

        if (result.Report.Fit is { Fit: < FitCheck.Poor } poor)
        {
            said.WriteLine($"note: fit {Texts.Share(poor.Fit)}. {poor.Advice}");
        }

        var matches = result.Report.Matches is { } m ? $" ({Texts.Matches(m)})" : "";
        said.WriteLine(result.Report.Interrupted
            ? $"Interrupted after {Texts.Duration(result.Report.Seconds)}{matches}; the picture so far:"
            : $"Done in {Texts.Duration(result.Report.Seconds)}{matches}.");
        if (!outputs.Quiet)
        {
            terminal.Out.WriteLine(outputs.Picture);
        }

        return result.Report.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>The levels, before the native libraries and the weights are loaded: what does not fit is refused at once.</summary>
    /// <exception cref="SettingsException">Pictures and settings do not go together.</exception>
    internal static PyramidPlan Plan(SynthesisSettings settings, SynthesisInput input) => PyramidPlan.Create(
        settings,
        input.Content is { } c ? new PixelSize(c.Width, c.Height) : null,
        [.. input.Styles.Select(s => new PixelSize(s.Width, s.Height))]);

    /// <summary>Runs something under the display that the terminal allows.</summary>
    internal static SynthesisResult Show(
        Terminal terminal,
        SynthesisSettings settings,
        PyramidPlan plan,
        double estimate,
        bool quiet,
        Func<IProgress<SynthesisProgress>?, SynthesisResult> run)
    {
        var remaining = new RemainingTime(plan, estimate);
        string[] layers = [.. settings.MrfLayers.Layers.Select(l => l.ToString())];
        return quiet ? run(null)
            : terminal.Live is { } console ? LiveProgress.Run(console, plan, layers, remaining, run)
            : run(new PlainProgress(terminal.Error, remaining));
    }

    private static string Describe(PyramidPlan plan)
    {
        var levels = string.Join(", ", plan.Levels.Select(l => $"{l.Size} ×{l.Iterations}"));
        return $"{plan.Levels.Count} level{(plan.Levels.Count == 1 ? "" : "s")} (size ×iterations): {levels}"
            + (plan.Output == plan.Levels[^1].Size ? "" : $"; finished at {plan.Output}");
    }

    private static Sheet SheetOf(
        string title, SynthesisSettings settings, SynthesisInput input, PyramidPlan plan, SynthesisResult result)
    {
        var given = new List<SheetCell>();
        void Add(Picture? picture, string word, int? number = null)
        {
            if (picture is not null)
            {
                given.Add(SynthesisSheet.Given(picture, word, picture.Size, number));
            }
        }

        Add(input.Content, "content");
        for (var i = 0; i < input.Styles.Count; i++)
        {
            Add(input.Styles[i], "style", input.Styles.Count > 1 ? i + 1 : null);
        }

        Add(settings.Initial == InitialPicture.Picture ? input.Initial : null, "start");
        var report = result.Report;
        return SynthesisSheet.Of(
            title,
            given,
            [.. result.LevelPictures.Select((p, i) => SynthesisSheet.Level(p, i + 1, plan.Levels[i].Size, report.Levels[i].Iterations))],
            SynthesisSheet.Result(result.Picture, result.Picture.Size),
            SynthesisSheet.Numbers(report.Weights, report.Fit?.Fit, report.Matches?.Copy, report.Matches?.Layout));
    }

    private static void WriteAll(SynthesisResult result, Outputs outputs)
    {
        OutputFiles.Write(outputs.Picture, result.Picture);
        if (outputs.Levels is { } folder)
        {
            for (var i = 0; i < result.LevelPictures.Count; i++)
            {
                var picture = result.LevelPictures[i];
                OutputFiles.Write(Path.Combine(folder, $"level{i + 1}-{picture.Width}x{picture.Height}.png"), picture);
            }
        }

        if (outputs.Report is { } report)
        {
            OutputFiles.Write(report, ReportJson.Write(result.Report));
        }
    }

    // Pictures on the way; the display comes after, so that it tells what is already on the disk.
    private sealed class Snapshots(Outputs outputs, IProgress<SynthesisProgress>? display) : IProgress<SynthesisProgress>
    {
        public void Report(SynthesisProgress value)
        {
            if (outputs.SnapshotEvery is { } every && value.Iteration > 0 && value.Iteration % every == 0)
            {
                OutputFiles.Write(
                    Path.Combine(outputs.SnapshotFolder, $"level{value.Level + 1}-iteration{value.Iteration:0000}.png"), value.Picture());
            }

            display?.Report(value);
        }
    }
}
