using CnnMrf.Core.Pyramid;
using CnnMrf.Engine.Synthesis;
using Spectre.Console;

namespace CnnMrf.Local.Display;

/// <summary>Progress as a table that is redrawn: a row a level, the time left beneath.</summary>
internal sealed class LiveProgress : IProgress<SynthesisProgress>
{
    private readonly Table _table;
    private readonly LiveDisplayContext _context;
    private readonly RemainingTime _remaining;
    private readonly string[] _layers;

    private LiveProgress(LiveDisplayContext context, Table table, RemainingTime remaining, string[] layers) =>
        (_context, _table, _remaining, _layers) = (context, table, remaining, layers);

    /// <summary>Runs something under the display.</summary>
    internal static T Run<T>(
        IAnsiConsole console,
        PyramidPlan plan,
        IReadOnlyList<string> layers,
        RemainingTime remaining,
        Func<IProgress<SynthesisProgress>, T> run)
    {
        var table = new Table().Border(TableBorder.Simple);
        string[] headings = ["level", "iteration", .. layers, "content", "smooth", "objective"];
        foreach (var name in headings)
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var level in plan.Levels)
        {
            table.AddRow([level.Size.ToString(), $"0/{level.Iterations}", .. Enumerable.Repeat("", layers.Count + 3)]);
        }

        return console.Live(table).Start(context =>
        {
            context.Refresh();
            return run(new LiveProgress(context, table, remaining, [.. layers]));
        });
    }

    /// <inheritdoc/>
    public void Report(SynthesisProgress value)
    {
        string[] cells =
        [
            value.Size.ToString(),
            $"{value.Iteration}/{value.Iterations}",
            .. _layers.Select(l => value.Energy.Style.TryGetValue(l, out var e) ? Texts.Energy(e) : ""),
            Texts.Energy(value.Energy.Content),
            Texts.Energy(value.Energy.Smoothness),
            Texts.Energy(value.Objective),
        ];
        for (var column = 0; column < cells.Length; column++)
        {
            _table.UpdateCell(value.Level, column, new Text(cells[column]));
        }

        var left = _remaining.Seconds(value.Level, value.Iteration, value.Iterations, value.LevelSeconds);
        _table.Caption = new TableTitle(
            $"{Texts.Duration(value.TotalSeconds)}, about {Texts.Duration(left)} left; Ctrl-C stops and keeps the picture so far");
        _context.Refresh();
    }
}
