using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Weights;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Pipeline.Tests.Identity;

public sealed class IdentityTests
{
    private static readonly Gen<InputPart> Part =
        from role in Gen.Elements(Enum.GetValues<InputRole>())
        from index in Gen.Choose(0, 3)
        from name in Gen.Elements("a.png", "b.jpg", "")
        from hash in Gen.Choose(0, 15).Select(d => new string("0123456789abcdef"[d], 64))
        select new InputPart(role, index, name, hash, 10);

    private static readonly Gen<(InputPart[] Parts, SynthesisSettings Settings, WeightsReference Weights)> Request =
        from parts in Part.ListOf().Resize(5)
        from size in Gen.Choose(64, 512)
        from seed in Gen.Choose(0, 9)
        from weights in Gen.Elements(new WeightsReference("own", "00"), new("vgg19", "01"), new("random"))
        select ((InputPart[])[.. parts], SettingsJson.Parse($$"""{"size":{{size}},"seed":{{seed}}}"""), weights);

    [Fact]
    public void The_same_request_has_the_same_id_whatever_the_order_and_file_names() => Check(Request, r =>
    {
        var id = SynthesisIdentity.Of("n", r.Parts, r.Settings, r.Weights);
        var others = r.Parts.Reverse().Select(p => p with { FileName = "other.png" });
        // Equal roles and indices have no order to be put into.
        if (r.Parts.DistinctBy(p => (p.Role, p.Index)).Count() == r.Parts.Length)
        {
            Assert.Equal(id, SynthesisIdentity.Of("n", others, r.Settings with { }, r.Weights with { }));
        }
    });

    [Fact]
    public void Any_changed_byte_makes_another_id() => Check(Request, r =>
    {
        var id = SynthesisIdentity.Of("n", r.Parts, r.Settings, r.Weights);
        Assert.NotEqual(id, SynthesisIdentity.Of("m", r.Parts, r.Settings, r.Weights));
        Assert.NotEqual(id, SynthesisIdentity.Of("n", r.Parts, r.Settings with { Seed = r.Settings.Seed + 1 }, r.Weights));
        Assert.NotEqual(id, SynthesisIdentity.Of("n", r.Parts, r.Settings, r.Weights with { Sha256 = "02" }));
        for (var i = 0; i < r.Parts.Length; i++)
        {
            var changed = r.Parts.ToArray();
            changed[i] = changed[i] with { Sha256 = string.Concat("f0", changed[i].Sha256.AsSpan(2)) };
            Assert.NotEqual(id, SynthesisIdentity.Of("n", changed, r.Settings, r.Weights));
            Assert.NotEqual(id, SynthesisIdentity.Of("n", r.Parts.Where((_, j) => j != i), r.Settings, r.Weights));
        }
    });

    [Fact]
    public void Pictures_that_change_places_make_another_id()
    {
        var settings = SettingsJson.Parse("{}");
        var (one, two) = (new string('1', 64), new string('2', 64));
        InputPart[] there = [new(InputRole.Content, 0, "", one, 1), new(InputRole.Style, 0, "", two, 1)];
        InputPart[] back = [new(InputRole.Content, 0, "", two, 1), new(InputRole.Style, 0, "", one, 1)];
        Assert.NotEqual(
            SynthesisIdentity.Of("n", there, settings, new("own")), SynthesisIdentity.Of("n", back, settings, new("own")));
    }

    [Theory]
    [InlineData("Turtle", "turtle")]
    [InlineData("  Große Schildkröte (2)!.final ", "grosse-schildkrote-2-final")]
    [InlineData("o\u0308l ÉCLAIR Łódź Ærø", "ol-eclair-lodz-aero")]
    [InlineData("a//..//b", "a-b")]
    [InlineData("%2e%2e%2fetc", "2e-2e-2fetc")]
    [InlineData("a\0b\nc", "a-b-c")]
    [InlineData("---", "synthesis")]
    [InlineData("龟", "synthesis")]
    [InlineData("", "synthesis")]
    [InlineData(null, "synthesis")]
    public void A_slug_keeps_what_can_stand_in_a_url(string? name, string slug) => Assert.Equal(slug, Slug.Of(name));

