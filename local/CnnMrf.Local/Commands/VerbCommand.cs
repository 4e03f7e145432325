using System.CommandLine;

namespace CnnMrf.Local.Commands;

/// <summary>A command with examples for its help.</summary>
internal sealed class VerbCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Command lines without the program's name and verb.</summary>
    internal IReadOnlyList<string> Examples { get; } = examples;
}
