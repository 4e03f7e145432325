using CnnMrf.Web.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Screenshots;

/// <summary>Makes docs/images/page, where CNNMRF_WRITE_SCREENSHOTS is set: minutes, because the pictures are real ones.</summary>
[Collection("Site")]
public sealed class ScreenshotTests(Site site)
{
    private static readonly string Repository = FindRepository();

    [Fact]
    public async Task The_pictures_of_the_page_in_the_documentation_are_made()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("CNNMRF_WRITE_SCREENSHOTS") is { Length: > 0 }, "Only where CNNMRF_WRITE_SCREENSHOTS is set.");
        var (content, style) = (Path.Combine(Repository, "samples", "photograph.jpg"), Path.Combine(Repository, "samples", "painting.jpg"));
        var patience = TimeSpan.FromMinutes(10);
        var done = await site.Api.MakeAsync(content, style, """{"size":256}""", "Meadow in the manner of the painting", patience: patience);
        await site.Api.MakeAsync(style, content, """{"size":192}""", "The painting as a meadow", patience: patience);
        await site.Api.MakeAsync(null, style, """{"size":192}""", "Texture of the painting", patience: patience);
        await site.Api.MakeAsync(content, style, """{"size":192,"guidance":0}""", "Meadow, unguided", patience: patience);
        await site.Api.MakeAsync(site.Pictures.Truncated("torn.png"), style, "{}", "A torn file", "failed", patience);
        var running = await site.Api.StartAsync(content, style, """{"size":1024}""", "Meadow, larger");
        await ShootAsync(async (page, shoot) =>
        {
            await page.GotoAsync($"/#/syntheses/{running}");
            await Expect(page.Locator(".level img:visible").Nth(1)).ToBeVisibleAsync(new() { Timeout = 200_000 });
            await shoot("running");
        });
        await ShootAsync(async (page, shoot) =>
        {
            await page.GotoAsync("/#/syntheses");
            await Expect(page.Locator(".gallery-card img:visible")).ToHaveCountAsync(5);
            await shoot("gallery");
        });
        await site.Api.CancelAsync(running);
        await ShootAsync(async (page, shoot) =>
        {
            await page.GotoAsync($"/#/syntheses/{done}");
            await Expect(page.Locator(".compare")).ToBeVisibleAsync();
            await Expect(page.Locator(".curve").First).ToBeVisibleAsync();
            await shoot("result");
            await Expect(page.Locator(".fit-map:visible")).ToHaveCountAsync(1);
            await page.EvaluateAsync("document.querySelector('.fit').closest('section').scrollIntoView()");
            await shoot("fit");
        });
        await ShootAsync(async (page, shoot) =>
        {
            await page.GotoAsync("/");
            await page.Button("Try it with the sample pair").ClickAsync();
            await Expect(page.Locator(".thumb-picture")).ToHaveCountAsync(2);
            await page.EvaluateAsync("document.activeElement.blur(); scrollTo(0, 0)");
            await shoot("form");
            await page.Button("Paint areas").ClickAsync();
            await Expect(page.Locator("canvas")).ToHaveCountAsync(2);
            await PaintAsync(page);
            await shoot("paint");
        });
    }

    private async Task ShootAsync(Func<IPage, Func<string, Task>, Task> see)
    {
        foreach (var (dark, phone) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            await site.VisitAsync(
                page => see(page, async name =>
                {
                    await page.EvaluateAsync("document.fonts.ready");
                    await Task.Delay(600);
                    await page.ScreenshotAsync(new()
                    {
                        Path = Path.Combine(
                            Repository, "docs", "images", "page", $"{name}-{(phone ? "phone" : "desktop")}-{(dark ? "dark" : "light")}.jpg"),
                        Type = ScreenshotType.Jpeg,
                        Quality = 82,
                    });
                }),
                dark,
                phone ? 390 : 1280);
        }
    }

    private static async Task PaintAsync(IPage page)
    {
        // Sky and sky, ground and ground.
        (int Board, string Colour, float FromX, float FromY, float ToX, float ToY)[] strokes =
        [
            (0, "blue", 0.05f, 0.1f, 0.95f, 0.1f), (0, "blue", 0.05f, 0.2f, 0.95f, 0.2f), (0, "yellow", 0.05f, 0.8f, 0.95f, 0.85f),
            (1, "blue", 0.05f, 0.1f, 0.8f, 0.15f), (1, "blue", 0.05f, 0.25f, 0.8f, 0.25f), (1, "yellow", 0.05f, 0.85f, 0.9f, 0.85f),
        ];
        foreach (var stroke in strokes)
        {
            await page.GetByLabel(stroke.Colour).CheckAsync(new() { Force = true });
            var canvas = page.Locator("canvas").Nth(stroke.Board);
            await canvas.ScrollIntoViewIfNeededAsync();
            var box = (await canvas.BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(box.X + (box.Width * stroke.FromX), box.Y + (box.Height * stroke.FromY));
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(box.X + (box.Width * stroke.ToX), box.Y + (box.Height * stroke.ToY), new() { Steps = 8 });
            await page.Mouse.UpAsync();
        }

        await page.EvaluateAsync("document.querySelector('dialog').scrollTo(0, 0)");
    }

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CnnMrf.Functions.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return folder;
    }
}
