namespace CnnMrf.Infra.Tests;

/// <summary>The files under test, copied beside the tests with the folders that they have in the repository.</summary>
internal static class Repository
{
    internal static string Root { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "repository");

    internal static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    internal static string Text(string relative) => File.ReadAllText(Path(relative));
}
