using CnnMrf.Web.Tests.Browsing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CnnMrf.Web.Tests.Form;

[Collection("Site")]
public sealed class PictureTests(Site site)
{
    private const string Give = """
        async ([kind, target, names]) => {
          const data = new DataTransfer();
          for (const name of names) {
            const canvas = new OffscreenCanvas(20, 10);
            canvas.getContext('2d').fillRect(0, 0, 10, 10);
            data.items.add(new File([await canvas.convertToBlob()], name, { type: 'image/png' }));
          }
          const event = kind === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
          document.querySelector(target).dispatchEvent(event);
        }
        """;

    [Fact]
    public Task Pictures_are_dropped_pasted_and_taken_away() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.FormAsync();
        await GiveAsync("drop", "#content-input", "dropped.png");
        await GiveAsync("paste", "body", "pasted.png");
        await GiveAsync("drop", "#style-input", "second.png", "third.png");

        await Expect(page.Locator(".thumb-name")).ToHaveTextAsync(["dropped.png", "pasted.png", "second.png", "third.png"]);
        await Expect(page.Locator(".thumb-caption .soft").First).ToContainTextAsync("20 × 10");
        await page.Button("Remove style picture 2").ClickAsync();
        await page.Button("Remove the content picture").ClickAsync();
        await Expect(page.Locator(".thumb-name")).ToHaveTextAsync(["pasted.png", "third.png"]);
        await GiveAsync("drop", "header", "beside.png");
        await Expect(page.Locator(".thumb-name")).ToHaveCountAsync(2);

        Task GiveAsync(string kind, string target, params string[] names) => page.EvaluateAsync(Give, new object[] { kind, target, names });
    });

    [Fact]
    public Task What_is_more_than_sixteen_styles_is_named_and_costs_nothing_that_is_there() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.ChooseAsync(site.Content, null);
        await page.EvaluateAsync(Give, new object[] { "drop", "#style-input", Enumerable.Range(1, 15).Select(i => $"{i}.png").ToArray() });
        await Expect(page.Locator(".thumb-name")).ToHaveCountAsync(16);
        // As if something was painted over all of them.
        await page.EvaluateAsync("""
            async () => {
              const { draft } = await import('/scripts/form/draft.js');
              draft.contentMap = new Blob(['content']);
              draft.styleMaps = draft.styles.map((s) => new Blob([s.name]));
            }
            """);
        await page.EvaluateAsync(Give, new object[] { "drop", "#style-input", new[] { "16.png", "17.png" } });
        await Expect(page.Locator(".thumb-name")).ToHaveCountAsync(17);
        await Expect(page.Locator("#style-problem")).ToHaveTextAsync(
            "At most 16 style pictures are used together: remove some to add 17.png.");
        await Expect(page.GetByText("not over style 16 yet")).ToBeVisibleAsync();
        await page.EvaluateAsync(Give, new object[] { "paste", "body", new[] { "18.png" } });
        await Expect(page.Locator("#style-problem")).ToContainTextAsync("18.png");
        await Expect(page.Locator("#announcements")).Not.ToContainTextAsync("added");
        await Expect(page.Locator(".thumb-name")).ToHaveCountAsync(17);
        await Expect(page.GetByText("not over style 16 yet")).ToBeVisibleAsync();

        await page.Button("Remove style picture 16").ClickAsync();
        await Expect(page.Locator("#style-problem")).ToBeHiddenAsync();
        await Expect(page.GetByText("Areas are painted: each")).ToBeVisibleAsync();
    });

    [Fact]
    public Task The_sample_pair_is_a_click_away_and_what_was_chosen_stays_while_one_looks_elsewhere() => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        await page.Button("Try it with the sample pair").ClickAsync();
        await Expect(page.Locator(".thumb-name")).ToHaveTextAsync(["photograph.jpg", "painting.jpg"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "Gallery" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New" }).ClickAsync();
        await Expect(page.Locator(".thumb-name")).ToHaveTextAsync(["photograph.jpg", "painting.jpg"]);
        await Expect(page.Locator(".thumb-picture").First).ToHaveJSPropertyAsync("naturalWidth", 480);
    });
}
