using System.CommandLine;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>synthesize CONTENT STYLE…</c></summary>
internal static class SynthesizeCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "synthesize",
            "Re-assembles the content's layout from patches of the style.",
            "photo.jpg painting.jpg",
            "photo.jpg painting.jpg -o result.png --size 512 --content-weight 2",
            "photo.jpg painting.jpg --content-map photo-map.png --style-map painting-map.png --sheet sheet.png",
            "photo.jpg painting.jpg --preserve-color --minimum-fit 0.2",
            "photo.jpg monet.jpg cezanne.jpg --style-weights 1,0.5 --preset authors --iterations 100,50,25");
        var content = PictureArguments.One("CONTENT", "The picture whose layout is followed.");
        var styles = PictureArguments.Some("STYLE", "The picture or pictures whose patches are used.");
        command.Arguments.Add(content);
        command.Arguments.Add(styles);
        var maps = new LabelMapArguments(command);
        var output = new OutputArguments(command, single: true);
        var settings = new SettingArguments(command, Verbs.Synthesize);
        command.SetAction((parsed, cancellation) =>
        {
            var (contentPath, stylePaths) = (parsed.GetValue(content)!, parsed.GetValue(styles)!);
            var given = settings.Resolve(parsed);
            var pictures = maps.Read(parsed, SynthesisPictures.Read(contentPath, stylePaths, given.InitialFile), given.Settings);
            string[] inputs = [contentPath, .. stylePaths, .. maps.Paths(parsed), .. given.Files];
            var name = SynthesisPictures.DefaultName([contentPath, .. stylePaths]);
            return Task.FromResult(SynthesisRun.Run(
                terminal, given.Settings, pictures, output.Resolve(parsed, name, inputs),
                SynthesisPictures.Title(contentPath, stylePaths), cancellation));
        });
        return command;
    }
}
