using System.CommandLine;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;
using CnnMrf.Local.Running;
using CnnMrf.Training;
using CnnMrf.Training.Evaluation;
using TorchSharp;

namespace CnnMrf.Local.Commands;

/// <summary><c>train evaluate FILE</c></summary>
internal static class TrainEvaluateCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "evaluate",
            "Measures how well features find restyled patches and landmarks again, on drawn scenes and pictures, beside random features.",
            "mine.safetensors",
            "mine.safetensors --pictures faces --json evaluation.json");
        var file = new Argument<string>("FILE") { HelpName = "FILE", Description = "A weights file, at least up to relu4_1." };
        var pictures = new Option<string?>("--pictures")
        {
            HelpName = "FOLDER",
            Description = $"Pictures to measure on beside drawn scenes; a {PictureFolder.LandmarksFile} among them gives the places of "
                + "their landmarks: { \"a.jpg\": { \"eye.left\": [0.4, 0.3] } }.",
        };
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Writes everything that was measured, as JSON." };
        var quick = new Option<bool>("--quick") { Description = "Few scenes and small sizes." };
        var threads = new Option<int>("--threads")
        {
            HelpName = "N",
            Description = "Threads.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        command.Arguments.Add(file);
        foreach (var option in new Option[] { pictures, json, quick, threads })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, ct) =>
        {
            var path = parsed.GetValue(file)!;
            InputFiles.CheckExists(path, "weights file");
            if (parsed.GetValue(json) is { } target)
            {
                OutputFiles.CheckFile(target, "--json");
            }

            var count = parsed.GetValue(threads);
            if (count < 1)
            {
                throw new UsageException("--threads must be at least 1");
            }

            var options = Options(parsed.GetValue(quick), parsed.GetValue(pictures));
            TorchRuntime.EnsureLoaded();
            torch.set_num_threads(count);
            using var weights = NetworkWeights.FromFile(
                WeightsFile.Load(path, new WeightsOptions { Deepest = VggArchitecture.Parse("relu4_1") }));
            var report = FeatureEvaluation.Run(weights, options, new Stages(terminal), ct);
            EvaluationTables.Write(report, terminal.Out);
            if (parsed.GetValue(json) is { } to)
            {
                OutputFiles.Write(to, report.ToJson());
                terminal.Out.WriteLine(to);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static EvaluationOptions Options(bool quick, string? folder)
    {
        try
        {
            return (quick ? EvaluationOptions.Quick([]) : new()) with
            {
                Kinds = [.. OwnTraining.Kinds.All],
                Pictures = folder is null ? [] : PictureFolder.Read(folder),
                BesideRandom = true,
            };
        }
        catch (EvaluationException e)
        {
            throw new UsageException($"--pictures: {e.Message}", e);
        }
    }

    // One line for each network, said when it begins.
    private sealed class Stages(Terminal terminal) : IProgress<EvaluationProgress>
    {
        private string _doing = "";

        public void Report(EvaluationProgress value)
        {
            if (value.Doing != _doing)
            {
                _doing = value.Doing;
                terminal.Error.WriteLine($"{100 * value.Share,3:0} %  {_doing}");
            }
        }
    }
}
