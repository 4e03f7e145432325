using CnnMrf.Local.Tests;
using Microsoft.Playwright;
using Served = CnnMrf.Local.Tests.Serving.Program;

namespace CnnMrf.Web.Tests.Browsing;

[CollectionDefinition("Site")]
public sealed class SiteTests : ICollectionFixture<Site>;

/// <summary>One <c>cnnmrf serve</c> and one browser for all tests of the page. Tests keep apart by the names that they give.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly Dictionary<string, string> ShortTimes = new()
    {
        ["Folder__FlushToDisk"] = "false",
        ["Worker__HeartbeatEvery"] = "00:00:00.3",
        ["Worker__CheckpointEvery"] = "00:00:00.05",
        ["Worker__CancelPollEvery"] = "00:00:01",
        ["Pipeline__Timing__PollEvery"] = "00:00:02",
    };

    private Served? _serve;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Pictures, good and bad.</summary>
    internal Workplace Pictures { get; } = new();

    internal Uri Address { get; private set; } = null!;

    internal Api Api { get; private set; } = null!;

    internal string Content { get; private set; } = "";

    internal string Style { get; private set; } = "";

    internal string Data => Pictures["data"];

    public async ValueTask InitializeAsync()
    {
        (Content, Style) = (Pictures.Picture("meadow.png"), Pictures.Picture("brush.png", 48, 48, 1));
        _serve = Served.Start(Pictures[""], ShortTimes, "serve", "--data", Data, "--port", "0", "--threads", "1");
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
        Address = await _serve.ListensAsync();
        Api = new(Address);
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_serve is not null)
        {
            await _serve.DisposeAsync();
        }

        Pictures.Dispose();
    }

    /// <summary>Settings of milliseconds an iteration, whatever the machine.</summary>
    internal static string Settings(int seed, int iterations, int levels = 1) => $$"""
        {"weights":"random","mrfLayers":"relu2_1","contentLayer":"relu2_1","inducedLayers":"none","positionWeight":0,
         "mirrored":"off","finishFactor":1,
         "size":64,"threads":1,"levels":{{levels}},"iterations":{{iterations}},"seed":{{seed}} }
        """;

    /// <summary>Lets a person look at the page, and sees to it that nothing is complained of in the console, and nothing asked of
    /// others.</summary>
    /// <param name="see">What the person does.</param>
    /// <param name="dark">Whether dark colours are preferred.</param>
    /// <param name="width">Of the window, px.</param>
    /// <param name="refusals">Statuses of refused requests that belong to the test; the browser tells of each in its console.</param>
    internal async Task VisitAsync(Func<IPage, Task> see, bool dark = false, int width = 1200, params int[] refusals)
    {
        await using var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            ViewportSize = new() { Width = width, Height = 800 },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(30_000);
        Assertions.SetDefaultExpectTimeout(20_000);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning"
                && !refusals.Any(r => message.Text.Contains($"status of {r}", StringComparison.Ordinal)))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) => complaints.Add($"a script's dialog: {dialog.Message}");
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Address.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith($"blob:{Address}", StringComparison.Ordinal))
            {
                complaints.Add($"asked of another origin: {request.Url}");
            }
        };
        try
        {
            await see(page);
        }
        catch (Exception e)
        {
            var seen = $"At {page.Url}, complaints: {string.Join("; ", complaints)}\n{await page.InnerTextAsync("body")}";
            if (_serve!.HasExited)
            {
                throw new Xunit.Sdk.XunitException($"{e.Message}\nThe server ended, exit code {_serve.ExitCode}: {_serve.Said}\n{seen}", e);
            }

            await Api.CancelAllAsync();
            throw new Xunit.Sdk.XunitException($"{e.Message}\n{seen}", e);
        }

        Assert.Empty(complaints);
    }
}
