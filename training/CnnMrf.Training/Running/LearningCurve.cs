using System.Globalization;

namespace CnnMrf.Training.Running;

/// <summary>The learning curve as a table of comma-separated values: one line a report.</summary>
internal sealed class LearningCurve : IDisposable
{
    private readonly StreamWriter _writer;
    private bool _headed;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="appends">Whether lines that are there stay.</param>
    public LearningCurve(string path, bool appends)
    {
        _headed = appends && File.Exists(path);
        _writer = new(path, appends);
    }

    /// <summary>Adds a line.</summary>
    public void Add(TrainingProgress report)
    {
        if (!_headed)
        {
            _headed = true;
            _writer.WriteLine(string.Join(',', ["step", "minutes", "loss", .. report.Terms.Keys, "evaluation"]));
        }

        var evaluation = report.Evaluation is null ? ""
            : string.Join(' ', report.Evaluation.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Key}={e.Value:0.000}")));
        _writer.WriteLine(string.Join(
            ',',
            [
                report.Step.ToString(CultureInfo.InvariantCulture),
                report.Minutes.ToString("0.00", CultureInfo.InvariantCulture),
                report.Loss.ToString("0.0000", CultureInfo.InvariantCulture),
                .. report.Terms.Values.Select(t => t.ToString("0.0000", CultureInfo.InvariantCulture)),
                evaluation,
            ]));
        _writer.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
