using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Tests.Running;

public sealed class SweepVariantsTests
{
    [Fact]
    public void Commas_separate_variants() => Assert.Equal([".5", "1", "2", "4"], From(("contentWeight", [".5,1,2,4"])).Columns.Values);

    [Fact]
    public void Repeated_values_are_variants() => Assert.Equal(["1", "2"], From(("contentWeight", ["1", "2"])).Columns.Values);

    [Fact]
    public void A_semicolon_keeps_commas_together() => Assert.Equal(["4,2,1", "1"], From(("contentWeight", ["4,2,1; 1"])).Columns.Values);

    [Fact]
    public void Lists_that_are_always_lists_are_not_split_at_commas()
    {
        var variants = From(("iterations", ["40,20"]), ("seed", ["1,2"]));

        Assert.Equal("seed", variants.Columns.Setting.Name);
        Assert.Equal("40,20", variants.Fixed["iterations"]);
        Assert.Equal(["40,20", "80,40"], From(("iterations", ["40,20;80,40"])).Columns.Values);
    }

    [Fact]
    public void A_single_list_is_kept_by_a_semicolon_at_its_end() =>
        Assert.Equal("2,1", From(("stride", ["2,1;"]), ("seed", ["1,2"])).Fixed["stride"]);

    [Fact]
    public void Two_swept_settings_are_rows_and_columns()
    {
        var variants = From(("size", ["64"]), ("seed", ["1,2"]), ("contentWeight", [".5,1,2"]));

        Assert.Equal(("seed", "contentWeight"), (variants.Rows!.Setting.Name, variants.Columns.Setting.Name));
        var all = variants.All().ToArray();
        Assert.Equal(6, all.Length);
        Assert.Equal("seed 1, content-weight .5", all[0].Label);
        Assert.Equal(("64", "2", "2"), (all[5].Texts["size"], all[5].Texts["seed"], all[5].Texts["contentWeight"]));
    }

    [Fact]
    public void Nothing_swept_is_refused() => Refused("several values", ("seed", ["1"]));

    [Fact]
    public void Three_swept_settings_are_refused() => Refused("at most two", ("seed", ["1,2"]), ("size", ["64,128"]), ("levels", ["1,2"]));

    [Fact]
    public void An_empty_list_is_refused() => Refused("no value", ("seed", [";"]));

    private static void Refused(string says, params (string Name, string[] Texts)[] given) =>
        Assert.Contains(says, Assert.Throws<UsageException>(() => From(given)).Message, StringComparison.Ordinal);

    private static SweepVariants From(params (string Name, string[] Texts)[] given) =>
        SweepVariants.From(given.Select(g => (SettingOptions.Find(g.Name)!, g.Texts)));
}
