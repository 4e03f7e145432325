using System.Globalization;
using System.Text.Json.Nodes;
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

        // Three are enough.
        await PagesOfOneAsync(page);
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

    [Fact]
    public Task One_that_is_no_longer_what_the_list_is_of_leaves_it_and_nothing_more_is_asked() => site.VisitAsync(async page =>
    {
        var id = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(33, 9_000), "Soon over");
        await page.GotoAsync($"/#/syntheses/{id}");
        await page.StandsAsync("Running");
        await page.GotoAsync("/#/syntheses?status=running");
        var card = page.Locator(".gallery-card", new() { HasText = "Soon over" });
        await card.FocusAsync();
        await site.Api.CancelAsync(id);
        await Expect(card).ToHaveCountAsync(0);
        await Expect(page.GetByText("None is running.")).ToBeVisibleAsync();
        await Expect(page.Locator("#announcements")).ToHaveTextAsync("Soon over: Cancelled.");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Gallery" })).ToBeFocusedAsync();
        var asked = 0;
        page.Request += (_, _) => asked++;
        await Task.Delay(4_000);
        Assert.Equal(0, asked);
    });

    [Fact]
    public Task One_on_a_further_page_is_followed_to_its_end_whether_or_not_the_first_page_runs() => site.VisitAsync(async page =>
    {
        var older = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(34, 9_000), "Further down");
        var newer = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(35, 9_000), "On top");
        await PagesOfOneAsync(page);
        await page.GotoAsync("/#/syntheses");
        await Expect(page.Locator(".card-name")).ToHaveTextAsync(["On top"]);
        await page.Button("More").ClickAsync();
        await Expect(Card("Further down").Locator(".soft")).ToContainTextAsync(new Regex("^\\d+ %"));
        await site.Api.CancelAsync(older);
        await Expect(Card("Further down")).ToContainTextAsync("Cancelled");
        await Expect(Card("On top").Locator(".pill")).ToHaveTextAsync(new Regex("Waiting|Running"));

        // With all that is shown at its end nobody looks any more, until a further page has something.
        await site.Api.CancelAsync(newer);
        await Expect(Card("On top")).ToContainTextAsync("Cancelled");
        var other = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(36, 9_000), "Further down, too");
        var last = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(37, 9_000), "At its end");
        await site.Api.CancelAsync(last);
        await site.Api.EndsAsync(last, "cancelled");
        await page.ReloadAsync();
        await Expect(page.Locator(".card-name")).ToHaveTextAsync(["At its end"]);
        await page.Button("More").ClickAsync();
        await Expect(Card("Further down, too").Locator(".soft")).ToContainTextAsync(new Regex("^\\d+ %"));
        await site.Api.CancelAsync(other);
        await Expect(Card("Further down, too")).ToContainTextAsync("Cancelled");
        await Expect(page.Locator(".card-name")).ToHaveTextAsync(["At its end", "Further down, too"]);

        ILocator Card(string name) => page.Locator(".gallery-card", new() { Has = page.GetByText(name, new() { Exact = true }) });
    });

    [Fact]
    public Task Many_on_further_pages_are_asked_for_in_turn_and_one_that_is_gone_is_taken_away() => site.VisitAsync(async page =>
    {
        const int Many = 30;
        var looks = 0;
        var asked = new Dictionary<int, List<int>>();
        var (now, most) = (0, 0);
        var all = new TaskCompletionSource();
        await page.RouteAsync(new Regex(@"/api/syntheses\?"), route =>
        {
            var rest = route.Request.Url.Contains("rest", StringComparison.Ordinal);
            looks += rest ? 0 : 1;
            return JsonAsync(route, new JsonObject
            {
                ["items"] = rest ? new JsonArray([.. Enumerable.Range(0, Many).Select(i => Running(i))]) : new JsonArray(),
                ["next"] = rest ? null : "/api/syntheses?rest",
            });
        });
        await page.RouteAsync(new Regex("/api/syntheses/many-"), async route =>
        {
            most = Math.Max(most, ++now);
            var i = int.Parse(route.Request.Url.Split('-')[^1], CultureInfo.InvariantCulture);
            asked.TryAdd(looks, []);
            asked[looks].Add(i);
            await (i == 3 ? all.Task : Task.Delay(20));
            now--;
            await (i == 3 ? route.FulfillAsync(new() { Status = 404 }) : i == 4 ? route.FulfillAsync(new() { Status = 500 })
                : JsonAsync(route, Running(i)));
        });
        await page.GotoAsync("/#/syntheses");
        await page.Button("More").ClickAsync();
        await Expect(page.Locator(".gallery-item")).ToHaveCountAsync(Many);
        all.SetResult();
        await Expect(page.Locator(".gallery-item")).ToHaveCountAsync(Many - 1);
        for (var until = DateTime.UtcNow.AddMinutes(1); looks < 5; await Task.Delay(100))
        {
            Assert.True(DateTime.UtcNow < until, "It no longer looks.");
        }

        await Expect(page.Locator(".gallery-item")).ToHaveCountAsync(Many - 1);
        await Expect(page.Locator(".alert:visible")).ToHaveCountAsync(0);
        Assert.InRange(most, 1, 4);
        Assert.All(asked.Values, a => Assert.InRange(a.Count, 1, 12));
        Assert.Equal(Enumerable.Range(0, Many), asked.Where(a => a.Key < 5).SelectMany(a => a.Value).Distinct().Order());

        JsonObject Running(int i) => new()
        {
            ["id"] = $"many-{i}",
            ["name"] = $"Many {i}",
            ["status"] = "running",
            ["percent"] = 1,
            ["createdAt"] = "2026-01-01T00:00:00Z",
            ["links"] = new JsonObject { ["self"] = $"/api/syntheses/many-{i}" },
        };
    }, refusals: [404, 500]);

    private static Task JsonAsync(IRoute route, JsonNode node) => route.FulfillAsync(
        new() { ContentType = "application/json", Body = node.ToJsonString() });

    /// <summary>Answers with pages of one, whatever is asked for.</summary>
    private static async Task PagesOfOneAsync(IPage page) => await page.RouteAsync(
        new Regex(@"/api/syntheses\?"), r => r.ContinueAsync(new() { Url = Regex.Replace(r.Request.Url, "limit=\\d+", "limit=1") }));
}
