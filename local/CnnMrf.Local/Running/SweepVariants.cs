using CnnMrf.Local.Options;

namespace CnnMrf.Local.Running;

/// <summary>A setting with the values that a sweep tries.</summary>
internal sealed record SweptSetting(SettingOption Setting, IReadOnlyList<string> Values)
{
    /// <summary><c>content-weight 0.5</c>.</summary>
    internal string Label(int index) => $"{Setting.OptionName[2..]} {Values[index]}";
}

/// <summary>Which settings a sweep varies, and which it keeps.</summary>
/// <param name="Rows">The setting that changes from row to row; null with one swept setting.</param>
/// <param name="Columns">The setting that changes from column to column.</param>
/// <param name="Fixed">Texts of the settings that stay, by name.</param>
internal sealed record SweepVariants(SweptSetting? Rows, SweptSetting Columns, IReadOnlyDictionary<string, string> Fixed)
{
    /// <summary>
    /// Splits what was given: repeated values are variants; so are parts between semicolons; so are parts between commas, unless there is a
    /// semicolon or the setting's commas always belong to one value.
    /// </summary>
    /// <exception cref="UsageException">No setting, or more than two, have several values.</exception>
    internal static SweepVariants From(IEnumerable<(SettingOption Setting, string[] Texts)> given)
    {
        var all = given.Select(g => new SweptSetting(g.Setting, [.. g.Texts.SelectMany(t => Split(g.Setting, t))])).ToArray();
        if (all.FirstOrDefault(s => s.Values.Count == 0) is { } empty)
        {
            throw new UsageException($"{empty.Setting.OptionName} has no value to try");
        }

        var swept = all.Where(s => s.Values.Count > 1).ToArray();
        var kept = all.Where(s => s.Values.Count == 1).ToDictionary(s => s.Setting.Name, s => s.Values[0]);
        return swept.Length switch
        {
            1 => new(null, swept[0], kept),
            2 => new(swept[0], swept[1], kept),
            0 => throw new UsageException("sweep needs a setting with several values, e.g. --content-weight .5,1,2,4 "
                + "(variants of a list: '4,2,1;1')"),
            _ => throw new UsageException($"sweep varies at most two settings, rows and columns; "
                + $"{string.Join(", ", swept.Select(s => s.Setting.OptionName))} all have several values"),
        };
    }

    /// <summary>All variants, row by row.</summary>
    internal IEnumerable<(string Label, IReadOnlyDictionary<string, string> Texts)> All()
    {
        for (var row = 0; row < (Rows?.Values.Count ?? 1); row++)
        {
            for (var column = 0; column < Columns.Values.Count; column++)
            {
                var texts = new Dictionary<string, string>(Fixed) { [Columns.Setting.Name] = Columns.Values[column] };
                if (Rows is not null)
                {
                    texts[Rows.Setting.Name] = Rows.Values[row];
                }

                yield return (Rows is null ? Columns.Label(column) : $"{Rows.Label(row)}, {Columns.Label(column)}", texts);
            }
        }
    }

    private static string[] Split(SettingOption setting, string text)
    {
        var separator = text.Contains(';', StringComparison.Ordinal) || setting.CommaInside ? ';' : ',';
        return text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
