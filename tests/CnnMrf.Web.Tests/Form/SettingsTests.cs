using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Web.Tests.Browsing;

namespace CnnMrf.Web.Tests.Form;

/// <summary>The sliders' words are the engine's settings.</summary>
[Collection("Site")]
public sealed class SettingsTests(Site site)
{
    private const string Every = """
        async () => {
          const { sliders, switches } = await import('/scripts/settings/sliders.js');
          const { freshChoice, settingsOf, offered } = await import('/scripts/settings/choice.js');
          const presets = await (await fetch('/presets.json')).json();
          const all = [];
          for (const preset of Object.keys(presets)) {
            for (const [kind, controls] of [['sliders', sliders], ['switches', switches]]) {
              for (const control of controls.filter((c) => offered(c, presets))) {
                for (const position of control.positions ?? [true]) {
                  const choice = { ...freshChoice(), preset };
                  choice[kind][control.name] = position;
                  const guided = control.guided ?? true;
                  all.push({ preset, kind, name: control.name, position, settings: settingsOf(choice, presets, guided) });
                }
              }
            }
          }
          return JSON.stringify(all);
        }
        """;

    private const string Back = """
        async (settings) => {
          const { choiceOf } = await import('/scripts/settings/choice.js');
          const presets = await (await fetch('/presets.json')).json();
          return JSON.stringify(JSON.parse(settings).map((s) => choiceOf(s, presets)));
        }
        """;

    [Fact]
    public Task Every_position_of_every_slider_is_valid_and_is_found_again_from_the_settings_that_it_means() =>
        site.VisitAsync(async page =>
    {
        await page.GotoAsync("/");
        var all = JsonNode.Parse(await page.EvaluateAsync<string>(Every))!.AsArray();
        Assert.True(all.Count > 4 * 20, $"{all.Count} positions.");
        var resolved = new JsonArray([.. all.Select(a => SettingsDifference.Of(SettingsJson.Resolve(a!["settings"]!.AsObject())))]);
        var back = JsonNode.Parse(await page.EvaluateAsync<string>(Back, resolved.ToJsonString()))!.AsArray();

        foreach (var (given, found) in all.Zip(back))
        {
            Assert.Equal((string?)given!["preset"], (string?)found!["preset"]);
            Assert.Equal("", (string?)found["json"]);
            Assert.Equal(
                given["position"]!.ToJsonString(),
                found[(string)given["kind"]!]![(string)given["name"]!]!.ToJsonString());
        }
    });
}
