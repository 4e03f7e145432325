using System.CommandLine;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>weights import FILE</c></summary>
internal static class WeightsImportCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "import",
            "Checks a safetensors file on this machine and keeps its convolutions.",
            "vgg19.safetensors --input torchvision --pooling max");
        var file = PictureArguments.One("FILE", "A safetensors file with torchvision's names (features.N.weight).");
        var input = new Option<string>("--input")
        {
            HelpName = WeightsArguments.Words<InputConvention>(),
            Description = "What the first convolution expects, where the file does not say.",
        };
        var pooling = new Option<string>("--pooling")
        {
            HelpName = WeightsArguments.Words<PoolingKind>(),
            Description = "The pooling it was trained with, where the file does not say.",
        };
        var deepest = WeightsArguments.Deepest("The deepest layer to keep; default: all there are.");
        var output = WeightsArguments.Output();
        command.Arguments.Add(file);
        command.Options.Add(input);
        command.Options.Add(pooling);
        command.Options.Add(deepest);
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var options = new WeightsOptions
            {
                Input = WeightsArguments.Word<InputConvention>(parsed.GetValue(input), "--input"),
                Pooling = WeightsArguments.Word<PoolingKind>(parsed.GetValue(pooling), "--pooling"),
                Deepest = WeightsArguments.Layer(parsed.GetValue(deepest)),
            };
            InputFiles.CheckExists(path, "weights file");
            var target = parsed.GetValue(output) ?? WeightsStore.ForUser().VggPath;
            OutputFiles.CheckFile(target, "--output", [path]);
            var weights = WeightsImporter.Import(path, target, options);
            terminal.Error.WriteLine($"Imported {weights.Name}, {weights.Convolutions.Count} convolutions, to {weights.Deepest}.");
            terminal.Out.WriteLine(target);
            return ExitCode.Done;
        });
        return command;
    }
}
