using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>sheet RESULT</c>: the sheet of a synthesis whose files are there.</summary>
internal static partial class SheetCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "sheet",
            "Puts the files of a synthesis onto one picture with captions: what was given, every level, the result. synthesize --sheet "
            + "writes the same as it goes.",
            "photo.jpg painting.jpg --result result.png --levels levels --report report.json -o sheet.svg");
        var content = PictureArguments.One("CONTENT", "The content picture.");
        var styles = PictureArguments.Some("STYLE", "The style picture or pictures.");
        var result = new Option<string>("--result") { HelpName = "FILE", Description = "The result.", Required = true };
        var levels = new Option<string>("--levels") { HelpName = "DIR", Description = "The folder that --save-levels wrote." };
        var report = new Option<string>("--report")
        {
            HelpName = "FILE",
            Description = "The report that --report wrote: its numbers are put under the title.",
        };
        var output = new Option<string>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The sheet: .png, .svg, .jpg or .webp. Default: out/CONTENT-STYLE-sheet.png.",
        };
        command.Arguments.Add(content);
        command.Arguments.Add(styles);
        command.Options.Add(result);
        command.Options.Add(levels);
        command.Options.Add(report);
        command.Options.Add(output);
        command.SetAction(parsed =>
        {
            var (contentPath, stylePaths, resultPath) = (parsed.GetValue(content)!, parsed.GetValue(styles)!, parsed.GetValue(result)!);
            var pictures = SynthesisPictures.Read(contentPath, stylePaths, null);
            var made = InputFiles.Read(resultPath, "result");
            var numbers = parsed.GetValue(report) is { } file ? ReadReport(file) : null;
            var levelFiles = parsed.GetValue(levels) is { } folder ? LevelFiles(folder) : [];
            var path = parsed.GetValue(output)
                ?? Path.Combine("out", SynthesisPictures.DefaultName([contentPath, .. stylePaths], "-sheet"));
            OutputFiles.CheckPicture(path, "--output", drawing: true,
                [contentPath, .. stylePaths, resultPath, .. levelFiles.Select(f => f.Path), parsed.GetValue(report) ?? resultPath]);
            SheetCell[] cells = [.. levelFiles.Select(f => Level(f.Path, f.Number, numbers))];
            SheetCell[] given =
            [
                SynthesisSheet.Given(pictures.Content, "content", pictures.Content!.Size),
                .. pictures.Styles.Select((s, i) => SynthesisSheet.Given(s, "style", s.Size, pictures.Styles.Count > 1 ? i + 1 : null)),
            ];
            OutputFiles.Write(path, SynthesisSheet.Of(
                SynthesisPictures.Title(contentPath, stylePaths), given, cells, SynthesisSheet.Result(made, made.Size), Numbers(numbers)));
            terminal.Out.WriteLine(path);
            return ExitCode.Done;
        });
        return command;
    }

    private static (string Path, int Number)[] LevelFiles(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"--levels {folder} is no folder; name the one that --save-levels wrote");
        }

        var files = Directory.GetFiles(folder).Select(f => (Path: f, Match: LevelName().Match(Path.GetFileName(f))))
            .Where(f => f.Match.Success)
            .Select(f => (f.Path, Number: int.Parse(f.Match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)))
            .OrderBy(f => f.Number).ToArray();
        if (files.Length == 0)
        {
            throw new UsageException($"--levels {folder} holds no picture of a level, level1-64x48.png for instance; name the folder that "
                + "--save-levels wrote");
        }

        return files;
    }

    private static SheetCell Level(string path, int number, JsonNode? report)
    {
        var picture = PictureCodec.Decode(path, new() { MinSide = 1 });
        return SynthesisSheet.Level(picture, number, picture.Size, Value<int>(report, "levels", number - 1, "iterations"));
    }

    private static JsonNode? ReadReport(string path)
    {
        InputFiles.CheckExists(path, "report");
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), null, new() { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new UsageException($"report {path} is no report: it is no JSON object; name what --report wrote");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UsageException($"report {path} is no report: {e.Message}", e);
        }
    }

    private static string Numbers(JsonNode? report) => SynthesisSheet.Numbers(
        report?["weights"] is JsonValue weights && weights.GetValueKind() == JsonValueKind.String ? Text(weights) : null,
        Value<double>(report, "fit", "fit"),
        Value<double>(report, "matches", "copy"),
        Value<double>(report, "matches", "layout"));

    // Half a surrogate pair is none.
    private static string? Text(JsonValue value)
    {
        try
        {
            return value.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // What a report lacks, an older one for instance, is left out.
    private static T? Value<T>(JsonNode? node, params object[] path)
        where T : struct
    {
        foreach (var step in path)
        {
            node = step switch
            {
                string name when node is JsonObject o => o[name],
                int index when node is JsonArray a && index >= 0 && index < a.Count => a[index],
                _ => null,
            };
        }

        return node is JsonValue value && value.TryGetValue<T>(out var found) ? found : null;
    }

    [GeneratedRegex(@"^level(\d{1,2})-\d+x\d+\.(png|jpg|jpeg|webp)$", RegexOptions.IgnoreCase)]
    private static partial Regex LevelName();
}
