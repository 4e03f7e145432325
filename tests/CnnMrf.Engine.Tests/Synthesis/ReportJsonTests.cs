using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class ReportJsonTests
{
    [Fact]
    public void Energies_are_style_by_layer_content_smoothness_and_total()
    {
        var terms = new EnergyTerms(new Dictionary<string, double> { ["relu3_1"] = 1.5, ["relu4_1"] = 2 }, 3, 4, 6.504);
        Assert.Equal(
            """{"style":{"relu3_1":1.5,"relu4_1":2},"content":3,"smoothness":4,"total":6.504}""", ReportJson.Write(terms));
        Assert.EndsWith(""","total":6.504,"layout":0.25}""", ReportJson.Write(terms, 0.25), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_says_what_weights_were_asked_for_which_were_used_and_why()
    {
        var settings = Narrow.Settings(Preset.Balanced) with { Weights = "auto", Iterations = [0], Levels = 1 };
        using var synthesizer = new Synthesizer(settings, new WeightsChoice(OwnWeights.Load(), null, "auto: none"));
        var json = JsonNode.Parse(ReportJson.Write(synthesizer.Run(new(Narrow.Picture(48, 40, 1), [Narrow.Picture(52, 44, 2)])).Report))!;
        Assert.Equal(
            ("auto", "own", "auto: none", OwnWeights.Load().Sha256),
            ((string)json["settings"]!["weights"]!, (string)json["weights"]!, (string)json["weightsWhy"]!, (string)json["weightsSha256"]!));
        Assert.Equal("average", (string)json["settings"]!["pooling"]!);
        Assert.Equal(OwnWeights.Load().Padding, synthesizer.Settings.Padding);
    }

    [Fact]
    public void A_texture_has_no_layout_and_random_weights_no_hash()
    {
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Paper) with { Iterations = [0], Levels = 1 });
        var json = JsonNode.Parse(ReportJson.Write(synthesizer.Run(new(null, [Narrow.Picture(52, 44, 2)])).Report))!;
        Assert.Null(json["matches"]!["layout"]);
        Assert.Null(json["weightsSha256"]);
        Assert.NotNull(json["matches"]!["copy"]);
    }

    [Fact]
    public void The_report_names_settings_levels_and_matches()
    {
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced) with { Seed = 5 });
        var report = synthesizer.Run(new(Narrow.Picture(48, 40, 1), [Narrow.Picture(52, 44, 2)])).Report;
        var json = JsonNode.Parse(ReportJson.Write(report))!;
        Assert.Equal(5, (int)json["settings"]!["seed"]!);
        Assert.Equal("random, seed 1", (string)json["weights"]!);
        Assert.Equal(("cpu", 1, "float32"), ((string)json["device"]!, (int)json["threads"]!, (string)json["precision"]!));
        Assert.NotEmpty(json["versions"]!.AsObject());
        var level = json["levels"]![1]!;
        Assert.Equal((60, 50), ((int)level["width"]!, (int)level["height"]!));
        Assert.Equal((3, 4), ((int)level["iterations"]!, (int)level["evaluations"]!));
        Assert.All(["relu3_1", "relu4_1"], l => Assert.True((double)level["energy"]!["first"]!["style"]![l]! > 0));
        Assert.True((double)level["energy"]!["last"]!["total"]! > 0);
        Assert.Equal(4, level["objective"]!["trace"]!.AsArray().Count);
        Assert.Equal((double)level["objective"]!["last"]!, (double)level["objective"]!["trace"]![3]!["objective"]!);
        Assert.InRange((double)json["matches"]!["meanNcc"]!, 0, 1);
        Assert.InRange((double)json["matches"]!["copy"]!, 0, 1);
        Assert.InRange((double)json["matches"]!["layout"]!, 0, 1);
        Assert.False((bool)json["interrupted"]!);
        Assert.True((long)json["peakMemoryBytes"]! > 0);
        Assert.True((double)json["seconds"]! > 0);
    }
}
