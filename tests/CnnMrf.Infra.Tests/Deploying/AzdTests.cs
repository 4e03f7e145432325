using CnnMrf.Infra.Tests.Bicep;

namespace CnnMrf.Infra.Tests.Deploying;

public sealed class AzdTests
{
    private static readonly YamlFile Azd = YamlFile.Read("azure.yaml");

    public static TheoryData<string> Hooks => [.. Azd.Keys("hooks")];

    [Fact]
    public void Its_services_are_the_resources_that_bear_their_names() => Assert.Equal(
        Azd.Keys("services"),
        Deployment.Development.Resources.Select(r => r.ToString()).Where(r => r.Contains("azd-service-name", StringComparison.Ordinal))
            .Select(r => Azd.Keys("services").Single(s => r.Contains($"\"azd-service-name\": \"{s}\"", StringComparison.Ordinal))));

    [Fact]
    public void It_deploys_the_template_that_is_tested() =>
        Assert.True(File.Exists(Repository.Path($"{Azd.Text("infra/path")}/{Azd.Text("infra/module")}.bicepparam")));

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_hook_is_an_executable_script_for_any_posix_shell(string hook)
    {
        var script = Azd.Text($"hooks/{hook}/run");

        Assert.Equal("sh", Azd.Text($"hooks/{hook}/shell"));
        Assert.StartsWith("#!/bin/sh\n", Repository.Text(script), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(Repository.Path(script)).HasFlag(UnixFileMode.UserExecute));
        }

        Assert.Equal(0, Commands.Run("sh", ["-n", Repository.Path(script)], new Dictionary<string, string?>()).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Hooks))]
    public void A_hook_asks_for_nothing_that_the_template_does_not_give(string hook)
    {
        var asked = System.Text.RegularExpressions.Regex.Matches(Repository.Text(Azd.Text($"hooks/{hook}/run")), @"\$\{([A-Z_]+):\?")
            .Select(m => m.Groups[1].Value);

        Assert.NotEmpty(asked);
        Assert.All(asked, name => Assert.Contains(name, Deployment.Development.Outputs));
    }

    [Fact]
    public void Every_hook_there_is_is_used() => Assert.Equal(
        Directory.GetFiles(Repository.Path("infra/hooks")).Select(f => $"infra/hooks/{Path.GetFileName(f)}").Order(),
        Azd.Keys("hooks").Select(h => Azd.Text($"hooks/{h}/run")).Order());
}
