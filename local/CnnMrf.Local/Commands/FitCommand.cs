using System.CommandLine;
using System.Text.Json;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>fit CONTENT STYLE…</c></summary>
internal static class FitCommand
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "fit",
            "Estimates in a second whether the content can be re-assembled from the style's patches, and shows where it cannot: red on the "
            + "picture. Below 0.15 there is nothing to be had, below 0.35 parts are missing, from 0.7 on the two go together well. "
            + "Whatever --weights a synthesis takes, the estimate is by features of our own, so that the number means the same.",
            "photo.jpg painting.jpg",
            "photo.jpg painting.jpg sketch.jpg -o where.png --json");
        var content = PictureArguments.One("CONTENT", "The picture whose layout would be followed.");
        var styles = PictureArguments.Some("STYLE", "The picture or pictures whose patches would be used.");
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The content with red where nothing of the style matches: .png, .jpg or .webp. Default: "
                + "out/CONTENT-STYLE-fit.png.",
        };
        var json = new Option<bool>("--json") { Description = "Print JSON and nothing else." };
        command.Arguments.Add(content);
        command.Arguments.Add(styles);
        var maps = new LabelMapArguments(command);
        command.Options.Add(output);
        command.Options.Add(json);
        var settings = new SettingArguments(command, Verbs.Fit);
        command.SetAction((parsed, cancellation) =>
        {
            var (contentPath, stylePaths) = (parsed.GetValue(content)!, parsed.GetValue(styles)!);
            var given = settings.Resolve(parsed).Settings;
            var pictures = maps.Read(parsed, SynthesisPictures.Read(contentPath, stylePaths, null), given);
            SettingsValidator.FitsStyles("styleWeights", given.StyleWeights, pictures.Styles.Count);
            SettingsValidator.FitsStyles("styleScale", given.StyleScale, pictures.Styles.Count);
            var path = parsed.GetValue(output) ?? Path.Combine("out", SynthesisPictures.DefaultName([contentPath, .. stylePaths], "-fit"));
            OutputFiles.CheckPicture(path, "--output", drawing: false, [contentPath, .. stylePaths, .. maps.Paths(parsed)]);
            var fit = FitCheck.Of(given, pictures, cancellation) ?? throw new WeightsException(
                $"This build was made without the weights '{OwnWeights.Name}', by which the fit is estimated. Build it with them.");
            OutputFiles.Write(path, fit.Map);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(JsonSerializer.Serialize(fit.Numbers, Options));
                return Task.FromResult(ExitCode.Done);
            }

            foreach (var (name, value) in new[]
            {
                ("fit", fit.Numbers.Fit), ("mean NCC", fit.Numbers.MeanNcc), ("coverage", fit.Numbers.Coverage), ("copy", fit.Numbers.Copy),
            })
            {
                terminal.Out.WriteLine($"{name,-10}{Texts.Share(value),6}");
            }

            terminal.Error.WriteLine(fit.Numbers.Advice);
            terminal.Out.WriteLine(path);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
