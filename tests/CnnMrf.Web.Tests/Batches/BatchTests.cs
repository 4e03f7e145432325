using CnnMrf.Web.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Batches;

[Collection("Site")]
public sealed class BatchTests(Site site)
{
    [Fact]
    public Task A_batch_is_started_from_a_manifest_and_followed_to_its_end() => site.VisitAsync(async page =>
    {
        var folder = Directory.CreateDirectory(Path.Combine(site.Data, "uploads", "set")).FullName;
        // Without a style of this name it is no upload of its own.
        File.Copy(site.Content, Path.Combine(folder, "one.png"), overwrite: true);
        File.Copy(site.Style, Path.Combine(folder, "brush.png"), overwrite: true);
        await page.GotoAsync("/#/batches");
        await page.FillAsync("#batch-name", "evening");
        await page.FillAsync("#manifest", $$"""
            {"style":"set/brush.png","contents":["set/one.png","set/missing.png"],"settings":{{Site.Settings(40, 2)}} }
            """);
        await page.Button("Start the batch").ClickAsync();

        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("#/batches/evening$"));
        await Expect(page.Locator(".counts")).ToContainTextAsync("Finished1", new() { Timeout = 120_000 });
        await Expect(page.Locator("tbody tr").Nth(1)).ToContainTextAsync("missing.png does not exist");
        await page.GetByRole(AriaRole.Link, new() { Name = "Batches" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "evening" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "one" }).ClickAsync();
        await page.StandsAsync("Finished");
    });

    [Theory]
    [InlineData("", "{}", "#batch-name", "The batch has no name")]
    [InlineData("a/b", "{}", "#batch-name", "is no name of a batch")]
    [InlineData("bad", "{", "#manifest", "JSON")]
    [InlineData("bad", """{"contents":[]}""", "#manifest", "style")]
    [InlineData("nowhere", "", "#manifest", "nowhere.json")]
    public Task What_is_wrong_with_it_is_said_where_it_is(string name, string manifest, string field, string says) =>
        site.VisitAsync(async page =>
    {
        await page.GotoAsync("/#/batches");
        await page.FillAsync("#batch-name", name);
        await page.FillAsync("#manifest", manifest);
        await page.Button("Start the batch").ClickAsync();

        await Expect(page.Locator($"{field}-problem")).ToContainTextAsync(says);
        await Expect(page.Locator(field)).ToBeFocusedAsync();
    }, refusals: 400);
}
