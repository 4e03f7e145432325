using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Uploads;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Pipeline.Tests.Json;

public sealed class DocumentTests
{
    private static readonly SynthesisId Id = SynthesisId.Parse("cat-0123456789abcdef");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<JsonObject> Overrides =
        from preset in Gen.Elements("balanced", "paper", "authors", "authors-cli")
        from size in Gen.Choose(64, 1024)
        from weight in Gen.Choose(1, 1_000_000).Select(w => (w / 3e5).ToString("R", CultureInfo.InvariantCulture))
        from levels in Gen.Elements("null", "3", "5")
        from iterations in Gen.Elements("7", "[9,8,7]", "[5,4,3,2,1]", "")
        from layers in Gen.Elements("", "\"relu3_1:0.3\"", "\"relu2_1,relu3_1,relu4_1:2.5\"")
        from space in Gen.Elements("auto", "weights", "weights,narrow:0.3/0.6/1")
        select Json(
            $$"""{"preset":"{{preset}}","size":{{size}},"contentWeight":{{weight}},"""
            + $"\"matchSpace\":\"{space}\"" + Optional("levels", iterations.Contains('[') ? "" : levels)
                + Optional("iterations", iterations)
            + Optional("mrfLayers", layers) + "}");

    [Fact]
    public void Settings_within_a_document_come_back_as_they_were() => Prop.ForAll(Overrides.ToArbitrary(), overrides =>
    {
        var settings = SettingsJson.Resolve(overrides);
        var request = Request() with { Settings = settings };
        var read = PipelineJson.Read<SynthesisRequest>(PipelineJson.Write(request), "r");
        Assert.Equal(settings, read.Settings);
        Assert.Equal(SettingsJson.ToCanonicalUtf8(settings), SettingsJson.ToCanonicalUtf8(read.Settings!));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Equal_settings_have_equal_canonical_bytes_however_they_were_written() => Prop.ForAll(Overrides.ToArbitrary(), overrides =>
    {
        var reordered = new JsonObject(
            overrides.Reverse().Select(p => KeyValuePair.Create(p.Key.ToUpperInvariant(), p.Value?.DeepClone())));
        Assert.Equal(
            SettingsJson.ToCanonicalUtf8(SettingsJson.Resolve(overrides)), SettingsJson.ToCanonicalUtf8(SettingsJson.Resolve(reordered)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_document_with_nothing_but_what_it_needs_is_read_as_it_was_written()
    {
        Roundtrip(Request());
        Roundtrip(Request() with { Problem = new("c", "m") });
        Roundtrip(Job());
        Roundtrip(Outcome());
        Roundtrip(Progress());
        Roundtrip(new LevelOwner());
        Roundtrip(new LevelNotice { Id = Id, Run = 1, Level = 1, Attempt = 1 });
        Roundtrip(new CancelMarker { RequestedAt = Now });
        Roundtrip(new BatchReport { Name = "b", ManifestHash = "h", Status = BatchState.Running, StartedAt = Now, UpdatedAt = Now });
        Roundtrip(new UploadRecord { Folder = "f", Signature = "s", Id = Id, RecordedAt = Now });
        Roundtrip(new FitReport { Fit = 1, MeanNcc = 1, Coverage = 1, Copy = 1, Advice = "a" });
        Roundtrip(new SynthesisStatus
        {
            Id = Id,
            Name = "n",
            Run = 1,
            Status = SynthesisState.Queued,
            CreatedAt = Now,
            UpdatedAt = Now,
        });
    }

    [Fact]
    public void Numbers_that_are_none_survive()
    {
        var style = new Dictionary<string, double> { ["relu3_1"] = double.PositiveInfinity };
        var progress = Progress() with { Energy = new(style, 0, 0, double.NaN) };
        var read = PipelineJson.Read<LevelProgress>(PipelineJson.Write(progress), "p");
        Assert.True(double.IsNaN(read.Energy!.Total) && double.IsPositiveInfinity(read.Energy.Style["relu3_1"]));
    }

    [Theory]
    [InlineData("{\"version\":2}", "is a level notice of version 2; this program reads version 1. Update it.")]
    [InlineData("{\"version\":0}", "version 0")]
    [InlineData("{}", "no JSON object that says its version")]
    [InlineData("[1]", "no JSON object that says its version")]
    [InlineData("{\"version\":\"1\"}", "no JSON object that says its version")]
    [InlineData("{\"version\":1}", "no valid level notice")]
    [InlineData("{\"version\":1,\"id\":\"../x\",\"run\":1,\"level\":1,\"attempt\":1}", "expects the id of a synthesis")]
    [InlineData("{\"version\":1,\"id\":\"\\ud800\"}", "no valid level notice")]
    [InlineData("{\"version\":1,\"\\ud800\":1}", "no valid JSON")]
    [InlineData("nonsense", "no valid JSON")]
    [InlineData("", "no valid JSON")]
    public void What_cannot_be_read_is_refused_with_the_reason(string json, string reason)
    {
        var e = Assert.Throws<DocumentException>(() => PipelineJson.Read<LevelNotice>(Encoding.UTF8.GetBytes(json), "The message"));
        Assert.Contains("The message", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Choices_are_written_as_words()
    {
        Assert.Contains("\"end\":\"poor-fit\"", Encoding.UTF8.GetString(PipelineJson.Write(Outcome() with { End = LevelEnd.PoorFit })),
            StringComparison.Ordinal);
        Assert.Contains("\"role\":\"content\"", Encoding.UTF8.GetString(PipelineJson.Write(Job())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_of_a_thousand_levels_is_refused() => Assert.Throws<DocumentException>(() => PipelineJson.Read<LevelNotice>(
        Encoding.UTF8.GetBytes("{\"version\":1,\"x\":" + new string('[', 1000) + new string(']', 1000) + "}"), "m"));

    [Fact]
    public void A_member_unknown_here_is_passed_over()
    {
        var json = Encoding.UTF8.GetString(PipelineJson.Write(new LevelNotice { Id = Id, Run = 1, Level = 2, Attempt = 3 }));
        var more = Encoding.UTF8.GetBytes(json.Replace("{", "{\"later\":[1],", StringComparison.Ordinal));
        Assert.Equal(3, PipelineJson.Read<LevelNotice>(more, "m").Attempt);
    }

    [Fact]
    public void A_job_with_settings_out_of_range_is_refused()
    {
        var json = JsonNode.Parse(PipelineJson.Write(Job()))!;
        json["settings"]!["history"] = 0;
        Assert.Throws<DocumentException>(() => PipelineJson.Read<LevelJob>(Encoding.UTF8.GetBytes(json.ToJsonString()), "job"));
    }

    [Fact]
    public void A_job_of_sixteen_styles_fits_in_a_message()
    {
        var input = new PreparedInput(InputRole.Style, 12, "style-12.safetensors", new(4000, 3000), new string('a', 64));
        var job = Job() with
        {
            Inputs = [.. Enumerable.Repeat(input, 34)],
            Plan = Job().Plan with { Styles = [.. Enumerable.Repeat(input.Size, 16)] },
        };
        Assert.InRange(PipelineJson.Write(job).Length, 1, 48_000);
    }

    [Fact]
    public void Whatever_may_be_null_may_be_left_out()
    {
        var nullability = new NullabilityInfoContext();
        var types = typeof(LevelJob).Assembly.GetTypes()
            .Where(t => t.IsPublic && !t.ContainsGenericParameters && PipelineJson.Options.TryGetTypeInfo(t, out _)
                && t.GetConstructors() is [{ } only] && only.GetParameters().Length > 0);
        foreach (var parameter in types.SelectMany(t => t.GetConstructors()[0].GetParameters()))
        {
            Assert.True(
                nullability.Create(parameter).ReadState != NullabilityState.Nullable || parameter.HasDefaultValue,
                $"{parameter.Member.DeclaringType!.Name}.{parameter.Name}");
        }
    }

    internal static SynthesisRequest Request() => new() { Id = Id, Name = "n", Source = RequestSource.Http, CreatedAt = Now };

    internal static LevelJob Job() => new()
    {
        Id = Id,
        Run = 1,
        Level = 1,
        Levels = 2,
        Attempt = 1,
        Settings = SettingsJson.Parse("{}") with { Weights = "own" },
        Weights = new("own", new string('0', 64)),
        Inputs = [new(InputRole.Content, 0, "content.png", new(64, 48), "aa"), new(InputRole.Style, 0, "style-0.png", new(64, 64), "bb")],
        Plan = new LevelPlan(0, new(64, 48), new(64, 48), [new(64, 64)], 30, 4, 0, 1),
        Output = new(128, 96),
        DispatchedAt = Now,
        Deadline = Now.AddHours(24),
    };

    private static LevelOutcome Outcome() => new() { Id = Id, Run = 1, Level = 1, Attempt = 1, End = LevelEnd.Failed, EndedAt = Now };

    private static LevelProgress Progress() => new()
    {
        Id = Id,
        Run = 1,
        Level = 1,
        Attempt = 1,
        Worker = "w",
        Phase = LevelPhase.Optimizing,
        Iteration = 1,
        Furthest = 2,
        Iterations = 3,
        Seconds = 1,
        StartedAt = Now,
        Heartbeat = Now,
    };

    private static void Roundtrip<T>(T document)
        where T : class, IDocument
    {
        var once = PipelineJson.Write(document);
        Assert.Equal(once, PipelineJson.Write(PipelineJson.Read<T>(once, typeof(T).Name)));
    }

    private static string Optional(string name, string value) => value.Length == 0 ? "" : $",\"{name}\":{value}";

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
