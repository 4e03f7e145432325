namespace CnnMrf.Pipeline.Identity;

/// <summary>Names of batches: letters and digits of ASCII, <c>.</c>, <c>_</c> and <c>-</c>, beginning with a letter or digit,
/// 1…60.</summary>
public static class BatchName
{
    /// <summary>Whether a text is one.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= Slug.MaxLength } && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>The workflow's instance id.</summary>
    /// <param name="name">The batch.</param>
    /// <param name="manifestHash">Of its manifest, hexadecimal.</param>
    public static string InstanceId(string name, string manifestHash) => $"batch-{Checked(name)}-{manifestHash[..16]}";

    internal static string Checked(string name) => IsValid(name) ? name : throw new ArgumentException(
        "That is no name of a batch: expects at most 60 of A-Z, a-z, 0-9, '.', '_' and '-', a letter or digit first.", nameof(name));
}
