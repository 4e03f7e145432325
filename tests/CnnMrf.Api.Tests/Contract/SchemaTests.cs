using System.Text.Json;
using System.Text.Json.Nodes;
using CnnMrf.Api.Batches;
using CnnMrf.Api.Forms;
using CnnMrf.Api.Json;
using CnnMrf.Api.Problems;
using CnnMrf.Api.Syntheses;
using CnnMrf.Api.Syntheses.Levels;
using CnnMrf.Api.Syntheses.List;
using CnnMrf.Api.Syntheses.Requests;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Api.Tests.Contract;

/// <summary>The schemas of openapi.json are those of the types.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string, Type> Answers => new()
    {
        { "Synthesis", typeof(SynthesisView) },
        { "LevelSummary", typeof(LevelSummary) },
        { "Links", typeof(SynthesisLinks) },
        { "Fit", typeof(FitView) },
        { "Size", typeof(PixelSize) },
        { "Energies", typeof(Energies) },
        { "Failure", typeof(Problem) },
        { "SynthesisList", typeof(SynthesisList) },
        { "Level", typeof(LevelView) },
        { "Sample", typeof(LevelSample) },
        { "Request", typeof(RequestView) },
        { "RequestInput", typeof(RequestInputView) },
        { "Batch", typeof(BatchView) },
        { "BatchCounts", typeof(BatchCounts) },
        { "BatchItem", typeof(BatchItemView) },
        { "Problem", typeof(ProblemDocument) },
        { "FieldProblem", typeof(FieldProblem) },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_has_exactly_the_properties_that_are_described(string schema, Type type) => Assert.Equal(
        Names(ApiJson.Options, type), Properties(schema));

    [Theory]
    [InlineData("BatchManifest", typeof(BatchManifest))]
    [InlineData("BatchPair", typeof(BatchPair))]
    public void A_manifest_may_have_exactly_the_properties_that_are_described(string schema, Type type) => Assert.Equal(
        Names(PipelineJson.Options, type), Properties(schema));

    [Fact]
    public void The_form_may_have_exactly_the_parts_that_are_described() =>
        Assert.Equal(FormPart.All.Select(p => p.Name).Order(), Properties("SynthesisForm"));

    [Fact]
    public void Every_schema_is_one_of_these_or_a_simple_one() => Assert.Equal(
        ["BatchManifest", "BatchPair", "Names", "Settings", "Status", "SynthesisForm"],
        OpenApiDocument.Committed.Components("schemas").Select(s => s.Key).Except(Answers.Select(a => a.Data.Item1)).Order());

    [Theory]
    [InlineData("Status", null, typeof(SynthesisState))]
    [InlineData("Synthesis", "source", typeof(RequestSource))]
    [InlineData("Synthesis", "preset", typeof(Preset))]
    [InlineData("Level", "phase", typeof(LevelPhase))]
    [InlineData("Request", "source", typeof(RequestSource))]
    [InlineData("RequestInput", "role", typeof(InputRole))]
    [InlineData("Batch", "status", typeof(BatchState))]
    public void An_enumeration_has_exactly_the_words_that_are_described(string schema, string? property, Type type)
    {
        var described = OpenApiDocument.Committed.Components("schemas")[schema]!;
        described = property is null ? described : described["properties"]![property]!;

        Assert.Equal(
            Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName).Order(),
            described["enum"]!.AsArray().Select(w => w!.ToString()).Order());
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        var document = OpenApiDocument.Committed;

        Assert.Equal(RequestLimits.Styles, (int)document.Components("schemas")["SynthesisForm"]!["properties"]!["style"]!["maxItems"]!);
        Assert.Equal(Pipeline.Identity.DisplayName.MaxLength,
            (int)document.Components("schemas")["SynthesisForm"]!["properties"]!["name"]!["maxLength"]!);
        Assert.Contains(
            $"{RequestLimits.BodyBytes:N0}", document.Components("schemas")["SynthesisForm"]!["description"]!.ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            $"{RequestLimits.BatchItems:N0}", document.Components("schemas")["BatchManifest"]!["description"]!.ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            $"{RequestLimits.JsonBytes:N0}", document.Components("schemas")["BatchManifest"]!["description"]!.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        using var stream = typeof(CnnMrf.Api.OpenApi.GetOpenApi).Assembly.GetManifestResourceStream("openapi.json")!;
        Check(JsonNode.Parse(stream)!);

        static void Check(JsonNode node)
        {
            switch (node)
            {
                case JsonObject o:
                    Assert.NotNull(OpenApiDocument.Committed.Resolve(o));
                    foreach (var (_, value) in o)
                    {
                        Check(value!);
                    }

                    break;
                case JsonArray a:
                    foreach (var value in a)
                    {
                        Check(value!);
                    }

                    break;
            }
        }
    }

    private static IEnumerable<string> Names(JsonSerializerOptions options, Type type) =>
        options.GetTypeInfo(type).Properties.Where(p => p.Get is not null && (p.Set is not null || !IsComputed(type, p.Name)))
            .Select(p => p.Name).Order();

    // Properties without a setter are not written.
    private static bool IsComputed(Type type, string name) =>
        type.GetProperties().Single(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == name).SetMethod is null;

    private static IEnumerable<string> Properties(string schema) =>
        OpenApiDocument.Committed.Components("schemas")[schema]!["properties"]!.AsObject().Select(p => p.Key).Order();
}
