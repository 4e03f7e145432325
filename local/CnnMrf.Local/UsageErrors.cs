using System.CommandLine;
using System.CommandLine.Parsing;

namespace CnnMrf.Local;

/// <summary>Says what is wrong with a command line that cannot be parsed, in one line with the nearest thing that would be right.</summary>
internal static class UsageErrors
{
    private const string NoOption = " has no option ";

    internal static UsageException From(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var path = Path(parsed.CommandResult);
        var seeHelp = $"see {path} --help";
        var stray = parsed.UnmatchedTokens is [var first, ..] ? first : null;
        if (stray is not null && command.Subcommands.Count > 0 && !stray.StartsWith('-'))
        {
            var verbs = string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));
            return new($"'{stray}' is neither a command nor an existing picture{Nearest(stray, command.Subcommands.Select(c => c.Name))}; "
                + $"the commands are {verbs} ({seeHelp})");
        }

        if (stray is not null && stray.StartsWith('-'))
        {
            return UnknownOption(stray, command, seeHelp);
        }

        if (parsed.Errors is [{ SymbolResult: ArgumentResult { Argument: var missing, Tokens.Count: 0, Parent: CommandResult } }, ..])
        {
            return new($"{command.Name} needs {missing.HelpName ?? missing.Name}: {missing.Description} ({seeHelp})");
        }

        // A misspelt option explains what it left missing.
        var cause = parsed.Errors.FirstOrDefault(e => e.Message.Contains(NoOption, StringComparison.Ordinal));
        return new(cause?.Message ?? $"{parsed.Errors[0].Message.TrimEnd('.')} ({seeHelp})");
    }

    /// <summary>An option that the command does not have.</summary>
    internal static UsageException UnknownOption(string text, Command command, string seeHelp)
    {
        var name = text.Split('=', ':')[0];
        var known = command.Options.Where(o => !o.Hidden).SelectMany(o => o.Aliases.Append(o.Name));
        return new($"{command.Name}{NoOption}{name}{Nearest(name, known)} ({seeHelp})");
    }

    private static string Path(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult c; at = at.Parent)
        {
            names.Insert(0, c.Command is RootCommand ? "cnnmrf" : c.Command.Name);
        }

        return string.Join(' ', names);
    }

    private static string Nearest(string text, IEnumerable<string> names)
    {
        var best = names.Select(n => (Name: n, Distance: Distance(text, n))).MinBy(c => c.Distance);
        return best.Name is not null && best.Distance <= Math.Max(2, text.Length / 3) ? $"; did you mean {best.Name}?" : "";
    }

    // Levenshtein's.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
