using System.Globalization;
using CnnMrf.Web.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Syntheses;

[Collection("Site")]
public sealed class FollowTests(Site site)
{
    [Fact]
    public Task A_pair_is_uploaded_and_the_picture_is_seen_growing_until_its_result() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style, Site.Settings(1, 200, 2));
        await page.FillAsync("#name", "Growing");
        await page.StartAsync();
        var id = await page.IdAsync();
        await page.StandsAsync("Running");

        var seen = new List<string>();
        var percents = new List<double>();
        var until = DateTime.UtcNow.AddMinutes(3);
        for (; await page.Locator(".head-line .pill.running").CountAsync() > 0; await Task.Delay(200))
        {
            Assert.True(DateTime.UtcNow < until, "It does not end.");
            seen.Add(await page.Locator(".stage > .stage-picture").First.GetAttributeAsync("src") ?? "");
            percents.Add(double.Parse(
                await page.Locator(".progress").GetAttributeAsync("value") ?? "0", CultureInfo.InvariantCulture));
        }

        Assert.True(seen.Where(s => s.StartsWith("blob:", StringComparison.Ordinal)).Distinct().Count() >= 2, "The picture does not grow.");
        Assert.Equal(percents.Order(), percents);
        Assert.True(percents.Distinct().Count() >= 2, "The progress stands still.");
        await page.StandsAsync("Finished");
        await Expect(page.Locator(".compare img")).ToHaveCountAsync(2);
        Assert.Equal(64, await page.Locator(".compare-after img").EvaluateAsync<int>("i => i.naturalWidth"));
        await Expect(page.Locator(".level img:visible")).ToHaveCountAsync(2);
        await Expect(page.Locator(".curve")).ToHaveCountAsync(4);
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Total: level 1 from" })).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync("Growing – CnnMrf");

        var download = await page.RunAndWaitForDownloadAsync(() => page.Button("Download").ClickAsync());
        Assert.Equal("Growing.png", download.SuggestedFilename);
        Assert.Equal(await site.Api.BytesAsync($"/api/syntheses/{id}/result"), await File.ReadAllBytesAsync(await download.PathAsync()));
        await page.Button("Sheet").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Sheet" }).Locator("img")).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_texture_needs_no_content() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(null, site.Style, Site.Settings(2, 3));
        await Expect(page.Locator("#slider-balance")).ToBeHiddenAsync();
        await page.StartAsync();
        await page.StandsAsync("Finished");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Result: brush" })).ToBeVisibleAsync();
        await Expect(page.Locator("pre").First).ToContainTextAsync("./run texture brush.png");
    });

    [Fact]
    public Task One_is_cancelled_retried_cancelled_again_and_removed() => site.VisitAsync(async page =>
    {
        var id = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(3, 9_000), "Endless");
        await page.GotoAsync($"/#/syntheses/{id}");
        await page.StandsAsync("Running");
        await page.Button("Cancel").ClickAsync();
        await page.StandsAsync("Cancelled");
        await page.Button("Retry").ClickAsync();
        await page.StandsAsync("Running");
        await Expect(page.Locator(".head-line")).ToContainTextAsync("run 2");
        await page.Button("Cancel").ClickAsync();
        await page.StandsAsync("Cancelled");

        await page.Button("Delete").ClickAsync();
        await page.Button("Keep it").ClickAsync();
        await page.Button("Delete").ClickAsync();
        await page.Button("Delete it").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Gallery" })).ToBeVisibleAsync(new() { Timeout = 40_000 });
        Assert.DoesNotContain(id, (await site.Api.GetAsync("/api/syntheses?limit=200")).ToJsonString(), StringComparison.Ordinal);
    }, refusals: 409);

    [Fact]
    public Task What_was_refused_is_told_until_something_else_is_tried() => site.VisitAsync(async page =>
    {
        var id = await site.Api.MakeAsync(site.Content, site.Style, Site.Settings(31, 3), "Refused once");
        var refused = new TaskCompletionSource();
        await page.RouteAsync("**/retry", async route =>
        {
            if (refused.TrySetResult())
            {
                await route.FulfillAsync(new() { Status = 503, ContentType = "text/html", Body = "<h1>down</h1>" });
            }
            else
            {
                // It is gone as soon as the button is pressed, whatever the answer.
                await Expect(page.Locator(".side .alert")).ToBeHiddenAsync();
                await route.ContinueAsync();
            }
        });
        await page.GotoAsync($"/#/syntheses/{id}");
        await page.Button("Retry").ClickAsync();
        await Expect(page.Locator(".side .alert")).ToContainTextAsync("The server answered 503");
        await Expect(page.Button("Retry")).ToBeFocusedAsync();
        await page.Button("Retry").ClickAsync();
        await Expect(page.Locator(".head-line")).ToContainTextAsync("run 2");
        await page.StandsAsync("Finished");
        await Expect(page.Locator(".side .alert")).ToBeHiddenAsync();
    }, refusals: 503);

    [Fact]
    public Task A_download_that_fails_is_told_where_it_was_asked_for() => site.VisitAsync(async page =>
    {
        var id = await site.Api.MakeAsync(site.Content, site.Style, Site.Settings(31, 3), "Refused once");
        var down = false;
        var (report, sheet) = ("**/report", "**/sheet");
        foreach (var path in new[] { report, sheet })
        {
            await page.RouteAsync(path, route => down
                ? route.FulfillAsync(new() { Status = 503, ContentType = "text/html", Body = "<h1>down</h1>" }) : route.ContinueAsync());
        }

        await page.GotoAsync($"/#/syntheses/{id}");
        await Expect(page.Button("Report as JSON")).ToBeVisibleAsync();
        await page.Button("Sheet").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Sheet" });
        await Expect(dialog.Locator("img")).ToBeVisibleAsync();
        down = true;
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync();
        await Expect(dialog.Locator(".alert")).ToContainTextAsync("The server answered 503");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.Button("Report as JSON").ClickAsync();
        await Expect(page.Locator(".side .alert")).ToContainTextAsync("The server answered 503");
        down = false;
        var download = await page.RunAndWaitForDownloadAsync(() => page.Button("Report as JSON").ClickAsync());
        Assert.EndsWith("report.json", download.SuggestedFilename, StringComparison.Ordinal);
        await Expect(page.Locator(".side .alert")).ToBeHiddenAsync();
    }, refusals: 503);

    [Fact]
    public Task What_was_refused_is_told_until_it_came_to_pass_all_the_same() => site.VisitAsync(async page =>
    {
        var id = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(32, 9_000), "Cancelled elsewhere");
        await page.RouteAsync($"**/api/syntheses/{id}", route => route.Request.Method == "DELETE"
            ? route.FulfillAsync(new() { Status = 503, ContentType = "text/html", Body = "<h1>down</h1>" }) : route.ContinueAsync());
        await page.GotoAsync($"/#/syntheses/{id}");
        await page.StandsAsync("Running");
        await page.Button("Cancel").ClickAsync();
        await Expect(page.Locator(".side .alert")).ToContainTextAsync("The server answered 503");
        await site.Api.CancelAsync(id);
        await page.StandsAsync("Cancelled");
        await Expect(page.Locator(".side .alert")).ToBeHiddenAsync();
    }, refusals: 503);

    [Fact]
    public Task Again_fills_the_form_with_the_same_pictures_and_settings() => site.VisitAsync(async page =>
    {
        const string Settings = """
            {"weights":"random","size":64,"contentWeight":[8,4,2,0.8],"guidance":[2.5,1.5,1,0.625],"threads":1,"iterations":2}
            """;
        var id = await site.Api.MakeAsync(site.Content, site.Style, Settings, "Once more");
        await page.GotoAsync($"/#/syntheses/{id}");
        await page.Button("Again with").ClickAsync();

        await Expect(page.Locator(".thumb-name")).ToHaveTextAsync(["meadow.png", "brush.png"]);
        await Expect(page.Locator("#name")).ToHaveValueAsync("Once more");
        await Expect(page.Locator("#slider-balance")).ToHaveAttributeAsync("aria-valuetext", "content +1");
        await Expect(page.Locator("#slider-size")).ToHaveAttributeAsync("aria-valuetext", "64 px");
        await page.StartAsync();
        Assert.Equal(id, await page.IdAsync());
    });

    [Fact]
    public Task A_starting_picture_is_sent_along_and_comes_back_with_again() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style, Site.Settings(6, 2));
        await page.SetInputFilesAsync("#initial-input", site.Style);
        await page.StartAsync();
        var id = await page.IdAsync();
        await page.StandsAsync("Finished");
        var request = await site.Api.GetAsync($"/api/syntheses/{id}/request");
        Assert.Contains("initial", request["inputs"]!.AsArray().Select(i => (string?)i!["role"]));
        Assert.Equal("picture", (string?)request["settings"]!["initial"]);

        await page.Button("Again with").ClickAsync();
        await Expect(page.Locator(".thumb-name")).ToHaveTextAsync(["meadow.png", "brush.png", "brush.png"]);
        await page.StartAsync();
        Assert.Equal(id, await page.IdAsync());
        await page.Button("Again with").ClickAsync();
        await page.Button("Remove the starting picture").ClickAsync();
        await page.StartAsync();
        await Expect(page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex($"(/|{id})$"));
        await page.StandsAsync("Finished");
    });

    [Fact]
    public Task While_the_tab_is_hidden_nothing_is_asked_and_then_it_goes_on() => site.VisitAsync(async page =>
    {
        var id = await site.Api.StartAsync(site.Content, site.Style, Site.Settings(4, 9_000), "Hidden");
        await page.GotoAsync($"/#/syntheses/{id}");
        await page.StandsAsync("Running");
        const string Hide = "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); "
            + "document.dispatchEvent(new Event('visibilitychange')); }";
        await page.EvaluateAsync(Hide, true);
        await Task.Delay(2500);
        var asked = 0;
        page.Request += (_, _) => asked++;
        await Task.Delay(2500);
        Assert.Equal(0, asked);
        await page.RunAndWaitForRequestAsync(() => page.EvaluateAsync(Hide, false), $"**/api/syntheses/{id}");
        await site.Api.CancelAsync(id);
        await page.StandsAsync("Cancelled");
    });

    [Fact]
    public Task The_edge_between_content_and_result_is_moved_by_the_keyboard() => site.VisitAsync(async page =>
    {
        var id = await site.Api.MakeAsync(site.Content, site.Style, Site.Settings(5, 2), "Edge");
        await page.GotoAsync($"/#/syntheses/{id}");
        var slider = page.GetByRole(AriaRole.Slider, new() { Name = "How much of the content" });
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "51 % content");
        await page.Keyboard.PressAsync("End");
        Assert.Equal("inset(0px 0px 0px 100%)",
            await page.Locator(".compare-after").EvaluateAsync<string>("e => getComputedStyle(e).clipPath"));
    });

    [Fact]
    public Task What_is_not_there_is_said_in_words() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/#/syntheses/nobody-0123456789abcdef");
        await Expect(page.Locator(".alert:visible")).ToContainTextAsync("There is no synthesis nobody-0123456789abcdef");
        await page.GotoAsync("/#/nowhere");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing at this address" })).ToBeVisibleAsync();
    }, refusals: 404);
}
