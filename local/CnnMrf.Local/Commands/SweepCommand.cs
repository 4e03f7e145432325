using System.CommandLine;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>sweep CONTENT STYLE --setting a,b,c</c></summary>
internal static class SweepCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "sweep",
            "Tries several values of one setting or two, and shows the results on one labelled sheet. Values are separated by commas, "
            + "or by semicolons where a value has commas itself; an option may also be repeated.",
            "photo.jpg painting.jpg --content-weight .5,1,2,4",
            "photo.jpg painting.jpg --content-weight '4,2,1;1' --seed 1,2,3",
            "photo.jpg painting.jpg --iterations '40,20;80,40,20' --size 256 -o sheet.svg");
        var content = PictureArguments.One("CONTENT", "The picture whose layout is followed.");
        var styles = PictureArguments.Some("STYLE", "The picture or pictures whose patches are used.");
        command.Arguments.Add(content);
        command.Arguments.Add(styles);
        var maps = new LabelMapArguments(command);
        var output = new OutputArguments(command, single: false);
        var settings = new SettingArguments(command, Verbs.Sweep);
        command.SetAction((parsed, cancellation) =>
        {
            var (contentPath, stylePaths) = (parsed.GetValue(content)!, parsed.GetValue(styles)!);
            var variants = SweepVariants.From(settings.Texts(parsed));
            var given = variants.All().Select(v => (v.Label, Given: settings.Resolve(parsed, v.Texts))).ToArray();
            var pictures = maps.Read(
                parsed, SynthesisPictures.Read(contentPath, stylePaths, null), [.. given.Select(g => g.Given.Settings)]);
            var outputs = output.Resolve(
                parsed,
                SynthesisPictures.DefaultName([contentPath, .. stylePaths], "-sweep"),
                [contentPath, .. stylePaths, .. maps.Paths(parsed), .. given.SelectMany(g => g.Given.Files)]);
            var runs = given.Zip(pictures, (g, input) =>
            {
                var initial = g.Given.InitialFile is { } start ? InputFiles.Read(start, "initial picture") : null;
                return new SweepRun(g.Label, g.Given.Settings, input with { Initial = initial });
            }).ToArray();
            return Task.FromResult(Sweep.Run(
                terminal, SynthesisPictures.Title(contentPath, stylePaths), variants, runs, outputs, cancellation));
        });
        return command;
    }
}
