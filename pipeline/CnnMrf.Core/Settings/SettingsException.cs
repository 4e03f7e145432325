namespace CnnMrf.Core.Settings;

/// <summary>A setting that cannot be used: which one, why, and what to do about it.</summary>
/// <param name="Field">The setting's JSON name, e.g. <c>patchSize</c>.</param>
/// <param name="Message">What is wrong and the remedy.</param>
public sealed record SettingsProblem(string Field, string Message);

/// <summary>Settings that cannot be used.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>One problem.</summary>
    public SettingsException(string field, string message)
        : this([new SettingsProblem(field, message)])
    {
    }

    /// <summary>All problems found at once.</summary>
    public SettingsException(IReadOnlyList<SettingsProblem> problems)
        : base(string.Join(Environment.NewLine, problems.Select(p => $"{p.Field}: {p.Message}"))) => Problems = problems;

    /// <summary>All problems, in the order of the settings.</summary>
    public IReadOnlyList<SettingsProblem> Problems { get; }
}
