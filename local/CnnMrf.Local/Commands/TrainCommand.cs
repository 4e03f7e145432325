using System.CommandLine;
using System.Globalization;
using CnnMrf.Core.Settings;
using CnnMrf.Local.Display;
using CnnMrf.Local.Running;
using CnnMrf.Training;
using CnnMrf.Training.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>train</c>: features of our own, from scenes that the program draws.</summary>
internal static class TrainCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "train",
            "Trains a feature network on drawn scenes: no pictures and no downloads are needed.",
            "",
            "--minutes 60 -o mine.safetensors");
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The weights file; checkpoints and the learning curve are written beside it.",
            DefaultValueFactory = _ => "own.safetensors",
        };
        var minutes = new Option<double>("--minutes") { HelpName = "N", Description = "Minutes in all.", DefaultValueFactory = _ => 60 };
        var steps = new Option<int?>("--steps") { HelpName = "N", Description = "Steps in all, instead of minutes: repeatable." };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Of weights and scenes.", DefaultValueFactory = _ => 1 };
        var resume = new Option<string?>("--resume")
        {
            HelpName = "FILE",
            Description = "Go on from a checkpoint; its seed and precision hold.",
        };
        var from = new Option<string?>("--from")
        {
            HelpName = "FILE|own",
            Description = "Refine trained weights of this shape, own for the embedded ones, at a lower learning rate.",
        };
        var freeze = new Option<string?>("--freeze")
        {
            HelpName = "LAYER",
            Description = "With --from: layers up to this one, e.g. relu3_1, stay as they are; deeper ones are refined several times as fast.",
        };
        var precision = new Option<TrainingPrecision>("--precision")
        {
            HelpName = "auto|float32|bfloat16",
            Description = "What convolutions are computed in; auto: bfloat16 where the processor has it.",
        };
        var batches = new Option<TrainingBatches>("--batches")
        {
            HelpName = "auto|small|large|deep",
            Description = "Pairs a step; auto: deep with --freeze, large on a GPU. A resumed run has its checkpoint's.",
        };
        var device = new Option<DeviceChoice>("--device") { HelpName = "auto|cpu|cuda", Description = "Where is computed." };
        var drawers = new Option<int?>("--drawers")
        {
            HelpName = "N",
            Description = "Threads that draw scenes meanwhile; they change nothing but the pace.",
        };
        var threads = new Option<int>("--threads")
        {
            HelpName = "N",
            Description = "Threads; the bytes of the result depend on their number.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        foreach (var option in new Option[] { output, minutes, steps, seed, resume, from, freeze, precision, batches, device, threads, drawers })
        {
            command.Options.Add(option);
        }

        command.Subcommands.Add(TrainEvaluateCommand.Create(terminal));
        command.Subcommands.Add(TrainAverageCommand.Create(terminal));
        command.Subcommands.Add(TrainDrawCommand.Create(terminal));
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                OutputFiles.CheckFile(parsed.GetValue(output)!, "--output");
                var request = new TrainingRequest(parsed.GetValue(output)!)
                {
                    Minutes = Positive(parsed.GetValue(minutes), "--minutes"),
                    Steps = parsed.GetValue(steps) is { } count ? (int)Positive(count, "--steps") : null,
                    Seed = parsed.GetValue(seed),
                    Resume = parsed.GetValue(resume),
                    From = parsed.GetValue(from),
                    Freeze = parsed.GetValue(freeze),
                    Precision = parsed.GetValue(precision),
                    Batches = parsed.GetValue(batches),
                    Device = parsed.GetValue(device),
                    Drawers = parsed.GetValue(drawers) is { } drawing ? (int)Positive(drawing, "--drawers") : null,
                    Threads = (int)Positive(parsed.GetValue(threads), "--threads"),
                };
                return Train(request, terminal, ct);
            },
            CancellationToken.None));
        return command;
    }

    private static int Train(TrainingRequest request, Terminal terminal, CancellationToken ct)
    {
        var run = OwnTraining.Run(request);
        var started = TimeProvider.System.GetTimestamp();
        var firstStep = 0;
        var done = run.Run(new Direct(report => terminal.Error.WriteLine(Line(report))), ct);
        if (done)
        {
            terminal.Out.WriteLine(request.Output);
            return ExitCode.Done;
        }

        terminal.Error.WriteLine($"interrupted; go on with: cnnmrf train --resume {run.CheckpointPath} -o {request.Output}");
        return ExitCode.Interrupted;

        string Line(TrainingProgress report)
        {
            if (firstStep == 0)
            {
                firstStep = report.Step;
                started = TimeProvider.System.GetTimestamp();
            }

            var pace = TimeProvider.System.GetElapsedTime(started).TotalSeconds / Math.Max(1, report.Step - firstStep);
            var left = report.Steps is { } steps && report.Step > firstStep ? (steps - report.Step) * pace
                : (request.Minutes - report.Minutes) * 60;
            var line = string.Create(
                CultureInfo.InvariantCulture, $"step {report.Step,6}  {report.Minutes,6:0.0} min  loss {report.Loss:0.000}  ")
                + string.Join("  ", report.Terms.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Key} {t.Value:0.000}")))
                + $"  {Texts.Duration(left)} left";
            return report.Evaluation is null ? line
                : line + Environment.NewLine + "  evaluation: " + string.Join("  ", report.Evaluation.Select(
                    e => string.Create(CultureInfo.InvariantCulture, $"{e.Key} {100 * e.Value:0.0} %")));
        }
    }

    private static double Positive(double value, string option) => value > 0 && double.IsFinite(value)
        ? value
        : throw new UsageException($"{option} must be greater than 0");

    private sealed class Direct(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
