using System.CommandLine;
using System.Globalization;
using CnnMrf.Engine.Measuring;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;
using CnnMrf.Local.Samples;

namespace CnnMrf.Local.Commands;

/// <summary><c>bench</c></summary>
internal static class BenchCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "bench",
            "Seconds of one energy evaluation at every level of the sample pair, by parts, beside the floor: what its convolutions and "
            + "matrix products cost alone, measured between the evaluations. The ratio of the two carries over to other "
            + "machines; seconds do not.",
            "--size 512",
            "--preset authors --weights random --json");
        var rounds = new Option<int>("--rounds")
        {
            HelpName = "N",
            Description = "Evaluations timed a level.",
            DefaultValueFactory = _ => 5,
        };
        rounds.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && (!int.TryParse(r.Tokens[0].Value, out var n) || n is < 1 or > 1000))
            {
                r.AddError("--rounds is a whole number between 1 and 1000");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print JSON and nothing else." };
        command.Options.Add(rounds);
        command.Options.Add(json);
        var settings = new SettingArguments(command, Verbs.Synthesize);
        command.SetAction((parsed, cancellation) =>
        {
            var given = settings.Resolve(parsed);
            var weights = ChosenWeights.For(given.Settings);
            using var synthesizer = new Synthesizer(given.Settings, weights.Choice);
            var size = given.Settings.Size.LongSide;
            var (width, height) = (Math.Max(size, SampleScenes.Width), Math.Max(size, SampleScenes.Width) * 3 / 4);
            var input = new SynthesisInput(SampleScenes.DrawPhotograph(width, height), [SampleScenes.DrawPainting(width, height)]);
            var asJson = parsed.GetValue(json);
            if (!asJson)
            {
                var engine = synthesizer.Describe();
                terminal.Error.WriteLine(weights.Says);
                terminal.Error.WriteLine(
                    $"{engine.Device}, {engine.Threads} threads, {engine.Precision}, preset {synthesizer.Settings.Preset}");
                terminal.Out.WriteLine("level      canvas   features   matching    pulling   gradient  evaluation      floor   ratio");
            }

            var measured = new List<LevelMeasurement>();
            foreach (var level in synthesizer.Plan(input).Levels)
            {
                var one = LevelStopwatch.Measure(synthesizer, input, level.Index, parsed.GetValue(rounds), cancellation);
                measured.Add(one);
                if (!asJson)
                {
                    terminal.Out.WriteLine(Line(one));
                }
            }

            if (asJson)
            {
                terminal.Out.WriteLine(ReportJson.Write(synthesizer.Settings, synthesizer.Describe(), measured));
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string Line(LevelMeasurement level) => string.Create(CultureInfo.InvariantCulture,
        $"{level.Level + 1,5} {$"{level.Width}x{level.Height}",11} {level.Parts.Features,8:F3} s {level.Parts.Matching,8:F3} s "
        + $"{level.Parts.Pulling,8:F3} s {level.Parts.Gradient,8:F3} s {level.Seconds,9:F3} s {level.Floor,8:F3} s {level.Ratio,7:F2}");
}
