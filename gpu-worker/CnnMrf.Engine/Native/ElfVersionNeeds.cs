using System.Buffers.Binary;
using System.Text;

namespace CnnMrf.Engine.Native;

/// <summary>One symbol version that an ELF file demands of a library (an <c>Elf64_Vernaux</c> entry).</summary>
/// <param name="Library">The library's name, as <c>libstdc++.so.6</c>.</param>
/// <param name="Version">The version's name, as <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="IsWeak">Whether the dynamic linker accepts that the library lacks it.</param>
/// <param name="FlagsOffset">Where the entry's 16-bit flags lie, in bytes from the start of the file.</param>
internal sealed record ElfVersionNeed(string Library, string Version, bool IsWeak, int FlagsOffset);

/// <summary>
/// Reads the section <c>.gnu.version_r</c> of a 64-bit little-endian ELF file and marks single entries of it weak.
/// Every offset in the file is checked; nothing else of the file is interpreted.
/// </summary>
internal static class ElfVersionNeeds
{
    private const int SectionHeaderSize = 64;
    private const int EntrySize = 16;
    private const uint VerneedSection = 0x6ffffffe;
    private const uint StringSection = 3;
    private const ushort WeakFlag = 2;

    /// <summary>The size of an ELF file's header, in bytes.</summary>
    public const int HeaderSize = 64;

    /// <summary>All version needs, in file order; empty when the file has none.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">Not a 64-bit little-endian ELF file, or a damaged one.</exception>
    public static IReadOnlyList<ElfVersionNeed> Read(ReadOnlySpan<byte> file)
    {
        CheckIdentity(file);
        var sections = Sections(file);
        var needs = new List<ElfVersionNeed>();
        foreach (var section in sections)
        {
            if (section.Type != VerneedSection)
                continue;
            if (section.Link >= sections.Length || sections[section.Link].Type != StringSection)
                throw Damaged("its version needs name no string table");
            var names = Slice(file, sections[section.Link].Offset, sections[section.Link].Size, "string table");
            var content = Slice(file, section.Offset, section.Size, "section .gnu.version_r");
            ReadSection(content, (int)section.Offset, section.Info, names, needs);
        }

        return needs;
    }

    /// <summary>
    /// A copy of the file in which one version need is weak and every other byte is the same. Where it is weak already, the copy is
    /// equal to the file.
    /// </summary>
    /// <param name="file">The whole file.</param>
    /// <param name="library">The library of which the version is demanded.</param>
    /// <param name="version">The version that may be absent.</param>
    /// <exception cref="InvalidDataException">Not a 64-bit little-endian ELF file, a damaged one, or one without this need.</exception>
    public static byte[] MarkWeak(ReadOnlySpan<byte> file, string library, string version)
    {
        var copy = file.ToArray();
        var found = false;
        foreach (var need in Read(file))
        {
            if (need.Library != library || need.Version != version)
                continue;
            found = true;
            var flags = copy.AsSpan(need.FlagsOffset, sizeof(ushort));
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
        }

        return found ? copy : throw new InvalidDataException($"The ELF file does not demand version {version} of {library}.");
    }

    /// <summary>
    /// Checks the kind of a file by its header, and that it is not cut short: the table of sections, which ends a library, is there.
    /// </summary>
    /// <param name="header">The first <see cref="HeaderSize"/> bytes of the file, or all of a shorter one.</param>
    /// <param name="length">The whole file's length in bytes.</param>
    /// <exception cref="InvalidDataException">Not a 64-bit little-endian ELF file, or cut short.</exception>
    public static void CheckWhole(ReadOnlySpan<byte> header, long length)
    {
        CheckIdentity(header);
        var table = BinaryPrimitives.ReadUInt64LittleEndian(header[40..]);
        var size = (ulong)BinaryPrimitives.ReadUInt16LittleEndian(header[60..]) * SectionHeaderSize;
        if (table > (ulong)length || size > (ulong)length - table)
            throw Damaged($"it has only {length} bytes");
    }

    private static void CheckIdentity(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || !file[..4].SequenceEqual("\u007fELF"u8))
            throw new InvalidDataException("This is not an ELF file: it does not begin with the ELF mark.");
        if (file.Length < HeaderSize)
            throw Damaged("it ends inside its header");
        if (file[4] != 2)
            throw new InvalidDataException("The ELF file is not a 64-bit one; only 64-bit libraries are supported.");
        if (file[5] != 1)
            throw new InvalidDataException("The ELF file is not little-endian; only little-endian libraries are supported.");
    }

    private static Section[] Sections(ReadOnlySpan<byte> file)
    {
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(file[40..]);
        var size = BinaryPrimitives.ReadUInt16LittleEndian(file[58..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file[60..]);
        if (count > 0 && size != SectionHeaderSize)
            throw Damaged($"its section headers are {size} bytes each instead of {SectionHeaderSize}");
        var table = Slice(file, offset, (ulong)count * SectionHeaderSize, "table of sections");
        var sections = new Section[count];
        for (var i = 0; i < count; i++)
        {
            var header = table.Slice(i * SectionHeaderSize, SectionHeaderSize);
            sections[i] = new Section(
                BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[24..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[32..]),
                BinaryPrimitives.ReadUInt32LittleEndian(header[40..]),
                BinaryPrimitives.ReadUInt32LittleEndian(header[44..]));
        }

        return sections;
    }

    private static void ReadSection(
        ReadOnlySpan<byte> section, int sectionOffset, uint libraries, ReadOnlySpan<byte> names, List<ElfVersionNeed> needs)
    {
        ulong at = 0;
        for (uint i = 0; i < libraries; i++)
        {
            var entry = Slice(section, at, EntrySize, "version need");
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry) != 1)
                throw Damaged("a version need has another layout than 1");
            var versions = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            var library = Name(names, BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]));
            var auxiliary = at + BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            for (var j = 0; j < versions; j++)
            {
                var version = Slice(section, auxiliary, EntrySize, "version need");
                var weak = (BinaryPrimitives.ReadUInt16LittleEndian(version[4..]) & WeakFlag) != 0;
                var name = Name(names, BinaryPrimitives.ReadUInt32LittleEndian(version[8..]));
                needs.Add(new ElfVersionNeed(library, name, weak, sectionOffset + (int)auxiliary + 4));
                auxiliary = Next(auxiliary, BinaryPrimitives.ReadUInt32LittleEndian(version[12..]), j + 1 == versions);
            }

            at = Next(at, BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]), i + 1 == libraries);
        }
    }

    // A step of 0 before the last entry would read the same one for ever (up to 2^32 times).
    private static ulong Next(ulong at, uint step, bool isLast) =>
        step > 0 || isLast ? at + step : throw Damaged("its list of version needs ends early");

    private static string Name(ReadOnlySpan<byte> names, uint offset)
    {
        if (offset > (uint)names.Length)
            throw Damaged("a name lies outside of its string table");
        var name = names[(int)offset..];
        var end = name.IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(name[..end]) : throw Damaged("a name has no end");
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, ulong offset, ulong length, string what) =>
        offset <= (ulong)bytes.Length && length <= (ulong)bytes.Length - offset
            ? bytes.Slice((int)offset, (int)length)
            : throw Damaged($"a {what} lies outside of what holds it");

    private static InvalidDataException Damaged(string how) => new($"The ELF file is damaged or incomplete: {how}.");

    private readonly record struct Section(uint Type, ulong Offset, ulong Size, uint Link, uint Info);
}
