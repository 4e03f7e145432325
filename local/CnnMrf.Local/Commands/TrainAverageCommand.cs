using System.CommandLine;
using CnnMrf.Local.Display;
using CnnMrf.Local.Running;
using CnnMrf.Training;

namespace CnnMrf.Local.Commands;

/// <summary><c>train average FILE FILE …</c></summary>
internal static class TrainAverageCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "average",
            "Averages weights that were refined from the same ones: the mean is often better than each.",
            "own refined.safetensors",
            "first.safetensors second.safetensors -o mean.safetensors");
        var files = new Argument<string[]>("FILE")
        {
            HelpName = "FILE|own",
            Description = "Two or more weights files of this shape; one that is named twice counts twice.",
            Arity = new(2, 100),
        };
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The weights file.",
            DefaultValueFactory = _ => "average.safetensors",
        };
        command.Arguments.Add(files);
        command.Options.Add(output);
        command.SetAction((parsed, _) => Task.Run(
            () =>
            {
                var target = parsed.GetValue(output)!;
                OutputFiles.CheckFile(target, "--output");
                OwnTraining.Average(parsed.GetValue(files)!, target);
                terminal.Out.WriteLine(target);
                return ExitCode.Done;
            },
            CancellationToken.None));
        return command;
    }
}
