using Microsoft.Playwright;

namespace CnnMrf.Web.Tests.Browsing;

/// <summary>The browser: the system's own Chromium or Chrome, never one that a test tool downloads.</summary>
internal static class Chromium
{
    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];

    private static readonly string[] Folders =
    [
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator),
        "/Applications/Google Chrome.app/Contents/MacOS", @"C:\Program Files\Google\Chrome\Application",
        @"C:\Program Files (x86)\Microsoft\Edge\Application",
    ];

    // Nothing that it does by itself at a start: no update, no look-up, no first steps.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(
        new() { ExecutablePath = Find(), Headless = true, Args = Flags });

    private static string Find() => Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given ? given
        : Folders.SelectMany(f => Names.Append("Google Chrome").Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "The tests of the page need Chromium, and there is none: apt-get install chromium, or set CHROMIUM to a browser's path.");
}
