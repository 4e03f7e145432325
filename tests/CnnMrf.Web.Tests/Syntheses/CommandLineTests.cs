using System.Diagnostics;
using CnnMrf.Web.Tests.Browsing;

namespace CnnMrf.Web.Tests.Syntheses;

[Collection("Site")]
public sealed class CommandLineTests(Site site)
{
    [Fact]
    public Task The_command_line_that_the_page_gives_makes_the_same_picture() => site.VisitAsync(async page =>
    {
        var content = site.Pictures.Picture("it's a meadow.png", phase: 2);
        var id = await site.Api.MakeAsync(content, site.Style, Site.Settings(6, 4, 2), "Copied");
        await page.GotoAsync($"/#/syntheses/{id}");
        var line = await page.GetByRole(Microsoft.Playwright.AriaRole.Region, new() { Name = "Command line" }).InnerTextAsync();
        Assert.StartsWith("./run synthesize 'it'\\''s a meadow.png' brush.png --preset balanced", line, StringComparison.Ordinal);

        var result = site.Pictures["copied.png"];
        var start = new ProcessStartInfo("bash") { WorkingDirectory = site.Pictures[""], RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        var program = $"dotnet {Path.Combine(AppContext.BaseDirectory, "cnnmrf.dll")}";
        start.ArgumentList.Add($"{line.Replace("./run", program, StringComparison.Ordinal)} -o copied.png -q");
        using var run = Process.Start(start)!;
        var said = await run.StandardError.ReadToEndAsync();
        await run.WaitForExitAsync();

        Assert.True(run.ExitCode == 0, $"{line}: {said}");
        Assert.Equal(await site.Api.BytesAsync($"/api/syntheses/{id}/result"), await File.ReadAllBytesAsync(result));
    });
}
