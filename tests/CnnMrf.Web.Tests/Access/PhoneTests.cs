using CnnMrf.Web.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Access;

[Collection("Site")]
public sealed class PhoneTests(Site site)
{
    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    public Task On_a_phone_nothing_is_wider_than_the_window(int width) => site.VisitAsync(async page =>
    {
        var name = $"A name of one very long word: {new string('w', 60)}";
        var id = await site.Api.MakeAsync(site.Content, site.Style, Site.Settings(70, 2, 2), name);
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, site.Style, Site.Settings(71, 1));
        await CheckAsync("form");
        await page.Button("Paint areas").ClickAsync();
        await Expect(page.Locator("canvas")).ToHaveCountAsync(2);
        await CheckAsync("painter");
        await page.Button("Leave").ClickAsync();
        await page.GotoAsync($"/#/syntheses/{id}");
        await Expect(page.Locator(".curve").First).ToBeVisibleAsync();
        await page.GetByText("As numbers").ClickAsync();
        await CheckAsync("result");
        await page.GotoAsync("/#/syntheses");
        await Expect(page.Locator(".gallery-card").First).ToBeVisibleAsync();
        await CheckAsync("gallery");
        await page.GotoAsync("/#/batches");
        await CheckAsync("batches");

        async Task CheckAsync(string view) => Assert.True(
            await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth "
                + "&& [...document.querySelectorAll('dialog')].every((d) => d.scrollWidth <= d.clientWidth)"),
            $"{view} is wider than {width} px.");
    }, width: width);
}
