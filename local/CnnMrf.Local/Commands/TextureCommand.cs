using System.CommandLine;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>texture STYLE…</c></summary>
internal static class TextureCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "texture",
            "Makes more of the style: any size, no content picture, tileable if asked.",
            "bricks.jpg --size 512x256",
            "bricks.jpg --size 512 --tileable --levels 3");
        var styles = PictureArguments.Some("STYLE", "The picture or pictures whose patches are used.");
        command.Arguments.Add(styles);
        var output = new OutputArguments(command, single: true);
        var settings = new SettingArguments(command, Verbs.Texture);
        command.SetAction((parsed, cancellation) =>
        {
            var paths = parsed.GetValue(styles)!;
            var given = settings.Resolve(parsed);
            var pictures = SynthesisPictures.Read(null, paths, given.InitialFile);
            var outputs = output.Resolve(parsed, SynthesisPictures.DefaultName(paths, "-texture"), [.. paths, .. given.Files]);
            return Task.FromResult(SynthesisRun.Run(
                terminal, given.Settings, pictures, outputs, SynthesisPictures.Title(null, paths), cancellation));
        });
        return command;
    }
}