    [Fact]
    public void A_slug_of_anything_is_a_slug() =>
        Prop.ForAll<string>(name => Slug.IsSlug(Slug.Of(name)) && Slug.Of(Slug.Of(name)) == Slug.Of(name)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_slug_of_three_hundred_characters_has_sixty()
    {
        Assert.Equal(60, Slug.Of(new string('x', 300)).Length);
        Assert.Equal(59, Slug.Of(new string('x', 59) + "-" + new string('y', 200)).Length);
    }

    [Theory]
    [InlineData("cat-0123456789abcdef", true)]
    [InlineData("a-0123456789abcdef", true)]
    [InlineData("cat-0123456789abcde", false)]
    [InlineData("cat-0123456789ABCDEF", false)]
    [InlineData("-0123456789abcdef", false)]
    [InlineData("0123456789abcdef", false)]
    [InlineData("../x-0123456789abcdef", false)]
    [InlineData("a/b-0123456789abcdef", false)]
    [InlineData("ä-0123456789abcdef", false)]
    [InlineData("cat-0123456789abcdef\n", false)]
    [InlineData("cat\0-0123456789abcdef", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_id_is_read_strictly(string? text, bool valid) => Assert.Equal(valid, SynthesisId.TryParse(text, out _));

    [Fact]
    public void No_text_that_is_read_as_an_id_has_anything_but_letters_digits_and_hyphens() => Prop.ForAll<string>(text =>
        !SynthesisId.TryParse(text + "-0123456789abcdef", out var id)
        || id.Value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')).QuickCheckThrowOnFailure();

    [Fact]
    public void Keys_are_read_back_from_instance_and_message_ids()
    {
        var run = new RunKey(SynthesisId.Parse("r-r2-0123456789abcdef"), 12);
        Assert.Equal("r-r2-0123456789abcdef-r12", run.InstanceId);
        Assert.True(RunKey.TryParse(run.InstanceId, out var read));
        Assert.Equal(run, read);
    }

    [Fact]
    public void A_dispatch_is_read_back_from_its_messages_id_and_says_by_which_plan()
    {
        var planned = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 125, TimeSpan.Zero);
        var dispatch = new DispatchKey(new(SynthesisId.Parse("r-r2-0123456789abcdef"), 12, 3), 4, planned);
        Assert.Equal("r-r2-0123456789abcdef/12/3/4/1772366400125", dispatch.MessageId);
        Assert.True(DispatchKey.TryParse(dispatch.MessageId, out var read));
        Assert.Equal(dispatch, read);
        Assert.True(read.IsOf(planned.AddTicks(9)));
        Assert.False(read.IsOf(planned.AddMilliseconds(1)));
    }

    [Fact]
    public void A_dispatch_that_does_not_say_by_which_plan_may_be_of_any()
    {
        Assert.True(DispatchKey.TryParse("cat-0123456789abcdef/1/3/4", out var read));
        Assert.Equal("cat-0123456789abcdef/1/3/4", read.MessageId);
        Assert.True(read.IsOf(DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("cat-0123456789abcdef/1/3")]
    [InlineData("cat-0123456789abcdef/1/3/0")]
    [InlineData("cat-0123456789abcdef/1/3/4/")]
    [InlineData("cat-0123456789abcdef/1/3/4/-5")]
    [InlineData("cat-0123456789abcdef/1/3/4/9223372036854775807")]
    [InlineData("cat-0123456789abcdef/1/3/4/5/6")]
    [InlineData("../../etc/passwd/1/1/1")]
    [InlineData(null)]
    public void What_is_no_messages_id_of_a_level_is_none(string? text) => Assert.False(DispatchKey.TryParse(text, out _));

    [Theory]
    [InlineData("cat-0123456789abcdef-r0")]
    [InlineData("cat-0123456789abcdef-r01")]
    [InlineData("cat-0123456789abcdef-r-1")]
    [InlineData("cat-0123456789abcdef")]
    [InlineData("cat-0123456789abcdef-r99999999999")]
    [InlineData(null)]
    public void Other_texts_are_no_instance_ids(string? text) => Assert.False(RunKey.TryParse(text, out _));

    [Theory]
    [InlineData("nightly", true)]
    [InlineData("2026-03-01_a.b", true)]
    [InlineData(".hidden", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("reports/x", false)]
    [InlineData("", false)]
    public void Batches_have_plain_names(string name, bool valid) => Assert.Equal(valid, BatchName.IsValid(name));

    [Theory]
    [InlineData("../../etc/passwd.png", "passwd")]
    [InlineData("C:\\fakepath\\cat.jpg", "cat")]
    [InlineData("a\u202Egnp.exe", "a gnp")]
    [InlineData("line\nbreak.png", "line break")]
    [InlineData("\0", null)]
    [InlineData("Schildkröte 🐢.png", "Schildkröte 🐢")]
    public void A_file_name_is_shown_without_what_could_harm(string name, string? shown) => Assert.Equal(shown, DisplayName.OfFile(name));

    [Fact]
    public void A_shown_name_is_short_and_on_one_line() => Prop.ForAll<string>(name =>
        DisplayName.Of(name + name + new string('x', 300)) is { Length: <= DisplayName.MaxLength } shown && !shown.Any(char.IsControl))
        .QuickCheckThrowOnFailure();

    private static void Check<T>(Gen<T> gen, Action<T> check) => Prop.ForAll(gen.ToArbitrary(), check).QuickCheckThrowOnFailure();
}
