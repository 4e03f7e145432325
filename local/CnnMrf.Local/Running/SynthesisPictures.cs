using System.Text;
using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Local.Running;

/// <summary>The pictures of a run, and the name of what comes of them.</summary>
internal static class SynthesisPictures
{
    // Of a default name without its ending; most file systems take 255. What is made beside the picture has a longer one.
    private const int MostBytes = 200;
    private const int LeastBytes = 8;

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

    /// <summary><c>content-style.png</c>, of names that are shortened where file systems would not take all of them.</summary>
    internal static string DefaultName(IReadOnlyList<string> paths, string suffix = "")
    {
        string[] names = [.. paths.Select(p => Path.GetFileNameWithoutExtension(p))];
        var all = string.Join('-', names);
        if (Encoding.UTF8.GetByteCount(all) > MostBytes)
        {
            all = Clip(string.Join('-', names.Select(n => Clip(n, Math.Max(LeastBytes, (MostBytes / names.Length) - 1)))), MostBytes);
        }

        return all + suffix + ".png";
    }

    private static string Clip(string name, int bytes)
    {
        var clipped = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            clipped.Append(rune);
        }

        return clipped.ToString();
    }
}
