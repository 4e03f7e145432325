using System.Globalization;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Local.Display;

/// <summary>Progress of a pull: one line that is overwritten on a terminal, a line every tenth otherwise.</summary>
internal sealed class PullDisplay(Terminal terminal) : IProgress<PullProgress>
{
    private int _told = -1;

    /// <inheritdoc/>
    public void Report(PullProgress value)
    {
        if (value.Note is { } note)
        {
            terminal.Error.WriteLine(note);
            return;
        }

        if (value.BytesWanted is not { } wanted || wanted <= 0)
        {
            return;
        }

        var live = terminal.Live is not null;
        var step = (int)(value.BytesHeld * (live ? 100 : 10) / wanted);
        if (step == _told)
        {
            return;
        }

        _told = step;
        var text = $"{Megabytes(value.BytesHeld)} of {Megabytes(wanted)}";
        if (!live)
        {
            terminal.Error.WriteLine(text);
        }
        else
        {
            terminal.Error.Write($"\r{text} ");
            if (value.BytesHeld >= wanted)
            {
                terminal.Error.WriteLine();
            }
        }
    }

    /// <summary><c>24.1 MB</c>.</summary>
    internal static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
