using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Local.Options;

namespace CnnMrf.Local.Tests.Options;

public sealed class SettingOptionsTests
{
    public static TheoryData<string, string> Examples { get; } = [.. SettingOptions.All
        .SelectMany(o => o.Example.Split(';').Select(e => (o.Name, e)))];

    public static TheoryData<string> Names { get; } = [.. SettingOptions.All.Select(o => o.Name)];

    [Fact]
    public void Every_setting_has_one_option() =>
        Assert.Equal(SettingsJson.Names.Order(), SettingOptions.All.Select(o => o.Name).Order());

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_option_sets_its_setting(string name, string example)
    {
        var setting = SettingOptions.Find(name)!;
        var verb = Enum.GetValues<Verbs>().First(v => v is Verbs.Synthesize or Verbs.Texture && setting.Verbs.HasFlag(v));
        var expected = SettingsJson.ToNode(SettingsJson.Resolve(new JsonObject { [name] = SettingText.ToJson(name, example) }));

        var actual = SettingsJson.ToNode(Resolve(verb, $"{setting.OptionName}={example}").Settings);

        Assert.Equal(expected[name]?.ToJsonString(), actual[name]?.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Choices_in_the_help_are_the_choices_there_are(string name)
    {
        var type = typeof(SynthesisSettings).GetProperties()
            .Single(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).PropertyType;
        if (!type.IsEnum)
        {
            return;
        }

        var choices = Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName).Select(c => c == "picture" ? "FILE" : c);
        Assert.Equal(choices.Order(), SettingOptions.Find(name)!.Value!.Split('|').Order());
    }

    [Theory]
    [InlineData("--tv-weight", "smoothnessWeight")]
    [InlineData("--init", "initial")]
    [InlineData("--max-size", "size")]
    [InlineData("--num-res", "levels")]
    [InlineData("--num-iter", "iterations")]
    public void Names_of_other_implementations_work(string alias, string name)
    {
        var setting = Assert.Single(SettingOptions.All, o => o.Aliases.Contains(alias));
        Assert.Equal(name, setting.Name);
        Assert.Equal(name, SettingsJson.CanonicalName(alias));

        var (byAlias, byName) = (Resolve(Verbs.Synthesize, alias, setting.Example.Split(';')[0]),
            Resolve(Verbs.Synthesize, setting.OptionName, setting.Example.Split(';')[0]));
        Assert.Equal(byName.Settings, byAlias.Settings);
        Assert.NotEqual(Presets.Balanced, byAlias.Settings);
    }

    [Fact]
    public void Option_names_are_unique()
    {
        var names = SettingOptions.All.SelectMany(o => o.Aliases.Append(o.OptionName)).ToArray();

        Assert.Equal(names.Length, names.Distinct().Count());
    }

    internal static GivenSettings Resolve(Verbs verb, params string[] args)
    {
        var command = new Command("test");
        var arguments = new SettingArguments(command, verb);
        var parsed = command.Parse(args);
        Assert.Empty(parsed.Errors);
        return arguments.Resolve(parsed);
    }
}
