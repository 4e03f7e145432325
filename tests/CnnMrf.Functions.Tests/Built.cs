using System.Reflection;
using System.Runtime.InteropServices;

namespace CnnMrf.Functions.Tests;

/// <summary>The assemblies that were built beside this one, for reading.</summary>
internal static class Built
{
    private static readonly Dictionary<string, string> Metadata = typeof(Built).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.First().Value ?? "");

    /// <summary>Where the sources are.</summary>
    internal static string Repository => Metadata["Repository"];

    internal static bool OnFunctionsPackages => Metadata["FunctionsSdk"] == "packages";

    internal static bool OnServiceBusPackages => Metadata["ServiceBusSdk"] == "packages";

    /// <summary>What this build was made with.</summary>
    internal static IReadOnlyList<string> Properties { get; } =
        [
            "Configuration=" + Metadata["Configuration"], "ArtifactsPath=" + Path.GetDirectoryName(Metadata["Output"].TrimEnd('/')),
            "FunctionsSdk=" + Metadata["FunctionsSdk"], "ServiceBusSdk=" + Metadata["ServiceBusSdk"],
        ];

    /// <summary>Both contracts.</summary>
    internal static IReadOnlyList<string> Contracts { get; } =
        [
            File("CnnMrf.Contracts.Functions", "CnnMrf.Contracts.Functions.dll"),
            File("CnnMrf.Contracts.ServiceBus", "CnnMrf.Contracts.ServiceBus.dll"),
        ];

    /// <summary>Whoever may use them.</summary>
    internal static IReadOnlyList<string> Users { get; } =
        [File("CnnMrf.Functions", "CnnMrf.Functions.dll"), File("CnnMrf.ServiceBus", "CnnMrf.ServiceBus.dll")];

    /// <summary>Folders with the real assemblies, as far as this build has them; more may be named in
    /// <c>CNNMRF_REAL_ASSEMBLIES</c>.</summary>
    internal static IReadOnlyList<string> RealFolders { get; } =
    [
        .. new[] { Environment.GetEnvironmentVariable("CNNMRF_REAL_ASSEMBLIES") }.OfType<string>().Where(f => f.Length > 0),
        Path.GetDirectoryName(Users[0])!,
    ];

    /// <summary>The function app, its types readable.</summary>
    internal static Assembly Functions { get; } = Reader([Path.GetDirectoryName(Users[0])!]).LoadFromAssemblyPath(Users[0]);

    /// <summary>Reads assemblies of folders, the contracts and this runtime.</summary>
    internal static MetadataLoadContext Reader(IEnumerable<string> folders)
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var web = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(runtime.TrimEnd(Path.DirectorySeparatorChar)))!,
            "Microsoft.AspNetCore.App", Path.GetFileName(runtime.TrimEnd(Path.DirectorySeparatorChar)));
        var files = new[] { runtime, web }.Concat(folders).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*.dll")).Concat(Contracts)
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"));
        return new(new PathAssemblyResolver(files.DistinctBy(Path.GetFileName)), "System.Private.CoreLib");
    }

    private static string File(string project, string name) => Path.Combine(Metadata["Output"], project, Metadata["Pivot"], name);
}
