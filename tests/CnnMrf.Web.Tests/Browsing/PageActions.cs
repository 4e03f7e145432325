using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CnnMrf.Web.Tests.Browsing;

/// <summary>What people do on the page again and again.</summary>
internal static class PageActions
{
    /// <summary>Addresses of the API, and not of the scripts that call it.</summary>
    internal static Regex OfTheApi { get; } = new("^http://[^/]+/api/");

    /// <summary>Waits until the form is there.</summary>
    internal static Task FormAsync(this IPage page) => page.Locator("input[name=preset]").First.WaitForAsync(
        new() { State = WaitForSelectorState.Attached });

    /// <summary>Chooses pictures and writes settings.</summary>
    internal static async Task ChooseAsync(this IPage page, string? content, string? style, string? settings = null)
    {
        await page.FormAsync();
        if (content is not null)
        {
            await page.SetInputFilesAsync("#content-input", content);
        }

        if (style is not null)
        {
            await page.SetInputFilesAsync("#style-input", style);
        }

        if (settings is not null)
        {
            await page.GetByText("Advanced").ClickAsync();
            await page.FillAsync("#json", settings);
        }
    }

    internal static Task StartAsync(this IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();

    /// <summary>The id of the synthesis that is looked at.</summary>
    internal static async Task<string> IdAsync(this IPage page)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("#/syntheses/.+"));
        return page.Url[(page.Url.LastIndexOf('/') + 1)..];
    }

    /// <summary>Waits until where a synthesis stands is said so.</summary>
    internal static Task StandsAsync(this IPage page, string status) => Assertions.Expect(page.Locator(".head-line .pill")).ToHaveTextAsync(
        status, new() { Timeout = 120_000 });

    internal static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    /// <summary>Goes on with the tab key until an element has the focus.</summary>
    internal static async Task TabToAsync(this IPage page, string selector, int most = 60)
    {
        for (var i = 0; i < most; i++)
        {
            if (await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{most} tabs do not lead to {selector}.");
    }
}
