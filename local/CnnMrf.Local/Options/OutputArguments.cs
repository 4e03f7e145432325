using System.CommandLine;
using System.Globalization;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Options;

/// <summary>What a run writes.</summary>
/// <param name="Picture">The result.</param>
/// <param name="Levels">Folder for every level's picture, or null.</param>
/// <param name="SnapshotEvery">Iterations between snapshots, or null.</param>
/// <param name="Report">report.json, or null.</param>
/// <param name="Sheet">Content, style, levels and result on one picture, or null.</param>
/// <param name="Quiet">True when nothing but errors is said.</param>
internal sealed record Outputs(string Picture, string? Levels, int? SnapshotEvery, string? Report, string? Sheet, bool Quiet)
{
    /// <summary>Where snapshots go: with the levels, or beside the result.</summary>
    internal string SnapshotFolder => Levels ?? Path.ChangeExtension(Picture, null) + "-snapshots";
}

/// <summary>The options about files that are written.</summary>
internal sealed class OutputArguments
{
    private readonly Option<string> _output = new("--output", "-o") { HelpName = "FILE", Description = "The result: .png, .jpg or .webp." };
    private readonly Option<string> _levels = new("--save-levels")
    {
        HelpName = "DIR",
        Description = "Also write the picture of every level.",
    };

    private readonly Option<string> _snapshots = new("--snapshot-every")
    {
        HelpName = "N",
        Description = "Also write the picture after every N iterations.",
    };

    private readonly Option<string> _report = new("--report")
    {
        HelpName = "FILE",
        Description = "Write settings, energies and times as JSON.",
    };

    private readonly Option<string> _sheet = new("--sheet")
    {
        HelpName = "FILE",
        Description = "Also write what was given, every level and the result as one picture with captions: .png, .svg, .jpg or .webp.",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Say nothing but errors; make no time estimate." };
    private readonly bool _single;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="single">False for a command that makes several pictures, which has no levels or snapshots to write.</param>
    internal OutputArguments(Command command, bool single)
    {
        _single = single;
        command.Options.Add(_output);
        if (single)
        {
            command.Options.Add(_levels);
            command.Options.Add(_snapshots);
            command.Options.Add(_sheet);
        }

        command.Options.Add(_report);
        command.Options.Add(_quiet);
    }

    /// <summary>Reads the options and checks that everything can be written.</summary>
    /// <exception cref="UsageException">Something cannot be written.</exception>
    internal Outputs Resolve(ParseResult parsed, string defaultName, IReadOnlyList<string> inputs)
    {
        var picture = parsed.GetValue(_output);
        OutputFiles.CheckPicture(picture ?? Path.Combine("out", defaultName), "--output", !_single, inputs);
        var outputs = new Outputs(
            picture ?? Path.Combine("out", defaultName),
            _single ? parsed.GetValue(_levels) : null,
            _single ? Every(parsed.GetValue(_snapshots)) : null,
            parsed.GetValue(_report),
            _single ? parsed.GetValue(_sheet) : null,
            parsed.GetValue(_quiet));
        if (outputs.Levels is { } levels)
        {
            OutputFiles.CheckFolder(levels, "--save-levels");
        }

        if (outputs.SnapshotEvery is not null)
        {
            OutputFiles.CheckFolder(outputs.SnapshotFolder, "--snapshot-every");
        }

        List<string> others = [.. inputs, outputs.Picture];
        if (outputs.Report is { } report)
        {
            OutputFiles.CheckFile(report, "--report", others);
            others.Add(report);
        }

        if (outputs.Sheet is { } sheet)
        {
            OutputFiles.CheckPicture(sheet, "--sheet", drawing: true, others);
        }

        return outputs;
    }

    private static int? Every(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n
        : throw new UsageException($"--snapshot-every: expects a whole number above 0, not '{text}'");
}
