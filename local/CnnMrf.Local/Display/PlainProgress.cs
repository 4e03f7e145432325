using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Local.Display;

/// <summary>Progress as lines: the start and end of every level, and every few seconds between.</summary>
internal sealed class PlainProgress(TextWriter writer, RemainingTime remaining) : IProgress<SynthesisProgress>
{
    private const double EverySeconds = 5;

    private int _level = -1;
    private double _next;

    /// <inheritdoc/>
    public void Report(SynthesisProgress value)
    {
        var first = value.Level != _level;
        if (!first && value.Iteration < value.Iterations && value.TotalSeconds < _next)
        {
            return;
        }

        _level = value.Level;
        _next = value.TotalSeconds + EverySeconds;
        var left = remaining.Seconds(value.Level, value.Iteration, value.Iterations, value.LevelSeconds);
        var terms = string.Join(", ", value.Energy.Style.Select(s => $"{s.Key} {Texts.Energy(s.Value)}")
            .Append($"content {Texts.Energy(value.Energy.Content)}").Append($"smoothness {Texts.Energy(value.Energy.Smoothness)}"));
        writer.WriteLine($"level {value.Level + 1}/{value.Levels} {value.Size}, iteration {value.Iteration}/{value.Iterations}: "
            + $"objective {Texts.Energy(value.Objective)} ({terms}); "
            + $"{Texts.Duration(value.TotalSeconds)}, about {Texts.Duration(left)} left");
    }
}
