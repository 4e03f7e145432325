using CnnMrf.Web.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Form;

[Collection("Site")]
public sealed class KeyboardTests(Site site)
{
    [Fact]
    public Task From_the_first_key_to_the_result_no_pointer_is_needed() => site.VisitAsync(async page =>
    {
        // Only while somebody listens does the browser leave choosers to us, and it is told so without being waited for: the key must not
        // be faster.
        page.FileChooser += (_, _) => { };
        await page.GotoAsync("/");
        await page.FormAsync();
        await ChooseAsync("#content-input", site.Content);
        await ChooseAsync("#style-input", site.Style);
        await page.TabToAsync("#name");
        await page.Keyboard.TypeAsync("By keys");
        await page.TabToAsync("input[name=preset]");
        await page.TabToAsync("#slider-size");
        await page.Keyboard.PressAsync("Home");
        await Expect(page.Locator("#slider-size")).ToHaveAttributeAsync("aria-valuetext", "64 px");
        await page.TabToAsync("summary");
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync("#json");
        await page.Keyboard.InsertTextAsync(Site.Settings(8, 3));
        await page.TabToAsync("button[type=submit]");
        await page.Keyboard.PressAsync("Enter");

        await page.StandsAsync("Finished");
        await page.TabToAsync(".compare-input");
        await page.Keyboard.PressAsync("Home");
        await Expect(page.Locator(".compare-input")).ToHaveAttributeAsync("aria-valuetext", "0 % content");
        await page.TabToAsync(".side button");

        async Task ChooseAsync(string input, string file)
        {
            await page.TabToAsync(input);
            var chooser = await page.RunAndWaitForFileChooserAsync(() => page.Keyboard.PressAsync("Enter"));
            await chooser.SetFilesAsync(file);
            await Expect(page.GetByText(Path.GetFileName(file), new() { Exact = true })).ToBeVisibleAsync();
            await Expect(page.Locator(input)).ToBeFocusedAsync();
        }
    });

    [Fact]
    public Task The_first_tab_leads_past_the_head() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
        Assert.EndsWith("/", page.Url, StringComparison.Ordinal);
    });
}
