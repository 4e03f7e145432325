using System.Text.Json.Nodes;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Tests.Commands;

/// <summary>match, blend, fit, sheet, label maps and colours, as a user meets them.</summary>
[Collection("Engine")]
[Trait("Category", "Slow")]
public sealed class FigureTests : IDisposable
{
    private static readonly string[] Tiny =
    [
        "--weights", "random", "--mrf-layers", "relu2_1", "--content-layer", "relu2_1", "--induced-layers", "none", "--threads", "1",
        "--size", "32", "--levels", "1", "--finish-factor", "1", "--iterations", "2",
    ];

    private readonly Workplace _workplace = new();
    private readonly string _a;
    private readonly string _b;

    public FigureTests() => (_a, _b) = (_workplace.Picture("a.png", 96, 72), _workplace.Picture("b.png", 80, 80, 1));

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_match_writes_sheets_and_numbers()
    {
        var (png, svg, json) = (_workplace["m.png"], _workplace["m.svg"], _workplace["m.json"]);
        var result = await Cli.Run(
            "match", _a, _b, "--weights", "own", "--size", "96", "--at", "40,30", "--threads", "1", "-o", png, "-o", svg, "--json", json);
        Assert.Equal((0, string.Join(Environment.NewLine, png, svg, json, "")), (result.Code, result.Out));
        Assert.True(PictureCodec.Decode(png).Width > 500);
        Assert.Contains(
            "Neural matching", await File.ReadAllTextAsync(svg, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var numbers = JsonNode.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken))!;
        Assert.Equal(("own", "relu5_1", 32), ((string?)numbers["weights"], (string?)numbers["leftOut"]![0], (int)numbers["footprint"]!));
        var query = Assert.Single(numbers["queries"]!.AsArray())!;
        Assert.Equal((32, 16, 32), ((int)query["patch"]!["x"]!, (int)query["patch"]!["y"]!, (int)query["patch"]!["side"]!));
        Assert.Equal(4, query["matches"]!.AsArray().Count);
        Assert.InRange((double)query["matches"]![3]!["score"]!, -1, 1);
    }

    [Fact]
    public async Task A_blend_prints_its_numbers_when_asked()
    {
        var png = _workplace["b.png"];
        var result = await Cli.Run(
            "blend", _a, _b, "--weights", "own", "--size", "96", "--at", "40,30", "--at-b", "30,30", "--iterations", "2", "--threads", "1",
            "-o", _workplace["blend.png"], "--json", "-");
        Assert.Equal(0, result.Code);
        var numbers = JsonNode.Parse(result.Out)!;
        Assert.Equal(["pixels", "relu2_1", "relu3_1", "relu4_1"], numbers["blends"]!.AsArray().Select(b => (string?)b!["layer"]));
        Assert.True(File.Exists(_workplace["blend.png"]) && File.Exists(png));
    }

