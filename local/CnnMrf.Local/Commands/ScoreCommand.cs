using System.CommandLine;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>score CONTENT STYLE IMAGE</c></summary>
internal static class ScoreCommand
{
    private static readonly string[] Weights = ["mrfLayers", "contentWeight", "styleWeight", "smoothnessWeight"];

    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "score",
            "Energies of a given picture, the raw sums of the paper's equation 1 (nothing is resized), and how much of the content's "
            + "layout it keeps.",
            "photo.png painting.png result.png --preset paper --rotations 0 --scales 0 --json");
        var content = PictureArguments.One("CONTENT", "The content picture, of the image's size.");
        var style = PictureArguments.One("STYLE", "The style picture, at the size that it is compared at.");
        var image = PictureArguments.One("IMAGE", "The picture that is scored.");
        var json = new Option<bool>("--json") { Description = "Print JSON and nothing else." };
        command.Arguments.Add(content);
        command.Arguments.Add(style);
        command.Arguments.Add(image);
        command.Options.Add(json);
        var settings = new SettingArguments(command, Verbs.Score);
        command.SetAction(parsed =>
        {
            var given = settings.Resolve(parsed);
            var pictures = SynthesisPictures.Read(parsed.GetValue(content), [parsed.GetValue(style)!], null);
            var scored = InputFiles.Read(parsed.GetValue(image)!, "image");
            if (scored.Size != pictures.Content!.Size)
            {
                throw new UsageException($"the image is {scored.Size} and the content picture {pictures.Content.Size}; "
                    + "score compares them pixel by pixel and resizes nothing: give both at one size");
            }

            var weights = ChosenWeights.For(given.Settings);
            var weighted = Weights.Any(given.Given.Contains);
            var terms = Scorer.Score(Weighted(given), weights.Choice, pictures, scored, weighted);
            var layout = LayoutReport.Of(scored, pictures.Content);
            if (parsed.GetValue(json))
            {
                terminal.Out.WriteLine(ReportJson.Write(terms, layout));
                return ExitCode.Done;
            }

            terminal.Error.WriteLine(weights.Says);
            foreach (var (name, value) in terms.Style.Append(new("content", terms.Content)).Append(new("smoothness", terms.Smoothness)))
            {
                terminal.Out.WriteLine($"{name,-12}{Texts.Energy(value),12}");
            }

            terminal.Out.WriteLine($"{"total",-12}{Texts.Energy(terms.Total),12}");
            if (layout is { } share)
            {
                terminal.Out.WriteLine($"{"layout",-12}{Texts.Share(share),12}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    // Presets weight terms that they first normalise in ways of their own; raw sums are added with weights 1, 1 and 1e-3 unless told.
    private static SynthesisSettings Weighted(GivenSettings given)
    {
        var s = given.Settings;
        return s with
        {
            MrfLayers = given.Given.Contains("mrfLayers") ? s.MrfLayers : new(s.MrfLayers.Layers.Select(l => new LayerWeight(l, 1))),
            // One a level: the scored picture is the finest.
            ContentWeight = given.Given.Contains("contentWeight") ? [s.ContentWeight[^1]] : [1.0],
            StyleWeight = given.Given.Contains("styleWeight") ? s.StyleWeight : 1,
            SmoothnessWeight = given.Given.Contains("smoothnessWeight") ? s.SmoothnessWeight : 1e-3,
        };
    }
}
