using CnnMrf.Web.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Form;

/// <summary>What is wrong is said in words, where it is wrong.</summary>
[Collection("Site")]
public sealed class ErrorTests(Site site)
{
    [Fact]
    public Task A_text_file_as_content_is_named_at_the_content() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Pictures.Text("notes.txt", "no picture"), site.Style);
        await page.StartAsync();

        await Expect(page.Locator("#content-problem")).ToContainTextAsync("notes.txt");
        await Expect(page.Locator("#content-input")).ToHaveAttributeAsync("aria-describedby", "content-problem");
        await Expect(page.Locator("#content-input")).ToBeFocusedAsync();
        await Expect(page.Locator("#style-problem")).ToBeHiddenAsync();

        await page.SetInputFilesAsync("#content-input", site.Content);
        await Expect(page.Locator("#content-problem")).ToBeHiddenAsync();
    }, refusals: 400);

    [Theory]
    [InlineData("empty.png", 0)]
    [InlineData("bomb.png", 60_000)]
    public Task A_style_that_is_empty_or_enormous_is_named_at_the_style(string name, int claimed) => site.VisitAsync(async page =>
    {
        var file = claimed == 0 ? site.Pictures.File(name) : site.Pictures.Claiming(name, claimed, claimed);
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, file);
        await page.StartAsync();

        await Expect(page.Locator("#style-problem")).ToContainTextAsync(name);
    }, refusals: 400);

    [Fact]
    public Task A_missing_style_is_asked_for_before_anything_is_sent() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, null);
        await page.StartAsync();

        await Expect(page.Locator("#style-problem")).ToContainTextAsync("Choose a style picture");
        await Expect(page.Locator("#style-input")).ToBeFocusedAsync();
    });

    [Theory]
    [InlineData("{", "The settings are no JSON")]
    [InlineData("[]", "an object is expected")]
    [InlineData("""{"sise":64}""", "sise")]
    [InlineData("""{"size":1,"history":0}""", "history")]
    public Task Wrong_settings_are_told_where_they_were_written(string json, string says) => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style, json);
        await page.StartAsync();

        await Expect(page.Locator("#json-problem")).ToContainTextAsync(says);
        await Expect(page.Locator("#json")).ToBeFocusedAsync();
    }, refusals: 400);

    [Fact]
    public Task A_name_that_is_a_path_is_told_at_the_name() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style);
        await page.FillAsync("#name", "../etc");
        await page.StartAsync();

        await Expect(page.Locator("#name-problem")).ToContainTextAsync("Give a plain name");
    }, refusals: 400);

    [Fact]
    public Task A_picture_that_ends_too_early_is_a_failed_synthesis_that_says_so() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Pictures.Truncated("half.png"), site.Style);
        await page.StartAsync();

        await page.StandsAsync("Failed");
        await Expect(page.Locator(".side .alert").First).ToContainTextAsync("half.png");
        await Expect(page.Button("Again with")).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_server_that_does_not_answer_is_told_and_nothing_that_was_chosen_is_lost() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style);
        await page.RouteAsync("**/api/syntheses",
            r => r.FulfillAsync(new() { Status = 503, ContentType = "text/html", Body = "<h1>down</h1>" }));
        await page.StartAsync();

        await Expect(page.Locator(".form .alert")).ToContainTextAsync("The server answered 503");
        await Expect(page.Locator(".thumb-name")).ToHaveTextAsync(["meadow.png", "brush.png"]);
    }, refusals: 503);

    [Fact]
    public Task Names_full_of_markup_are_shown_as_they_are() => site.VisitAsync(async page =>
    {
        const string Name = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        var file = site.Pictures["<b onload=alert(3)>&amp;.png"];
        File.Copy(site.Content, file, overwrite: true);
        var id = await site.Api.MakeAsync(file, site.Style, Site.Settings(7, 1), Name.Replace("</script>", "", StringComparison.Ordinal));
        await page.GotoAsync($"/#/syntheses/{id}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(Name.Replace("</script>", "",
            StringComparison.Ordinal));
        await Expect(page.Locator(".inputs .name").First).ToHaveTextAsync("<b onload=alert(3)>&amp;.png");
        await page.GotoAsync("/#/syntheses");
        await Expect(page.Locator(".card-name", new() { HasText = "onerror" })).ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator("img[src=x], main script, b").CountAsync());
    });
}
