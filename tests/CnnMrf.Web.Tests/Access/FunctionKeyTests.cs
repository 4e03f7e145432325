using CnnMrf.Web.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Access;

/// <summary>A server that wants a key, as in Azure.</summary>
[Collection("Site")]
public sealed class FunctionKeyTests(Site site)
{
    private const string Key = "right+key/==";

    [Fact]
    public Task The_key_is_asked_for_once_sent_as_a_header_and_kept_while_the_tab_is_open() => site.VisitAsync(async page =>
    {
        var id = await site.Api.MakeAsync(site.Content, site.Style, Site.Settings(50, 1), "Locked");
        var urls = new List<string>();
        await page.RouteAsync(PageActions.OfTheApi, async route =>
        {
            urls.Add(route.Request.Url);
            await (await route.Request.HeaderValueAsync("x-functions-key") == Key ? route.ContinueAsync()
                : route.FulfillAsync(new() { Status = 401 }));
        });
        await page.GotoAsync("/#/syntheses");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Function key" });
        await dialog.GetByLabel("Key").FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToContainTextAsync("That key was not accepted");
        await dialog.GetByLabel("Key").FillAsync(Key);
        await page.Keyboard.PressAsync("Enter");
        var card = page.Locator(".gallery-card", new() { HasText = "Locked" });
        await Expect(card.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 64);
        Assert.StartsWith("blob:", await card.Locator("img").GetAttributeAsync("src"), StringComparison.Ordinal);

        await page.GotoAsync($"/#/syntheses/{id}");
        await page.ReloadAsync();
        await page.StandsAsync("Finished");
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.All(urls.Append(page.Url), u => Assert.DoesNotContain("right", Uri.UnescapeDataString(u), StringComparison.Ordinal));
    }, refusals: 401);

    [Theory]
    [InlineData("right+\u200bkey/==")]
    [InlineData("right+ke\u00fd/==")]
    [InlineData("right +key/==")]
    public Task A_key_with_a_character_that_no_key_has_is_asked_for_again_and_never_kept(string mistyped) => site.VisitAsync(async page =>
    {
        await LockAsync(page);
        await page.GotoAsync("/#/syntheses");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Function key" });
        await dialog.GetByLabel("Key").FillAsync(mistyped);
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToContainTextAsync("That is no key");
        await Expect(dialog.GetByLabel("Key")).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Key")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Null(await page.EvaluateAsync<string?>("() => sessionStorage.getItem('cnnmrf-function-key')"));

        await dialog.GetByLabel("Key").FillAsync($" {Key} ");
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Locator(".alert:visible")).ToHaveCountAsync(0);
        await Expect(page.Locator(".gallery-card, .empty:visible").First).ToBeVisibleAsync();
    }, refusals: 401);

    [Fact]
    public Task A_kept_key_that_no_header_takes_is_forgotten() => site.VisitAsync(async page =>
    {
        await LockAsync(page);
        await page.AddInitScriptAsync("sessionStorage.setItem('cnnmrf-function-key', 'right+\\u200bkey')");
        await page.GotoAsync("/#/syntheses");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "Function key" })).ToContainTextAsync("This server wants a key");
    }, refusals: 401);

    [Fact]
    public Task Who_gives_no_key_is_told_what_to_do() => site.VisitAsync(async page =>
    {
        await page.RouteAsync(PageActions.OfTheApi, r => r.FulfillAsync(new() { Status = 401 }));
        await page.GotoAsync("/#/syntheses");
        await page.Button("Not now").ClickAsync();
        await Expect(page.Locator(".alert:visible")).ToContainTextAsync("This server wants a function key");
    }, refusals: 401);

    private static async Task LockAsync(IPage page) => await page.RouteAsync(PageActions.OfTheApi, async route =>
        await (await route.Request.HeaderValueAsync("x-functions-key") == Key ? route.ContinueAsync()
            : route.FulfillAsync(new() { Status = 401 })));
}
