using System.CommandLine;

namespace CnnMrf.Local.Options;

/// <summary>The pictures that commands take.</summary>
internal static class PictureArguments
{
    /// <summary>One picture.</summary>
    internal static Argument<string> One(string name, string description) => Make<string>(name, description, ArgumentArity.ExactlyOne);

    /// <summary>One picture or more.</summary>
    internal static Argument<string[]> Some(string name, string description) => Make<string[]>(name, description, ArgumentArity.OneOrMore);

    private static Argument<T> Make<T>(string name, string description, ArgumentArity arity)
    {
        var argument = new Argument<T>(name) { Description = description, Arity = arity, HelpName = name };
        // A misspelt option would pass as a picture.
        argument.Validators.Add(result =>
        {
            var option = result.Tokens.Select(t => t.Value).FirstOrDefault(t => t.StartsWith('-') && t.Length > 1 && !File.Exists(t));
            if (option is not null && result.Parent is System.CommandLine.Parsing.CommandResult { Command: var command })
            {
                result.AddError(UsageErrors.UnknownOption(option, command, $"see cnnmrf {command.Name} --help").Message);
            }
        });
        return argument;
    }
}
