using System.Text.Json;

namespace CnnMrf.Local.Options;

/// <summary>Headings of the help text, in order.</summary>
internal enum OptionGroup
{
    /// <summary>What most people want.</summary>
    Main,

    /// <summary>The resolutions.</summary>
    Pyramid,

    /// <summary>Which patches there are, and how they are picked.</summary>
    Patches,

    /// <summary>What is minimised.</summary>
    Energy,

    /// <summary>Before the first level, between levels, after the last.</summary>
    Course,

    /// <summary>The feature network.</summary>
    Network,

    /// <summary>The machine.</summary>
    Machine,
}

/// <summary>The commands that take settings.</summary>
[Flags]
internal enum Verbs
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>synthesize</c>.</summary>
    Synthesize = 1,

    /// <summary><c>texture</c>.</summary>
    Texture = 2,

    /// <summary><c>score</c>.</summary>
    Score = 4,

    /// <summary><c>sweep</c>.</summary>
    Sweep = 8,

    /// <summary><c>fit</c>.</summary>
    Fit = 16,

    /// <summary><c>match</c> and <c>blend</c>.</summary>
    Figures = 32,

    /// <summary>Those with a content picture to follow.</summary>
    Guided = Synthesize | Sweep,

    /// <summary>Those that synthesise.</summary>
    Runs = Guided | Texture,

    /// <summary>All that synthesise, and what scores it.</summary>
    All = Runs | Score,
}

/// <summary>How a setting looks on the command line.</summary>
/// <param name="Name">The setting's JSON name.</param>
/// <param name="Group">Heading in the help.</param>
/// <param name="Verbs">Commands that have it.</param>
/// <param name="Value">The value's name in the help, or the choices; null for a flag.</param>
/// <param name="Help">One sentence.</param>
/// <param name="Example">A value, or several joined by <c>;</c>, each valid where the setting is (used by tests and by completion).</param>
internal sealed record SettingOption(string Name, OptionGroup Group, Verbs Verbs, string? Value, string Help, string Example)
{
    /// <summary>Names that users of other implementations know.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>True where a comma always belongs to one value: <c>sweep</c> then separates variants by <c>;</c> only.</summary>
    public bool CommaInside { get; init; }

    /// <summary><c>--content-weight</c>.</summary>
    public string OptionName { get; } = "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(Name);
}
