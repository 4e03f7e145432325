using CnnMrf.Web.Tests.Browsing;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Access;

/// <summary>axe-core finds nothing on any view, in light and in dark colours.</summary>
[Collection("Site")]
public sealed class AxeTests(Site site)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Nothing_is_found_on_the_form(bool dark) => site.VisitAsync(async page =>
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
    }, dark, refusals: 400);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Nothing_is_found_on_syntheses_that_run_end_and_fail(bool dark) => site.VisitAsync(async page =>
    {
        var done = await site.Api.MakeAsync(site.Content, site.Style, Site.Settings(60, 3), "Seen");
        var failed = await site.Api.MakeAsync(site.Pictures.Truncated("cut.png"), site.Style, "{}", "Cut", "failed");
        var running = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(dark ? 62 : 61, 9_000), "Running");
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
    }, dark);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Nothing_is_found_on_batches_and_where_a_key_is_wanted(bool dark) => site.VisitAsync(async page =>
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
    }, dark, refusals: 401);

    private static async Task CheckAsync(IPage page, string view)
    {
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, $"{view}: " + string.Join("\n", found.Violations.Select(
            v => $"{v.Id}: {v.Help}: {string.Join("; ", v.Nodes.Select(n => n.Html))}")));
    }
}
