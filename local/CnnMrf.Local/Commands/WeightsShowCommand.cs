using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>weights show [FILE]</c></summary>
internal static class WeightsShowCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand("show", "Describes the fetched weights, or a file's.", "", "mine.safetensors");
        var file = new Argument<string?>("FILE")
        {
            HelpName = "FILE",
            Description = "A weights file; default: what was fetched.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Arguments.Add(file);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file);
            if (path is null && (path = WeightsStore.ForUser().Find()) is null)
            {
                throw new UsageException($"no weights have been fetched yet ({WeightsStore.ForUser().VggPath}); run: cnnmrf weights pull");
            }

            InputFiles.CheckExists(path, "weights file");
            var about = WeightsStore.Describe(path);
            (string Name, string? Value)[] rows =
            [
                ("name", about.Name),
                ("file", about.Path),
                ("deepest", about.Deepest.Name),
                ("widths", string.Join(' ', about.Widths)),
                ("input", WeightsText(about.Input)),
                ("pooling", WeightsText(about.Pooling)),
                ("source", about.Source),
                ("revision", about.Revision),
                ("bytes", about.Size.ToString(CultureInfo.InvariantCulture)),
                ("sha256", about.Sha256),
            ];
            foreach (var (name, value) in rows.Where(r => r.Value is not null))
            {
                terminal.Out.WriteLine($"{name,-10}{value}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string WeightsText<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
