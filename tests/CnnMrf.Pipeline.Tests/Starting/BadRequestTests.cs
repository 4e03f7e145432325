using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;
using SkiaSharp;
using static CnnMrf.Pipeline.Syntheses.InputRole;

namespace CnnMrf.Pipeline.Tests.Starting;

/// <summary>Requests that cannot be: refused with the reason, and nothing is written.</summary>
public sealed class BadRequestTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    public static TheoryData<string, InputRole[], string> Roles => new()
    {
        { "style", [Content], "At least one style" },
        { "style", [], "At least one style" },
        { "content", [Content, Content, Style], "given 2 times (cat.png, cat.png)" },
        { "styleMap", [Content, Style, ContentMap], "both contentMap and styleMap" },
        { "contentMap", [Content, Style, StyleMap], "both contentMap and styleMap" },
        { "contentMap", [Style, ContentMap, StyleMap], "needs a content picture" },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Pictures_that_do_not_make_a_request_are_named(string field, InputRole[] roles, string reason)
    {
        var e = await RefusedAsync(World.Request() with
        {
            Inputs = [.. roles.Select(r => InputSource.Of(r, 0, "cat.png", TestPictures.Png()))]
        });
        Assert.Equal((field, ProblemCodes.Request), (e.Field, e.Code));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_style_needs_its_own_map()
    {
        var png = TestPictures.Png();
        var e = await RefusedAsync(World.Request() with
        {
            Inputs =
            [
                InputSource.Of(Content, 0, "c", png), InputSource.Of(ContentMap, 0, "cm", png), InputSource.Of(Style, 0, "a", png),
                InputSource.Of(Style, 1, "b", png), InputSource.Of(StyleMap, 0, "am", png),
            ],
        });
        Assert.Contains("1 style maps for 2 style pictures", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> Files => new()
    {
        { [], "is empty" },
        { "GIF, honestly"u8.ToArray(), "not a picture" },
        { TestPictures.Png(4, 4), "at least 8" },
        { Bomb(), "no side may exceed" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_is_no_picture_is_refused_by_its_name(byte[] bytes, string reason)
    {
        var e = await RefusedAsync(World.Request() with
        {
            Inputs = [InputSource.Of(Content, 0, "cat.png", TestPictures.Png()), InputSource.Of(Style, 0, "../../odd\0.png", bytes)],
        });
        Assert.Equal((ProblemCodes.Picture, "style"), (e.Code, e.Field));
        Assert.StartsWith("../../odd .png", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Label_maps_of_too_many_pixels_together_are_refused_with_the_remedy()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(6_000, 6_000, SKColorType.Gray8));
        using var large = bitmap.Encode(SKEncodedImageFormat.Png, 0);
        var e = await Assert.ThrowsAsync<ProblemException>(() => _world.StartAsync(World.Request() with
        {
            Inputs =
            [
                .. World.Request().Inputs,
                InputSource.Of(InputRole.ContentMap, 0, "a.png", large.ToArray()),
                InputSource.Of(InputRole.StyleMap, 0, "b.png", large.ToArray()),
            ],
        }));
        Assert.Equal("styleMap", e.Problem.Field);
        Assert.Contains("64,000,000 pixels. Save them smaller", e.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_that_are_too_large_together_are_refused()
    {
        var half = new byte[RequestLimits.BodyBytes / 2];
        TestPictures.Png().CopyTo(half, 0);
        var e = await RefusedAsync(World.Request() with
        {
            Inputs =
            [
                InputSource.Of(Content, 0, "c", half), InputSource.Of(Style, 0, "s", half),
                InputSource.Of(Style, 1, "s", TestPictures.Png()),
            ],
        });
        Assert.Contains("more than 50,000,000 bytes", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"size":1}""", "size")]
    [InlineData("""{"size":"big"}""", "size")]
    [InlineData("""{"siez":128}""", "siez")]
    [InlineData("""{"preset":"best"}""", "preset")]
    [InlineData("""{"mrfLayers":"relu9_1"}""", "mrfLayers")]
    [InlineData("""{"size":128,"styleWeights":[1,2]}""", "styleWeights")]
    [InlineData("""{"size":"128x64"}""", "size")]
    public async Task Settings_that_cannot_be_are_named(string settings, string field)
    {
        var e = await Assert.ThrowsAsync<SettingsException>(() => _world.StartAsync(World.Request(settings: settings)));
        Assert.Equal(field, e.Problems[0].Field);
        Assert.Equal(0, _world.Store.Writes);
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../own")]
    [InlineData("C:\\\\weights.safetensors")]
    [InlineData("nobody-knows")]
    public async Task Weights_are_names_and_never_paths(string weights)
    {
        var settings = new JsonObject { ["size"] = 128, ["weights"] = weights }.ToJsonString();
        var e = await RefusedAsync(World.Request(settings: settings));
        Assert.Equal((ProblemCodes.Weights, "weights"), (e.Code, e.Field));
    }

    [Fact]
    public async Task A_texture_starts_from_the_styles_patches_unless_told_otherwise()
    {
        var request = World.Request(settings: """{"size":128}""") with
        {
            Inputs = [InputSource.Of(Style, 0, "bricks.png", TestPictures.Png())]
        };
        var started = await _world.StartAsync(request);
        Assert.StartsWith("bricks-", (await _world.StartAsync(request with { Name = null })).Id.Value, StringComparison.Ordinal);
        Assert.Equal(InitialPicture.Shuffle, _world.Worker.Take()!.Settings.Initial);
        Assert.NotEqual(SynthesisState.Failed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Theory]
    [InlineData("noise", "styleMap", "no label map")]
    [InlineData("other colour", "contentMap", "#ff0000 (50 % of it), which the style map lacks")]
    [InlineData("other shape", "styleMap", "same proportions")]
    public async Task Label_maps_that_cannot_be_used_fail_the_synthesis_before_a_worker_is_asked(string what, string field, string says)
    {
        var map = what switch
        {
            "noise" => TestPictures.Png(),
            "other colour" => TestPictures.Map(right: 0),
            _ => TestPictures.Map(48, 48),
        };
        var started = await _world.StartAsync(World.Request() with
        {
            Inputs =
            [
                InputSource.Of(Content, 0, "c.png", TestPictures.Png()), InputSource.Of(Style, 0, "s.png", TestPictures.Png()),
                InputSource.Of(ContentMap, 0, "cm.png", TestPictures.Map()), InputSource.Of(StyleMap, 0, "sm.png", map),
            ],
        });
        var status = await _world.StatusAsync(started.Id);
        Assert.Equal(
            (SynthesisState.Failed, ProblemCodes.Picture, field), (status.Status, status.Problem?.Code, status.Problem?.Field));
        Assert.Contains(says, status.Problem!.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Queues.Levels.Sent);
    }

    [Fact]
    public async Task Many_styles_and_their_maps_keep_their_order()
    {
        var inputs = Enumerable.Range(0, 3).SelectMany(i => new[]
        {
            InputSource.Of(Style, i, $"s{i}.png", TestPictures.Png(seed: i)),
            InputSource.Of(StyleMap, i, $"m{i}.png", TestPictures.Map()),
        }).Reverse();
        await _world.StartAsync(World.Request() with
        {
            Inputs =
            [
                .. inputs, InputSource.Of(ContentMap, 0, "cm.png", TestPictures.Map()),
                InputSource.Of(Content, 0, "c.png", TestPictures.Png()),
            ],
        });
        Assert.Equal(
            ["content.png", "style-0.png", "style-1.png", "style-2.png",
                "content-map.png", "style-map-0.png", "style-map-1.png", "style-map-2.png"],
            _world.Worker.Take()!.Inputs.Select(i => i.Name));
    }

    // A few bytes that say they are a picture of 60,000 × 60,000 pixels.
    private static byte[] Bomb()
    {
        var png = TestPictures.Png();
        foreach (var at in new[] { 16, 20 })
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at), 60_000);
        }

        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        return png;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320u * (crc & 1));
            }
        }

        return ~crc;
    }

    private async Task<Problem> RefusedAsync(StartRequest request)
    {
        var e = await Assert.ThrowsAsync<ProblemException>(() => _world.StartAsync(request));
        Assert.Equal(0, _world.Store.Writes);
        return e.Problem;
    }
}
