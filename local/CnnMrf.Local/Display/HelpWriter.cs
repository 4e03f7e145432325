using System.CommandLine;
using System.CommandLine.Invocation;
using CnnMrf.Local.Commands;
using CnnMrf.Local.Options;

namespace CnnMrf.Local.Display;

/// <summary>Help with the settings under headings.</summary>
internal sealed class HelpWriter : SynchronousCommandLineAction
{
    private const int TextColumn = 40;
    private const int Width = 118;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return ExitCode.Done;
    }

    /// <summary>Writes a command's help.</summary>
    internal static void Write(Command command, TextWriter writer)
    {
        foreach (var line in Wrap(command.Description ?? "", Width))
        {
            writer.WriteLine(line);
        }

        writer.WriteLine();
        writer.WriteLine($"Usage: {Usage(command)}");
        Section(writer, "Commands", command.Subcommands.Where(c => !c.Hidden).Select(c => (Usage(c, whole: false), c.Description)));
        Section(writer, "Pictures", command.Arguments.Select(a => (a.HelpName ?? a.Name, a.Description)));
        foreach (var group in SettingOptions.All.GroupBy(o => o.Group))
        {
            var options = group.Select(s => command.Options.FirstOrDefault(o => o.Name == s.OptionName)).OfType<Option>();
            Section(writer, SettingOptions.Title(group.Key), options.Select(Row));
        }

        var settings = SettingOptions.All.Select(s => s.OptionName).ToHashSet();
        Section(writer, "Options", command.Options.Where(o => !o.Hidden && !settings.Contains(o.Name)).Select(Row));
        if (command is VerbCommand { Examples.Count: > 0 } verb)
        {
            writer.WriteLine();
            writer.WriteLine("Examples:");
            foreach (var example in verb.Examples)
            {
                writer.WriteLine($"  {Names(command)} {example}");
            }
        }

        if (command is RootCommand)
        {
            writer.WriteLine();
            writer.WriteLine("cnnmrf COMMAND --help tells more. Exit codes: 0 done, 1 failed, 2 bad usage or input, 130 interrupted.");
        }
    }

    private static (string, string?) Row(Option option)
    {
        var aliases = option.Aliases.Where(a => a is not ("/h" or "/?" or "-?"));
        return ($"{string.Join(", ", aliases.Prepend(option.Name))} {option.HelpName}".TrimEnd(), option.Description);
    }

    private static string Usage(Command command, bool whole = true)
    {
        var arguments = command.Arguments.Select(a => a.Arity.MaximumNumberOfValues > 1 ? $"{a.HelpName}…" : a.HelpName ?? a.Name);
        var tail = command.Subcommands.Count > 0 ? ["COMMAND"] : whole ? arguments.Append("[options]") : arguments;
        return string.Join(' ', tail.Prepend(whole ? Names(command) : command.Name));
    }

    private static string Names(Command command) =>
        command is RootCommand ? "cnnmrf"
        : command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Names(parent)} {command.Name}"
        : command.Name;

    private static void Section(TextWriter writer, string title, IEnumerable<(string Left, string? Right)> rows)
    {
        var list = rows.ToArray();
        if (list.Length == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine($"{title}:");
        foreach (var (left, right) in list)
        {
            var lines = Wrap(right ?? "", Width - TextColumn);
            var head = $"  {left}";
            if (head.Length > TextColumn - 2)
            {
                writer.WriteLine(head);
                head = "";
            }

            foreach (var line in lines)
            {
                writer.WriteLine($"{head.PadRight(TextColumn)}{line}".TrimEnd());
                head = "";
            }
        }
    }

    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > width)
            {
                lines.Add("");
            }

            lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
        }

        return lines;
    }
}
