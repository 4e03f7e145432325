using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;

namespace CnnMrf.Pipeline.Tests.Json;

public sealed class SchemaTests
{
    public static TheoryData<string> Names => [.. PipelineSchemas.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_committed_schema_is_the_one_of_the_types(string name)
    {
        var file = Path.Combine(Folder(), name + ".json");
        var text = PipelineSchemas.Text(PipelineSchemas.All[name]);
        if (Environment.GetEnvironmentVariable("CNNMRF_WRITE_SCHEMAS") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.True(
            File.Exists(file) && File.ReadAllText(file) == text,
                $"docs/schemas/{name}.json is out of date: run the tests with CNNMRF_WRITE_SCHEMAS=1.");
    }

    [Fact]
    public void No_schema_is_committed_that_no_type_has() =>
        Assert.Equal(PipelineSchemas.All.Keys.Order(),
            Directory.GetFiles(Folder(), "*.json").Select(Path.GetFileNameWithoutExtension).Order());

    [Fact]
    public void The_table_of_parameters_explains_every_setting()
    {
        var rows = File.ReadLines(Path.Combine(Folder(), "..", "parameters.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('|')[1]).ToArray();
        Assert.DoesNotContain(SettingsJson.Names, n => !rows.Any(r => r.Contains($"`{n}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_schema_of_settings_names_every_setting_and_every_choice()
    {
        var properties = PipelineSchemas.All["settings"]["properties"]!.AsObject();
        Assert.Equal(SettingsJson.Names, properties.Select(p => p.Key));
        Assert.Equal(["balanced", "paper", "authors", "authors-cli"], properties["preset"]!["enum"]!.AsArray().Select(v => (string)v!));
        Assert.All(properties, p => Assert.IsType<JsonObject>(p.Value));
    }

    [Fact]
    public void The_schema_of_a_job_demands_its_version_and_all_that_it_cannot_do_without()
    {
        var schema = PipelineSchemas.All["level-job"];
        Assert.Equal(LevelJob.CurrentVersion, (int)schema["properties"]!["version"]!["const"]!);
        var written = JsonNode.Parse(PipelineJson.Write(DocumentTests.Job()))!.AsObject();
        Assert.All(schema["required"]!.AsArray(), name => Assert.True(written.ContainsKey((string)name!)));
        Assert.All(written, p => Assert.True(schema["properties"]!.AsObject().ContainsKey(p.Key)));
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/schemas"));
}