    [Theory]
    [InlineData("match A B --at 12", "expects a place in the picture as X,Y")]
    [InlineData("match A B --at 500,3", "500,3 is not in the picture, which is 96x72")]
    [InlineData("match A B --patches 9", "--patches: expects a whole number 1…8")]
    [InlineData("match A B --size 9999", "--size: expects a whole number 64…1024")]
    [InlineData("match A nothing.png", "picture B nothing.png does not exist")]
    [InlineData("match A B --weights nothing", "neither auto, own, vgg19 or random nor an existing file")]
    [InlineData("blend A B --at 1,1 --at 2,2", "--at is given 2 times")]
    [InlineData("blend A B --at-b 99,99", "is not in the picture, which is 80x80")]
    [InlineData("blend A B --iterations 0", "--iterations: expects a whole number 1…10000")]
    [InlineData("blend A B -o A", "would replace another picture")]
    [InlineData("match A B --json B", "would replace another file")]
    [InlineData("fit A B --style-scale 1,1", "2 values for 1 style pictures")]
    [InlineData("fit A B -o out.txt", "must end in .png")]
    [InlineData("fit A B --content-map A", "give both")]
    [InlineData("sheet A B", "--result")]
    [InlineData("sheet A B --result nothing.png", "result nothing.png does not exist")]
    [InlineData("sheet A B --result B --levels nowhere", "--levels nowhere is no folder")]
    [InlineData("sheet A B --result B --report A", "is no report")]
    public async Task What_cannot_be_drawn_is_refused_in_one_line(string line, string says)
    {
        var args = line.Split(' ').Select(w => w switch { "A" => _a, "B" => _b, _ => w }).ToArray();
        string[] output = args.Contains("-o") ? [] : ["-o", _workplace["out.png"]];
        Assert.Contains(says, await Cli.Refused(2, [.. args, .. output]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("match --help", "--at X,Y")]
    [InlineData("blend --help", "--at-b X,Y")]
    [InlineData("fit --help", "--content-map FILE")]
    [InlineData("sheet --help", "--levels DIR")]
    [InlineData("synthesize --help", "--preserve-color")]
    public async Task Help_tells_and_fits_into_120_columns(string line, string says)
    {
        var help = (await Cli.Run(line.Split(' '))).Out;
        Assert.Contains(says, help, StringComparison.Ordinal);
        Assert.All(help.Split('\n'), l => Assert.InRange(l.Length, 0, 120));
    }

    [Fact]
    public async Task A_fit_is_estimated_of_oblong_pictures_too()
    {
        var oblong = _workplace.Picture("oblong.png", 400, 16);

        Assert.Equal(0, (await Cli.Run("fit", oblong, _a, "-o", _workplace["fit.png"])).Code);
    }

    [Fact]
    public async Task A_fit_tells_numbers_and_advice_and_shows_where()
    {
        var map = _workplace["fit.png"];
        var result = await Cli.Run("fit", _a, _a, "-o", map);
        Assert.Equal(0, result.Code);
        Assert.Contains("fit         1.00", result.Out, StringComparison.Ordinal);
        Assert.Contains("go together", result.Error, StringComparison.Ordinal);
        Assert.Equal(new PixelSize(96, 72), PictureCodec.Decode(map).Size);
        var json = JsonNode.Parse((await Cli.Run("fit", _a, _b, "-o", map, "--json")).Out)!;
        Assert.Equal(["fit", "meanNcc", "coverage", "copy", "advice"], json.AsObject().Select(p => p.Key));
    }

    [Fact]
    public async Task A_poor_fit_ends_a_synthesis_when_asked_and_else_is_reported()
    {
        var grey = _workplace["grey.png"];
        var flat = new Picture(64, 64);
        Array.Fill(flat.Rgb, 0.5f);
        PictureCodec.Save(flat, grey);
        var refused = await Cli.Run(["synthesize", _a, grey, "-o", _workplace["r.png"], "--minimum-fit", "0.5", .. Tiny]);
        Assert.Equal(1, refused.Code);
        Assert.Contains("below minimumFit 0.5", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_workplace["r.png"]));

        var report = _workplace["r.json"];
        var done = await Cli.Run(["synthesize", _a, grey, "-o", _workplace["r.png"], "--report", report, .. Tiny]);
        Assert.Equal(0, done.Code);
        var fit = (double)JsonNode.Parse(await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken))!["fit"]!["fit"]!;
        Assert.InRange(fit, 0, 0.35);
        Assert.Contains("note: fit 0.", done.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_comes_with_the_synthesis_or_from_its_files()
    {
        var (svg, later) = (_workplace["s.svg"], _workplace["later.svg"]);
        var done = await Cli.Run(
        [
            "synthesize", _a, _b, "-o", _workplace["r.png"], "--sheet", svg, "--save-levels", _workplace["levels"],
            "--report", _workplace["r.json"], "-q", .. Tiny,
        ]);
        Assert.Equal((0, ""), (done.Code, done.Error));
        var text = await File.ReadAllTextAsync(svg, TestContext.Current.CancellationToken);
        Assert.All(
            ["a + b", "content:", "style: 80x80", "level 1: 32x24", "result: 32x24", "weights random, seed 0; fit"],
            t => Assert.Contains(t, text, StringComparison.Ordinal));
        var made = await Cli.Run(
            "sheet", _a, _b, "--result", _workplace["r.png"], "--levels", _workplace["levels"], "--report", _workplace["r.json"],
            "-o", later);
        Assert.Equal((0, later + Environment.NewLine), (made.Code, made.Out));
        Assert.Equal(text, await File.ReadAllTextAsync(later, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{"weights":"\ud800"}""", null)]
    [InlineData("""{"\ud800":1}""", "is no report")]
    [InlineData("""{"fit":1,"fit":2}""", "is no report")]
    [InlineData("""{"levels":[{"iterations":3}]}""", null)]
    public async Task A_sheet_takes_of_a_report_what_it_can_read(string report, string? says)
    {
        var file = _workplace.Text("r.json", report);
        Directory.CreateDirectory(_workplace["levels"]);
        File.Copy(_a, _workplace["levels/level0-64x48.png"]);
        string[] line = ["sheet", _a, _b, "--result", _b, "--levels", _workplace["levels"], "--report", file, "-o", _workplace["s.png"]];
        if (says is null)
        {
            Assert.Equal((0, ""), await Cli.Run(line) is var r ? (r.Code, r.Error) : default);
        }
        else
        {
            Assert.Contains(says, await Cli.Refused(2, line), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_sheet_replaces_neither_levels_nor_report()
    {
        Directory.CreateDirectory(_workplace["levels"]);
        var level = _workplace["levels/level1-64x48.png"];
        File.Copy(_a, level);
        var report = _workplace.Text("report.svg", "{}");
        foreach (var output in new[] { level, report })
        {
            Assert.Contains(
                "would replace another picture",
                await Cli.Refused(
                    2, "sheet", _a, _b, "--result", _b, "--levels", _workplace["levels"], "--report", report, "-o", output),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Label_maps_and_the_content_s_colours_change_the_picture()
    {
        var (content, style) = (Map("am.png", 96, 72, false), Map("bm.png", 80, 80, true));
        async Task<byte[]> Made(params string[] options)
        {
            Assert.Equal(0, (await Cli.Run(["synthesize", _a, _b, "-o", _workplace["r.png"], "-q", .. Tiny, .. options])).Code);
            return await File.ReadAllBytesAsync(_workplace["r.png"], TestContext.Current.CancellationToken);
        }

        var plain = await Made();
        Assert.NotEqual(plain, await Made("--content-map", content, "--style-map", style));
        Assert.NotEqual(plain, await Made("--preserve-color"));
        Assert.Equal(plain, await Made("--minimum-fit", "0"));

        string[] start = ["synthesize", _a, _b, "-o", _workplace["x.png"]];
        Assert.Contains(
            "2 style maps for 1 style pictures",
            await Cli.Refused(2, [.. start, "--content-map", content, "--style-map", style, "--style-map", style]),
            StringComparison.Ordinal);
        Assert.Contains(
            "--content-map: The content map has the colour #ff0000",
            await Cli.Refused(2, [.. start, "--content-map", content, "--style-map", Map("black.png", 80, 80, null)]),
            StringComparison.Ordinal);
        Assert.Contains(
            "same proportions",
            await Cli.Refused(2, [.. start, "--content-map", style, "--style-map", style]),
            StringComparison.Ordinal);
        Assert.Contains(
            "no label map",
            await Cli.Refused(2, [.. start, "--content-map", content, "--style-map", _b]),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_of_style_weights_lays_label_maps_for_each_variant()
    {
        var (content, style, black) = (Map("am.png", 96, 72, false), Map("bm.png", 80, 80, true), Map("black.png", 80, 80, null));
        string[] sweep =
        [
            "sweep", _a, _b, _b, "--content-map", content, "--style-map", black, "--style-map", style, "-o", _workplace["sheet.png"], .. Tiny,
        ];

        Assert.Contains(
            "--content-map (with --style-weights 1,0): The content map has the colour #ff0000",
            await Cli.Refused(2, [.. sweep, "--style-weights", "1,1;1,0"]),
            StringComparison.Ordinal);
        Assert.Equal(0, (await Cli.Run([.. sweep, "--style-weights", "1,1;0.5,1"])).Code);
        Assert.Contains(
            "3 values for 2 style pictures", await Cli.Refused(2, [.. sweep, "--style-weights", "1,1;1,1,1"]), StringComparison.Ordinal);
    }

    private string Map(string name, int width, int height, bool? redOnTheLeft)
    {
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            picture.Rgb[i] = redOnTheLeft is { } left && i / 3 % width < width / 2 == left ? 1 : 0;
        }

        PictureCodec.Save(picture, _workplace[name]);
        return _workplace[name];
    }
}
