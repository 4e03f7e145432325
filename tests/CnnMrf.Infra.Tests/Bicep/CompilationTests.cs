namespace CnnMrf.Infra.Tests.Bicep;

public sealed class CompilationTests
{
    [Fact]
    public void The_template_and_its_modules_pass_every_rule_of_the_linter()
    {
        var result = BicepCli.Run(new Dictionary<string, string?>(), "lint", Repository.Path("infra/main.bicep"));

        Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Errors));
    }

    [Fact]
    public void A_breach_of_a_rule_would_be_seen()
    {
        var file = Repository.Path("infra/breach.bicep");
        File.WriteAllText(file, "param unused string\n");

        var result = BicepCli.Run(new Dictionary<string, string?>(), "lint", file);

        File.Delete(file);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("no-unused-params", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_parameters_files_deploy_without_a_warning()
    {
        Assert.Equal(("", ""), (Deployment.Development.Warnings, Deployment.Production.Warnings));
        Assert.Empty(Deployment.Development.Diagnostics);
        Assert.Empty(Deployment.Production.Diagnostics);
    }

    [Fact]
    public void No_module_comes_from_a_registry()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("infra"), "*.bicep", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("'br", File.ReadAllText(file), StringComparison.Ordinal);
            Assert.DoesNotContain("'ts:", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_resource_that_can_bears_the_tags()
    {
        var tagless = Deployment.Development.Resources.Where(r => r.ToString().Contains("\"location\"", StringComparison.Ordinal)
            && !r.ToString().Contains("\"azd-env-name\": \"test\"", StringComparison.Ordinal));

        Assert.Empty(tagless.Select(r => r.Id));
    }
}
