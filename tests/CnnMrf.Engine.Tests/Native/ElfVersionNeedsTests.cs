using System.Buffers.Binary;
using CnnMrf.Engine.Native;
using FsCheck.Xunit;

namespace CnnMrf.Engine.Tests.Native;

public sealed class ElfVersionNeedsTests
{
    private static byte[] TwoLibraries() => SyntheticElf.Build(
        ("libc.so.6", ["GLIBC_2.34", "GLIBC_2.2.5"]),
        ("libstdc++.so.6", ["GLIBCXX_3.4.30", "GLIBCXX_3.4.32", "CXXABI_1.3"]));

    [Fact]
    public void All_needs_are_read_in_file_order()
    {
        var needs = ElfVersionNeeds.Read(TwoLibraries());

        Assert.Equal(
            [
                ("libc.so.6", "GLIBC_2.34", false), ("libc.so.6", "GLIBC_2.2.5", false), ("libstdc++.so.6", "GLIBCXX_3.4.30", false),
                ("libstdc++.so.6", "GLIBCXX_3.4.32", false), ("libstdc++.so.6", "CXXABI_1.3", false),
            ],
            needs.Select(need => (need.Library, need.Version, need.IsWeak)));
    }

    [Fact]
    public void Only_the_named_version_becomes_weak_and_every_other_byte_stays()
    {
        var file = TwoLibraries();
        var before = file.ToArray();

        var patched = ElfVersionNeeds.MarkWeak(file, "libstdc++.so.6", "GLIBCXX_3.4.32");

        Assert.Equal(before, file);
        var changed = Enumerable.Range(0, file.Length).Where(i => file[i] != patched[i]);
        // The fourth need: after libc's entry and its two, libstdc++'s entry and one.
        Assert.Equal(SyntheticElf.SectionAt(file, SyntheticElf.VerneedHeaderIndex) + (5 * 16) + 4, Assert.Single(changed));
        Assert.Equal("GLIBCXX_3.4.32", Assert.Single(ElfVersionNeeds.Read(patched), need => need.IsWeak).Version);
    }

    [Fact]
    public void The_same_version_of_another_library_is_left_alone()
    {
        var file = SyntheticElf.Build(("liba.so", ["V_1"]), ("libb.so", ["V_1"]));

        var needs = ElfVersionNeeds.Read(ElfVersionNeeds.MarkWeak(file, "libb.so", "V_1"));

        Assert.Equal("libb.so", Assert.Single(needs, need => need.IsWeak).Library);
    }

    [Fact]
    public void What_is_weak_already_stays_as_it_is()
    {
        var once = ElfVersionNeeds.MarkWeak(TwoLibraries(), "libstdc++.so.6", "GLIBCXX_3.4.32");

        Assert.Equal(once, ElfVersionNeeds.MarkWeak(once, "libstdc++.so.6", "GLIBCXX_3.4.32"));
    }

    [Theory]
    [InlineData("libstdc++.so.6", "GLIBCXX_3.4.99")]
    [InlineData("libm.so.6", "GLIBC_2.34")]
    public void An_absent_need_is_reported_by_name(string library, string version)
    {
        var error = Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MarkWeak(TwoLibraries(), library, version));

        Assert.Contains(version, error.Message, StringComparison.Ordinal);
        Assert.Contains(library, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_version_needs_has_none() => Assert.Empty(ElfVersionNeeds.Read(SyntheticElf.Build()));

    [Theory]
    [InlineData(4, 1, "64-bit")]
    [InlineData(5, 2, "little-endian")]
    [InlineData(0, (byte)'M', "not an ELF file")]
    [InlineData(58, 40, "section headers")]
    public void A_file_of_another_kind_is_refused(int offset, byte value, string expected)
    {
        var file = TwoLibraries();
        file[offset] = value;

        var error = Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read(file));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        var file = TwoLibraries();

        for (var length = 0; length < file.Length; length++)
            Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read(file.AsSpan(0, length)));
    }

    [Fact]
    public void The_header_alone_tells_whether_the_file_is_whole()
    {
        var file = TwoLibraries();
        var header = file[..ElfVersionNeeds.HeaderSize];

        ElfVersionNeeds.CheckWhole(header, file.Length);

        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.CheckWhole(header, file.Length - 1));
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.CheckWhole(header.AsSpan(0, 63), file.Length));
    }

    [Theory]
    [InlineData(24)] // offset of the section
    [InlineData(32)] // its size: cut below, it no longer holds the entries
    [InlineData(40)] // its string table
    public void A_section_header_that_points_elsewhere_is_refused(int field)
    {
        var file = TwoLibraries();
        var value = field == 32 ? 40u : 0x7fffffffu;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(SyntheticElf.HeaderAt(file, SyntheticElf.VerneedHeaderIndex) + field), value);

        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read(file));
    }

    [Theory]
    [InlineData(0)] // layout of the entry
    [InlineData(4)] // name of the library
    [InlineData(8)] // where its versions begin
    [InlineData(12)] // where the next library begins
    [InlineData(24)] // name of the first version
    [InlineData(28)] // where the next version begins
    public void An_entry_that_points_elsewhere_is_refused(int field)
    {
        var file = TwoLibraries();
        var at = SyntheticElf.SectionAt(file, SyntheticElf.VerneedHeaderIndex) + field;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), 0xfffffff0u);

        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read(file));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(28)]
    public void A_list_that_does_not_advance_is_refused(int field)
    {
        var file = TwoLibraries();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(SyntheticElf.SectionAt(file, SyntheticElf.VerneedHeaderIndex) + field), 0);

        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read(file));
    }

    // Whatever is wrong in a file: an answer or a clear refusal, and no read outside of it.
    [Property(MaxTest = 2000)]
    public void A_file_with_any_byte_changed_is_read_or_refused(int position, byte value)
    {
        var file = TwoLibraries();
        file[(int)((uint)position * 2654435761u % (uint)file.Length)] = value;

        var error = Record.Exception(() => ElfVersionNeeds.Read(file));

        Assert.True(error is null or InvalidDataException, error?.ToString());
    }
}
