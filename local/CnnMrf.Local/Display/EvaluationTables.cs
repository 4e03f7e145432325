using System.Globalization;
using CnnMrf.Training.Evaluation;
using Spectre.Console;

namespace CnnMrf.Local.Display;

/// <summary>An evaluation of features as tables, a column a network.</summary>
internal static class EvaluationTables
{
    private const int Width = 140;

    internal static void Write(EvaluationReport report, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Width;
        console.Write(Restyled(report));
        console.Write(Restylings(report));
        if (report.Tested.Landmarks.Count > 0)
        {
            console.Write(Landmarks(report));
        }

        if (report.Tested.Landmarks.Any(l => l.Opposite is not null))
        {
            console.Write(Facing(report));
        }

        output.WriteLine($"{Texts.Duration(report.Seconds)}: " + string.Join(", ", report.Networks.Select(
            n => $"{n.Name} {Texts.Duration(n.Seconds)}")));
    }

    private static Table Restyled(EvaluationReport report)
    {
        var table = New("Restyled: patches found within 1 / 2 / 4 cells of the truth, %", ["of", "px", "layer"], report);
        for (var i = 0; i < report.Tested.Restyled.Count; i++)
        {
            var row = report.Tested.Restyled[i];
            table.AddRow(
            [
                row.Of, Number(row.LongSide), row.Layer,
                .. report.Networks.Select(n => n.Restyled[i]).Select(r =>
                    $"{Percent(r.Within1)} / {Percent(r.Within2)} / {Percent(r.Within4)}"),
            ]);
        }

        return table;
    }

    private static Table Restylings(EvaluationReport report)
    {
        var rows = report.Tested.Restyled;
        var names = rows.SelectMany(r => r.ByRestyling.Keys).Distinct().ToArray();
        var table = Empty($"{report.Tested.Name}: within 2 cells by restyling, %", ["of", "px", "layer"], names);
        foreach (var row in rows)
        {
            table.AddRow(
            [
                row.Of, Number(row.LongSide), row.Layer,
                .. names.Select(n => row.ByRestyling.TryGetValue(n, out var share) ? Percent(share) : ""),
            ]);
        }

        return table;
    }

    private static Table Landmarks(EvaluationReport report)
    {
        var table = New(
            "Landmarks found in another picture: plain / mirrored / shifted = moved, in it or its mirror image (background moved), %",
            ["of", "px", "layer"], report);
        for (var i = 0; i < report.Tested.Landmarks.Count; i++)
        {
            var row = report.Tested.Landmarks[i];
            table.AddRow(
            [
                row.Of, Number(row.LongSide), row.Layer,
                .. report.Networks.Select(n => n.Landmarks[i]).Select(l =>
                    $"{Percent(l.Plain)} / {Percent(l.Mirrored)} / {Percent(l.Shifted)} = {Percent(l.Moved)}"
                    + (l.Either is { } either ? $", {Percent(either)}" : "")
                    + (l.Background is { } background ? $" ({Percent(background)})" : "")),
            ]);
        }

        return table;
    }

    private static Table Facing(EvaluationReport report)
    {
        var table = New("Landmarks found where both face the same way / opposite ways, %", ["of", "px", "layer"], report);
        for (var i = 0; i < report.Tested.Landmarks.Count; i++)
        {
            if (report.Tested.Landmarks[i] is { Alike: not null, Opposite: not null } row)
            {
                table.AddRow(
                [
                    row.Of, Number(row.LongSide), row.Layer,
                    .. report.Networks.Select(n => n.Landmarks[i]).Select(l => $"{Percent(l.Alike!.Value)} / {Percent(l.Opposite!.Value)}"),
                ]);
            }
        }

        return table;
    }

    private static Table New(string title, string[] keys, EvaluationReport report) =>
        Empty(title, keys, report.Networks.Select(n => n.Name));

    private static Table Empty(string title, string[] keys, IEnumerable<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
        foreach (var key in keys)
        {
            table.AddColumn(new TableColumn(key).NoWrap());
        }

        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
        }

        return table;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture);
}
