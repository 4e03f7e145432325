using System.Reflection;

namespace CnnMrf.Infra.Tests.Bicep;

/// <summary>The real compiler.</summary>
internal static class BicepCli
{
    private static readonly string Folder = typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "BicepFolder").Value!;

    internal static CommandResult Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Commands.Run(Path.Combine(Folder, OperatingSystem.IsWindows() ? "bicep.exe" : "bicep"), arguments, environment);
}
