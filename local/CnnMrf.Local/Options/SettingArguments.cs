using System.CommandLine;
using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Options;

/// <summary>Settings as the command line and the settings file give them.</summary>
/// <param name="Settings">Resolved and checked.</param>
/// <param name="InitialFile">The picture to start from, when one was named.</param>
/// <param name="Given">JSON names of what was given, as against taken from the preset.</param>
/// <param name="SettingsFile">The settings file, when one was named.</param>
internal sealed record GivenSettings(
    SynthesisSettings Settings, string? InitialFile, IReadOnlySet<string> Given, string? SettingsFile)
{
    /// <summary>The files that were read for them.</summary>
    internal IEnumerable<string> Files => new[] { InitialFile, SettingsFile }.OfType<string>();
}

/// <summary>The settings' options on one command.</summary>
internal sealed class SettingArguments
{
    private static readonly string[] StartWords = ["content", "noise", "shuffle"];

    private readonly Verbs _verb;
    private readonly List<(SettingOption Setting, Option Option)> _options = [];
    private readonly Option<string> _file = new("--settings")
    {
        HelpName = "FILE",
        Description = "Settings as JSON (names as here or in camelCase); options on the command line come first.",
    };

    /// <summary>Adds the options to a command.</summary>
    internal SettingArguments(Command command, Verbs verb)
    {
        _verb = verb;
        foreach (var setting in SettingOptions.All.Where(o => o.Verbs.HasFlag(verb)))
        {
            // Only a bool leaves the word after it alone.
            Option option = setting.Value is null
                ? new Option<bool>(setting.OptionName, setting.Aliases)
                : new Option<string[]>(setting.OptionName, setting.Aliases) { Arity = ArgumentArity.OneOrMore };
            option.Description = setting.Help;
            option.HelpName = setting.Value;
            if (setting.Value is { } value && value.Contains('|', StringComparison.Ordinal))
            {
                option.CompletionSources.Add([.. value.Split('|').Where(c => c.All(l => char.IsAsciiLetterLower(l) || l == '-'))]);
            }

            _options.Add((setting, option));
            command.Options.Add(option);
        }

        command.Options.Add(_file);
    }

    /// <summary>The texts given for each setting on the command line.</summary>
    internal IEnumerable<(SettingOption Setting, string[] Texts)> Texts(ParseResult parsed) =>
        from o in _options
        where parsed.GetResult(o.Option) is { Implicit: false }
        select (o.Setting, o.Option is Option<string[]> texts
            ? parsed.GetValue(texts)!
            : [parsed.GetValue((Option<bool>)o.Option) ? "true" : "false"]);

    /// <summary>The settings of a command line where each is given at most once.</summary>
    /// <exception cref="UsageException">A setting that cannot be used.</exception>
    internal GivenSettings Resolve(ParseResult parsed) => Resolve(parsed, Texts(parsed).ToDictionary(t => t.Setting.Name, t =>
        t.Texts.Length == 1
            ? t.Texts[0]
            : throw new UsageException($"{t.Setting.OptionName} is given {t.Texts.Length} times; "
                + "only sweep takes several values of a setting")));

    /// <summary>The settings with these texts in place of the command line's.</summary>
    /// <exception cref="UsageException">A setting that cannot be used.</exception>
    internal GivenSettings Resolve(ParseResult parsed, IReadOnlyDictionary<string, string> texts)
    {
        var path = parsed.GetValue(_file);
        var merged = path is null ? new JsonObject() : ReadFile(path);
        var fromFile = merged.Select(p => p.Key).ToHashSet();
        foreach (var (name, text) in texts)
        {
            merged[name] = SettingText.ToJson(name, text);
            fromFile.Remove(name);
        }

        try
        {
            var initial = TakeInitialFile(merged);
            var settings = SettingsJson.Resolve(merged);
            // A texture has no content to start from: unless told otherwise, it starts from the style's patches in random order.
            if (_verb == Verbs.Texture && settings.Initial == InitialPicture.Content && !merged.ContainsKey("initial"))
            {
                settings = settings with { Initial = InitialPicture.Shuffle };
            }

            return new(settings, initial, merged.Select(p => p.Key).ToHashSet(), path);
        }
        catch (SettingsException e) when (e.Problems.Any(p => fromFile.Contains(p.Field)))
        {
            throw new SettingsException(
                [.. e.Problems.Select(p => fromFile.Contains(p.Field) ? p with { Field = $"{p.Field} (in {path})" } : p)]);
        }
    }

    private static string? TakeInitialFile(JsonObject merged)
    {
        if (merged["initial"] is not JsonValue value || !value.TryGetValue<string>(out var text)
            || StartWords.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!File.Exists(text))
        {
            throw new SettingsException("initial", $"'{text}' is neither content, noise or shuffle nor an existing picture");
        }

        merged["initial"] = "picture";
        return text;
    }

    private static JsonObject ReadFile(string path)
    {
        InputFiles.CheckExists(path, "settings file");
        var canonical = new JsonObject();
        try
        {
            foreach (var (name, value) in SettingsJson.ParseObject(File.ReadAllText(path)))
            {
                var known = SettingsJson.CanonicalName(name);
                if (!canonical.TryAdd(known, value?.DeepClone()))
                {
                    throw new SettingsException(name, $"is given twice: '{known}' is another name of it");
                }
            }
        }
        catch (SettingsException e)
        {
            throw new UsageException($"settings file {path}: {e.Problems[0].Field}: {e.Problems[0].Message}", e);
        }

        return canonical;
    }
}
