using System.Text.RegularExpressions;
using CnnMrf.Web.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Gallery;

[Collection("Site")]
public sealed class GalleryTests(Site site)
{
    [Fact]
    public Task What_was_made_is_there_after_a_reload_and_the_filter_is_part_of_the_address() => site.VisitAsync(async page =>
    {
        await site.Api.MakeAsync(site.Content, site.Style, Site.Settings(10, 1), "Kept");
        await site.Api.MakeAsync(site.Pictures.Truncated("broken.png"), site.Style, "{}", "Lost", "failed");
        await page.GotoAsync("/#/syntheses");
        await page.ReloadAsync();
        await Expect(Card("Kept")).ToBeVisibleAsync();
        await Expect(Card("Lost")).ToContainTextAsync("Failed");
        await Expect(Card("Kept").Locator("img")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Failed", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("#/syntheses\\?status=failed$"));
        await page.ReloadAsync();
        await Expect(Card("Lost")).ToBeVisibleAsync();
        await Expect(Card("Kept")).ToBeHiddenAsync();
        await Card("Lost").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Lost" })).ToBeVisibleAsync();

        ILocator Card(string name) => page.Locator(".gallery-card", new() { HasText = name });
    });

    [Fact]
    public Task More_brings_what_is_older() => site.VisitAsync(async page =>
    {
        for (var i = 0; i < 3; i++)
        {
            await site.Api.MakeAsync(null, site.Style, Site.Settings(20 + i, 0), $"Older {i}");
        }

        // Pages of one, so that three are enough.
        await page.RouteAsync(
            new Regex(@"/api/syntheses\?"), r => r.ContinueAsync(new() { Url = Regex.Replace(r.Request.Url, "limit=\\d+", "limit=1") }));
        await page.GotoAsync("/#/syntheses");
        await Expect(page.Locator(".card-name")).ToHaveTextAsync(["Older 2"]);
        await page.Button("More").ClickAsync();
        await Expect(page.Locator(".card-name")).ToHaveTextAsync(["Older 2", "Older 1"]);
        await Expect(page.Locator(".gallery-card").Last).ToBeFocusedAsync();
    });

    [Fact]
    public Task One_that_runs_says_how_far_it_is_and_then_that_it_ended() => site.VisitAsync(async page =>
    {
        var id = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(30, 9_000), "Under way");
        await page.GotoAsync("/#/syntheses");
        var card = page.Locator(".gallery-card", new() { HasText = "Under way" });
        await Expect(card.Locator(".soft")).ToContainTextAsync(new Regex("^\\d+ %"));
        await site.Api.CancelAsync(id);
        await Expect(card).ToContainTextAsync("Cancelled", new() { Timeout = 20_000 });
    });
}
