using System.Diagnostics;

namespace CnnMrf.Functions.Tests.Publishing;

/// <summary>Nothing that cannot run leaves this machine.</summary>
public sealed class PublishTests
{
    [Fact]
    public async Task An_app_that_was_compiled_against_contracts_is_not_published_and_the_error_says_what_to_do()
    {
        Assert.SkipWhen(Built.OnFunctionsPackages && Built.OnServiceBusPackages, "built on the packages, which may be published");
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Built.Repository, RedirectStandardOutput = true };
        string[] arguments =
        [
            "msbuild", Path.Combine("functions", "CnnMrf.Functions", "CnnMrf.Functions.csproj"), "-target:Publish", "-nologo",
            "-verbosity:quiet", "-nodeReuse:false", "-property:NoBuild=true", .. Built.Properties.Select(p => "-property:" + p),
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();

        Assert.NotEqual(0, build.ExitCode);
        Assert.Matches("Sdk=contracts compiles and does not run: publish with -p:(ServiceBus|Functions)Sdk=packages", said);
    }
}
