using CnnMrf.Web.Tests.Browsing;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Access;

/// <summary>axe-core finds nothing on any view, in light and in dark colours.</summary>
[Collection("Site")]
public sealed class AxeTests(Site site)
{
    /// <summary>What other colours can change.</summary>
    private const string OnlyContrast = """{ runOnly: ["color-contrast"] }""";

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [Fact]
    public Task Nothing_is_found_on_the_form() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.FormAsync();
        await CheckAsync(page, "empty form");
        await page.ChooseAsync(site.Pictures.Text("words.txt", "words"), site.Style, "{\"size\":1}");
        await page.StartAsync();
        await Expect(page.Locator("#json-problem")).ToBeVisibleAsync();
        await CheckAsync(page, "form with problems");
        await page.SetInputFilesAsync("#content-input", site.Content);
        await page.Button("Paint areas").ClickAsync();
        await Expect(page.Locator("canvas")).ToHaveCountAsync(2);
        await CheckAsync(page, "painter");
        await page.FocusAsync("canvas");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Button("Keep painting")).ToBeVisibleAsync();
        await CheckAsync(page, "painter's question");
        await page.Keyboard.PressAsync("Escape");
        await page.Button("Keep these areas").ClickAsync();
        await page.SetInputFilesAsync("#style-input", site.Content);
        await page.StartAsync();
        await Expect(page.Locator("#areas-problem")).ToBeVisibleAsync();
        await CheckAsync(page, "form without an area");
    }, refusals: 400);

    [Fact]
    public Task Nothing_is_found_on_syntheses_that_run_end_and_fail() => site.VisitAsync(async page =>
    {
        var done = await site.Api.MakeAsync(site.Content, site.Style, Site.Settings(60, 3), "Seen");
        var failed = await site.Api.MakeAsync(site.Pictures.Truncated("cut.png"), site.Style, "{}", "Cut", "failed");
        var running = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(61, 9_000), "Running");
        await page.GotoAsync($"/#/syntheses/{running}");
        await Expect(page.Locator(".curve").First).ToBeVisibleAsync();
        await CheckAsync(page, "running");
        await page.GotoAsync("/#/syntheses");
        await Expect(page.Locator(".gallery-card").First).ToBeVisibleAsync();
        await CheckAsync(page, "gallery");
        await site.Api.CancelAsync(running);
        await page.GotoAsync($"/#/syntheses/{done}");
        await Expect(page.Locator(".compare")).ToBeVisibleAsync();
        await page.GetByText("As numbers").ClickAsync();
        await CheckAsync(page, "result");
        await page.Button("Delete").ClickAsync();
        await CheckAsync(page, "question");
        await page.Button("Keep it").ClickAsync();
        await page.GotoAsync($"/#/syntheses/{failed}");
        await page.StandsAsync("Failed");
        await CheckAsync(page, "failed");
    });

    [Fact]
    public Task Nothing_is_found_on_batches_and_where_a_key_is_wanted() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/#/batches");
        await page.FillAsync("#batch-name", "seen");
        await page.FillAsync("#manifest", $$"""{"style":"nothing.png","contents":["none.png"],"settings":{{Site.Settings(63, 1)}} }""");
        await CheckAsync(page, "batches");
        await page.Button("Start the batch").ClickAsync();
        await Expect(page.Locator("tbody tr")).ToContainTextAsync("does not exist");
        await CheckAsync(page, "batch");
        await page.RouteAsync(PageActions.OfTheApi, r => r.FulfillAsync(new() { Status = 401 }));
        await page.GotoAsync("/#/syntheses");
        await Expect(page.GetByLabel("Key", new() { Exact = true })).ToBeVisibleAsync();
        await CheckAsync(page, "key");
    }, refusals: 401);

    private static async Task CheckAsync(IPage page, string view)
    {
        // Not by Deque.AxeCore.Playwright: it opens a tab of its own at every look, for frames, of which the page has none.
        await page.EvaluateAsync(Axe);
        await CheckAsync(page, view, "{}");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await CheckAsync(page, view + ", dark", OnlyContrast);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private static async Task CheckAsync(IPage page, string view, string options)
    {
        var found = await page.EvaluateAsync<string[]>($$"""
            async () => {
                // In the middle of a transition a colour is neither one nor the other.
                await Promise.allSettled(document.getAnimations().filter(a => a instanceof CSSTransition).map(a => a.finished));
                const { violations, passes } = await axe.run(document, {{options}});
                return passes.length === 0 ? ["nothing was looked at"]
                    : violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join("; ")}`);
            }
            """);
        Assert.True(found.Length == 0, $"{view}: {string.Join('\n', found)}");
    }
}
