using CnnMrf.Core.Pictures;
using CnnMrf.Web.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Painting;

[Collection("Site")]
public sealed class PaintTests(Site site)
{
    [Fact]
    public Task Areas_painted_over_both_pictures_are_sent_as_maps_of_their_size_in_pure_colours() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style, Site.Settings(80, 1));
        await Expect(page.Button("Forget them")).ToBeHiddenAsync();
        await page.Button("Paint areas").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Nothing is painted" })).ToBeVisibleAsync();
        await StrokeAsync(page, 0);
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("red");
        await StrokeAsync(page, 1);
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("Every area");
        await page.GetByLabel("blue").CheckAsync(new() { Force = true });
        await page.Button("Fill the rest of Content").ClickAsync();
        await page.Button("Fill the rest of Style").ClickAsync();
        await page.Button("Keep these areas").ClickAsync();
        await Expect(page.GetByText("Areas are painted")).ToBeVisibleAsync();
        await page.StartAsync();

        var id = await page.IdAsync();
        var content = await MapAsync(id, "content-map", 64, 48);
        var style = await MapAsync(id, "style-map-0", 48, 48);
        Assert.Equal(["#2F7DE1", "#E6443C"], content);
        Assert.Equal(content, style);
    });

    [Fact]
    public Task The_button_takes_back_as_many_strokes_as_are_remembered_and_no_more() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style);
        await page.Button("Paint areas").ClickAsync();
        await page.TabToAsync("canvas");
        for (var stroke = 0; stroke < 42; stroke++)
        {
            await page.Keyboard.PressAsync("Space");
        }

        for (var stroke = 0; stroke < 40; stroke++)
        {
            await Expect(page.Button("Undo")).ToBeEnabledAsync();
            await page.Keyboard.PressAsync("Control+z");
        }

        await Expect(page.Button("Undo")).ToBeDisabledAsync();
    });

    [Fact]
    public Task Areas_are_painted_taken_back_and_erased_by_keys_alone_and_kept_when_opened_again() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style);
        await page.TabToAsync(".areas button");
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync("canvas");
        await page.Keyboard.PressAsync("2");
        await Expect(page.GetByLabel("yellow")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        Assert.Contains("yellow", await page.Locator(".painter-warning").InnerTextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Control+z");
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("Nothing is painted");
        await Expect(page.Button("Undo")).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("Space");
        await page.TabToAsync("figure:nth-of-type(2) canvas");
        await page.Keyboard.PressAsync("Space");
        await page.TabToAsync(".dialog .primary");
        await page.Keyboard.PressAsync("Enter");
        await page.Button("Paint areas").ClickAsync();
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("Every area");
        await page.Button("Clear Content").ClickAsync();
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("Nothing is painted");
        await page.Keyboard.PressAsync("Escape");
        await page.TabToAsync(".danger");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await page.Button("Forget them").ClickAsync();
        await Expect(page.Button("Forget them")).ToBeHiddenAsync();
    });

    [Fact]
    public Task Areas_stay_when_a_style_is_added_and_are_sent_once_it_has_some_too() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style, Site.Settings(81, 1));
        await PaintAsync(page);
        await page.SetInputFilesAsync("#style-input", site.Pictures.Picture("second.png", 48, 48, 2));
        await Expect(page.GetByText("Areas are painted, but not over style 2 yet.")).ToBeVisibleAsync();
        await Expect(page.Locator("#announcements")).ToHaveTextAsync("second.png added as style. Areas are not painted over style 2 yet.");
        await page.StartAsync();
        await Expect(page.Locator("#areas-problem")).ToContainTextAsync("Nothing is painted over style 2");
        await Expect(page.Button("Paint areas")).ToBeFocusedAsync();

        await page.Button("Paint areas").ClickAsync();
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("Every area");
        await page.GetByLabel("blue").CheckAsync(new() { Force = true });
        await page.Button("Fill the rest of Style 2").ClickAsync();
        await page.Button("Keep these areas").ClickAsync();
        await Expect(page.Locator("#areas-problem")).ToBeHiddenAsync();
        await Expect(page.GetByText("Areas are painted: each")).ToBeVisibleAsync();
        await page.StartAsync();
        var id = await page.IdAsync();
        Assert.Equal(["#000000", "#E6443C"], await MapAsync(id, "content-map", 64, 48));
        Assert.Equal(["#000000", "#E6443C"], await MapAsync(id, "style-map-0", 48, 48));
        Assert.Equal(["#2F7DE1"], await MapAsync(id, "style-map-1", 48, 48));
    });

    [Fact]
    public Task Another_picture_costs_only_what_was_painted_over_the_one_before() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style, Site.Settings(82, 1));
        await PaintAsync(page);
        await page.SetInputFilesAsync("#content-input", site.Content);
        await Expect(page.GetByText("Areas are painted, but not over the content yet.")).ToBeVisibleAsync();
        await page.Button("Paint areas").ClickAsync();
        await StrokeAsync(page, 0);
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("Every area");
        await page.Button("Keep these areas").ClickAsync();
        await page.Button("Remove style picture 1").ClickAsync();
        await page.SetInputFilesAsync("#style-input", site.Style);
        await Expect(page.GetByText("Areas are painted, but not over the style yet.")).ToBeVisibleAsync();
        await page.Button("Forget them").ClickAsync();

        // Without a content there is nothing to guide, and nothing of it is sent.
        await PaintAsync(page);
        await page.Button("Remove the content picture").ClickAsync();
        await page.StartAsync();
        var inputs = (await site.Api.GetAsync($"/api/syntheses/{await page.IdAsync()}/request"))["inputs"]!.AsArray();
        Assert.Equal("style", (string?)Assert.Single(inputs)!["role"]);
    });

    [Theory]
    [InlineData("canvas")]
    [InlineData(null)]
    public Task What_is_not_kept_yet_is_left_only_with_a_yes_however_often_escape_is_pressed(string? focused) =>
        site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style);
        var painter = page.GetByRole(AriaRole.Dialog, new() { Name = "Paint areas" });
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Leave without keeping this?" });
        await page.Button("Paint areas").ClickAsync();
        await Expect(painter).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(painter).ToHaveCountAsync(0);

        await page.Button("Paint areas").ClickAsync();
        await StrokeAsync(page, 0);
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("red");
        await (focused is null ? page.EvaluateAsync("document.activeElement.blur()") : page.FocusAsync(focused));
        for (var i = 0; i < 3; i++)
        {
            await page.Keyboard.PressAsync("Escape");
            await Expect(question).ToBeVisibleAsync();
            await Expect(page.Button("Keep painting")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Escape");
            // The question is hidden some time before the page is told that it is.
            await Expect(page.Locator("dialog")).ToHaveCountAsync(1);
            await Expect(painter).ToBeVisibleAsync();
        }

        // As browsers do after a second gesture that goes back, which no page can refuse.
        await page.EvaluateAsync("document.querySelector('dialog').close()");
        await page.Button("Keep painting").ClickAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(1);
        await Expect(page.Locator(".painter-warning")).ToContainTextAsync("red");
        await page.Button("Undo").ClickAsync();
        await page.Button("Leave").ClickAsync();
        await Expect(painter).ToHaveCountAsync(0);
        await page.Button("Paint areas").ClickAsync();
        await StrokeAsync(page, 0);
        await page.Button("Leave").ClickAsync();
        await page.Button("Leave without keeping").ClickAsync();
        await Expect(painter).ToHaveCountAsync(0);
        await Expect(page.Button("Forget them")).ToBeHiddenAsync();
    });

    [Fact]
    public Task What_was_painted_when_one_goes_back_is_there_when_one_returns() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/#/batches");
        await page.GetByRole(AriaRole.Link, new() { Name = "New" }).ClickAsync();
        await page.ChooseAsync(site.Content, site.Style);
        await page.Button("Paint areas").ClickAsync();
        await StrokeAsync(page, 0);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Button("Keep painting")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator("#announcements")).ToContainTextAsync("The areas are kept");
        await page.GoForwardAsync();
        await Expect(page.GetByText("Areas are painted: each")).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData(64, 48, 64, 48)]
    [InlineData(1500, 1000, 1024, 683)]
    [InlineData(2000, 20, 2000, 20)]
    public Task A_map_is_sent_as_large_as_it_was_painted_and_not_as_its_picture(int width, int height, int mapWidth, int mapHeight) =>
        site.VisitAsync(async page =>
        {
            await page.GotoAsync("/");
            var size = await page.EvaluateAsync<int[]>("""
                async ([width, height]) => {
                  const { openMap, toPng } = await import('/scripts/painter/maps.js');
                  const canvas = new OffscreenCanvas(width, height);
                  canvas.getContext('2d');
                  const map = await toPng(await openMap(await canvas.convertToBlob()), { classes: [{ rgb: [1, 2, 3] }] });
                  const { width: w, height: h } = await createImageBitmap(map);
                  return [w, h];
                }
                """, new[] { width, height });
            Assert.Equal([mapWidth, mapHeight], size);
        });

    /// <summary>Paints a part of the content and of the style red, and keeps it.</summary>
    private static async Task PaintAsync(IPage page)
    {
        await page.Button("Paint areas").ClickAsync();
        await StrokeAsync(page, 0);
        await StrokeAsync(page, 1);
        await page.Button("Keep these areas").ClickAsync();
        await Expect(page.GetByText("Areas are painted: each")).ToBeVisibleAsync();
    }

    private static async Task StrokeAsync(IPage page, int board)
    {
        var canvas = page.Locator("canvas").Nth(board);
        await canvas.ScrollIntoViewIfNeededAsync();
        var box = (await canvas.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.3f), box.Y + (box.Height * 0.3f));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.6f), box.Y + (box.Height * 0.5f), new() { Steps = 4 });
        await page.Mouse.UpAsync();
    }

    private async Task<string[]> MapAsync(string id, string input, int width, int height)
    {
        var map = PictureCodec.Decode(await site.Api.BytesAsync($"/api/syntheses/{id}/inputs/{input}"), PictureLimits.Default, input);
        Assert.Equal((width, height), (map.Width, map.Height));
        var colours = new HashSet<string>();
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var parts = Enumerable.Range(0, 3).Select(c => ((int)Math.Round(map[x, y, c] * 255)).ToString("X2", null));
                colours.Add($"#{string.Concat(parts)}");
            }
        }

        return [.. colours.Order(StringComparer.Ordinal)];
    }
}
