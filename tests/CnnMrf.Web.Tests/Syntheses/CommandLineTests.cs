using System.Diagnostics;
using CnnMrf.Web.Tests.Browsing;

namespace CnnMrf.Web.Tests.Syntheses;

[Collection("Site")]
public sealed class CommandLineTests(Site site)
{
    [Theory]
    // Names that would be options: the output's, and the weights'.
    [InlineData("-o.png", "--weights=x.png", "./-o.png './--weights=x.png'")]
    [InlineData("it's $(touch made)!*.png", "-'`touch made`'.png", "'it'\\''s $(touch made)!*.png' './-'\\''`touch made`'\\''.png'")]
    public Task The_command_line_that_the_page_gives_makes_the_same_picture(string contentName, string styleName, string words) =>
        site.VisitAsync(async page =>
    {
        var content = site.Pictures.Picture(contentName, phase: 2);
        var style = site.Pictures.Picture(styleName, 48, 48, 1);
        var id = await site.Api.MakeAsync(content, style, Site.Settings(6, 4, 2), $"Copied {words.Length}");
        await page.GotoAsync($"/#/syntheses/{id}");
        var line = await page.GetByRole(Microsoft.Playwright.AriaRole.Region, new() { Name = "Command line" }).InnerTextAsync();
        Assert.StartsWith($"./run synthesize {words} --preset balanced", line, StringComparison.Ordinal);

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
        Assert.False(File.Exists(site.Pictures["made"]));
        File.Delete(result);
    });

    [Theory]
    [InlineData("content", "-", "./run synthesize ./-")]
    [InlineData("content", "/?", "./run synthesize './/?'")]
    [InlineData("content", "/h", "./run synthesize .//h")]
    [InlineData("initial", "Noise", "./run texture --initial ./Noise")]
    [InlineData("initial", "noise.png", "./run texture --initial noise.png")]
    [InlineData("style-map", "-m.png", "./run texture --initial --style-map ./-m.png")]
    [InlineData("style", "a\nb.png", "./run texture 'a\nb.png' --initial")]
    public Task A_name_stays_a_name_wherever_it_stands(string role, string fileName, string begins) => site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        var line = await page.EvaluateAsync<string>(
            "async ([role, fileName]) => (await import('/scripts/settings/commandLine.js'))"
                + ".commandLine([{ role, fileName }], { initial: 'picture' })",
            new[] { role, fileName });
        Assert.StartsWith(begins, line, StringComparison.Ordinal);
    });
}
