using System.CommandLine;
using System.Globalization;
using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Options;

/// <summary>The options that the figures share.</summary>
internal sealed class FigureArguments
{
    private const int DefaultSize = 256;
    private const int LeastSize = 64;
    private const int MostSize = 1024;

    private readonly Option<string[]> _output = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "The figure: .svg, .png, .jpg or .webp; may be repeated. Default: out/A-B-NAME.png and .svg.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _json = new("--json")
    {
        HelpName = "FILE",
        Description = "Positions and scores as JSON; - prints them. Default: beside the figure.",
    };

    private readonly Option<string> _size = new("--size")
    {
        HelpName = "N",
        Description = $"Long side that both pictures are brought to, {LeastSize}…{MostSize} px, default {DefaultSize}: what a patch of "
            + "32 px shows.",
    };

    private readonly Argument<string> _a;
    private readonly Argument<string> _b;
    private readonly string _name;
    private readonly SettingArguments _settings;

    /// <summary>Adds the pictures and the options to a command.</summary>
    /// <param name="command">A figure of two pictures.</param>
    /// <param name="a">What the first picture is.</param>
    /// <param name="b">What the second picture is.</param>
    internal FigureArguments(Command command, string a, string b)
    {
        _name = command.Name;
        command.Arguments.Add(_a = PictureArguments.One("A", a));
        command.Arguments.Add(_b = PictureArguments.One("B", b));
        command.Options.Add(_size);
        command.Options.Add(_output);
        command.Options.Add(_json);
        _settings = new(command, Verbs.Figures);
    }

    /// <summary>Reads the pictures, checks where the figure goes, and loads the network.</summary>
    /// <exception cref="UsageException">Something of it is not as it must be.</exception>
    internal FigureInputs Read(ParseResult parsed, Terminal terminal)
    {
        var size = Whole(parsed.GetValue(_size), "--size", LeastSize, MostSize) ?? DefaultSize;
        var settings = _settings.Resolve(parsed).Settings;
        var (a, b) = (parsed.GetValue(_a)!, parsed.GetValue(_b)!);
        InputFiles.CheckExists(a, "picture A");
        InputFiles.CheckExists(b, "picture B");
        var (first, second) = (InputFiles.Read(a, "picture A"), InputFiles.Read(b, "picture B"));
        var outputs = Outputs(parsed, [a, b]);
        var network = FigureNetwork.Load(settings, WeightsStore.ForUser());
        terminal.Error.WriteLine($"Weights: {network.WeightsName} ({network.WeightsWhy}).");
        try
        {
            return new(network, new(first, size), new(second, size), a, b, outputs);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>A place in a picture.</summary>
    internal static Option<string[]> At(string option, string description) => new(option)
    {
        HelpName = "X,Y",
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Reads <c>x,y</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    internal static FigurePoint Point(string text, string option)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var x)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            ? new(x, y)
            : throw new UsageException(
                $"{option}: expects a place in the picture as X,Y in pixels from its upper left, e.g. 120,64, not '{text}'");
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="UsageException">It is none, or out of range.</exception>
    internal static int? Whole(string? text, string option, int least, int most) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n
        : throw new UsageException($"{option}: expects a whole number {least}…{most}, not '{text}'");

    private (IReadOnlyList<string> Sheets, string Json) Outputs(ParseResult parsed, IReadOnlyList<string> inputs)
    {
        var name = Path.Combine("out", string.Join('-', inputs.Select(Path.GetFileNameWithoutExtension)) + "-" + _name);
        string[] sheets = parsed.GetValue(_output) is { Length: > 0 } given ? given : [name + ".png", name + ".svg"];
        foreach (var sheet in sheets)
        {
            OutputFiles.CheckPicture(sheet, "--output", drawing: true, inputs);
        }

        var json = parsed.GetValue(_json) ?? Path.ChangeExtension(sheets[0], ".json");
        if (json != "-")
        {
            OutputFiles.CheckFile(json, "--json", [.. inputs, .. sheets]);
        }

        return (sheets, json);
    }
}
