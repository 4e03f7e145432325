using System.CommandLine;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;
using CnnMrf.Local.Samples;

namespace CnnMrf.Local.Commands;

/// <summary><c>samples FOLDER</c>: draws the sample pair again. Hidden: the pair is in the repository.</summary>
internal static class SamplesCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new Command("samples", "Draws the sample pair.") { Hidden = true };
        var folder = PictureArguments.One("FOLDER", "Where the pictures go.");
        command.Arguments.Add(folder);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(folder)!;
            OutputFiles.CheckFolder(path, "FOLDER");
            SampleScenes.Write(path);
            terminal.Out.WriteLine(path);
        });
        return command;
    }
}
