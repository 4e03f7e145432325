using System.Text.RegularExpressions;
using CnnMrf.Infra.Tests.Bicep;
using CnnMrf.Pipeline.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Infra.Tests.Watching;

public sealed partial class AlertTests
{
    private const string Query = "properties/criteria/allOf/0/query";
    private static readonly IReadOnlyList<Resource> ByQuery = Deployment.Production.Of("Microsoft.Insights/scheduledQueryRules");
    private static readonly Resource ByMetric = Deployment.Production.Only("Microsoft.Insights/metricAlerts");

    private static readonly IReadOnlyList<string> Messages = [.. typeof(PipelineDiagnostics).Assembly.GetTypes()
        .Where(t => t.Namespace == typeof(PipelineDiagnostics).Namespace)
        .SelectMany(t => t.GetMethods()).SelectMany(m => m.GetCustomAttributes(typeof(LoggerMessageAttribute), inherit: false))
        .Select(a => ((LoggerMessageAttribute)a).Message)];

    [Fact]
    public void There_is_one_for_each_thing_that_needs_somebody() => Assert.Equal(
        ["dead-lettered-levels", "failed-syntheses", "failed-workers", "oldest-level", "undrained-dead-letters"],
        ByQuery.Append(ByMetric).Select(a => a.Name).Order());

    [Fact]
    public void Each_is_on_and_is_explained_in_the_operations_page()
    {
        var page = Repository.Text("docs/operations.md");

        Assert.All(ByQuery.Append(ByMetric), alert =>
        {
            Assert.True(alert.Flag("properties/enabled"));
            Assert.Contains($"`{alert.Name}`", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Queries_look_for_what_the_pipeline_logs_by_the_names_it_logs_them()
    {
        var logged = ByQuery.Where(a => a.Text(Query).Contains("AppTraces", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, logged.Count);
        Assert.All(logged.SelectMany(a => SoughtText().Matches(a.Text(Query))), sought =>
            Assert.Contains(Messages, m => m.Contains(sought.Groups[1].Value, StringComparison.Ordinal)));
        Assert.All(logged.SelectMany(a => SoughtProperty().Matches(a.Text(Query))), sought =>
            Assert.Contains(Messages, m => m.Contains($"{{{sought.Groups[1].Value}}}", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_age_of_a_level_is_told_by_runs_as_the_code_writes_levels_and_runs()
    {
        Assert.True(Pipeline.Identity.SynthesisId.TryParse("meadow-0123456789abcdef", out var id));
        var level = new Pipeline.Identity.LevelKey(id, 12, 3);
        var pattern = LevelPattern().Match(ByQuery.Single(a => a.Name == "oldest-level").Text(Query)).Groups[1].Value;

        Assert.Equal(level.RunKey.ToString(), Regex.Match(level.ToString(), pattern).Groups[1].Value);
    }

    [Fact]
    public void Queries_are_the_files_that_people_can_run() => Assert.All(
        ByQuery, alert => Assert.Equal(Repository.Text($"infra/queries/{alert.Name}.kql"), alert.Text(Query)));

    [Fact]
    public void Dead_letters_that_stay_are_counted_in_each_queue()
    {
        Assert.Equal("DeadletteredMessages", ByMetric.Text("properties/criteria/allOf/0/metricName"));
        Assert.Equal("EntityName", ByMetric.Text("properties/criteria/allOf/0/dimensions/0/name"));
    }

    [Fact]
    public void With_an_address_somebody_is_told_and_without_one_nobody_is()
    {
        var people = Deployment.Production.Only("Microsoft.Insights/actionGroups");
        Assert.Equal("operator@example.org", people.Text("properties/emailReceivers/0/emailAddress"));
        Assert.All(ByQuery, a => Assert.Equal(1, a["properties/actions/actionGroups"].GetArrayLength()));
        Assert.Equal(1, ByMetric["properties/actions"].GetArrayLength());
        Assert.Empty(Deployment.Development.Of("Microsoft.Insights/actionGroups"));
    }

    [Fact]
    public void Logs_of_workers_go_to_the_same_workspace_by_no_key()
    {
        var environment = Deployment.Production.Only("Microsoft.App/managedEnvironments");
        var logs = Deployment.Production.Only("Microsoft.Insights/diagnosticSettings");

        Assert.Equal("azure-monitor", environment.Text("properties/appLogsConfiguration/destination"));
        Assert.True(logs.IsIn(environment));
        Assert.Equal(
            ["ContainerAppConsoleLogs", "ContainerAppSystemLogs"],
            logs["properties/logs"].EnumerateArray().Select(l => l.GetProperty("category").GetString()));
    }

    [GeneratedRegex("Message contains \"([^\"]+)\"")]
    private static partial Regex SoughtText();

    [GeneratedRegex(@"Properties\.(\w+)")]
    private static partial Regex SoughtProperty();

    [GeneratedRegex("extract\\(\"([^\"]+)\"")]
    private static partial Regex LevelPattern();
}
