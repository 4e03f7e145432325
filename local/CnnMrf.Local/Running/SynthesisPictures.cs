using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Local.Running;

/// <summary>The pictures of a run, and the name of what comes of them.</summary>
internal static class SynthesisPictures
{
    /// <summary>Reads them all.</summary>
    /// <exception cref="UsageException">One cannot be read.</exception>
    internal static SynthesisInput Read(string? content, IReadOnlyList<string> styles, string? initial)
    {
        // All paths first: a misspelt one is told before a large picture is decoded.
        if (content is not null)
        {
            InputFiles.CheckExists(content, "content picture");
        }

        foreach (var style in styles)
        {
            InputFiles.CheckExists(style, "style picture");
        }

        return new(
            content is null ? null : InputFiles.Read(content, "content picture"),
            [.. styles.Select(s => InputFiles.Read(s, "style picture"))],
            initial is null ? null : InputFiles.Read(initial, "initial picture"));
    }

    /// <summary><c>content + style</c>.</summary>
    internal static string Title(string? content, IReadOnlyList<string> styles) =>
        string.Join(" + ", (content is null ? styles : styles.Prepend(content)).Select(Path.GetFileNameWithoutExtension));

    /// <summary><c>content-style.png</c>.</summary>
    internal static string DefaultName(IReadOnlyList<string> paths, string suffix = "") =>
        string.Join('-', paths.Select(Path.GetFileNameWithoutExtension)) + suffix + ".png";
}
