using System.Buffers.Binary;
using System.Text;

namespace CnnMrf.Engine.Tests.Native;

/// <summary>Builds the smallest ELF files that have version needs: header, string table, .gnu.version_r, section headers.</summary>
internal static class SyntheticElf
{
    public const int VerneedHeaderIndex = 2;

    public static byte[] Build(params (string Library, string[] Versions)[] needs)
    {
        var names = new MemoryStream();
        names.WriteByte(0);
        uint Name(string name)
        {
            var offset = (uint)names.Length;
            names.Write(Encoding.UTF8.GetBytes(name + '\0'));
            return offset;
        }

        var verneed = new MemoryStream();
        for (var i = 0; i < needs.Length; i++)
        {
            var (library, versions) = needs[i];
            var size = 16u * (uint)(versions.Length + 1);
            Write(verneed, (ushort)1, (ushort)versions.Length, Name(library), 16u, i + 1 < needs.Length ? size : 0u);
            for (var j = 0; j < versions.Length; j++)
                Write(verneed, 0xabcd1234u, (ushort)0, (ushort)(j + 2), Name(versions[j]), j + 1 < versions.Length ? 16u : 0u);
        }

        // As in a real file, the entries lie in the middle of other bytes, here 0xEE.
        var padding = Enumerable.Repeat((byte)0xEE, 24).ToArray();
        var strings = 64 + padding.Length;
        var section = strings + (int)names.Length + padding.Length;
        var table = section + (int)verneed.Length + padding.Length;
        var file = new MemoryStream();
        file.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Write(file, (ushort)3, (ushort)62, 1u, 0ul, 0ul, (ulong)table, 0u);
        Write(file, (ushort)64, (ushort)0, (ushort)0, (ushort)64, (ushort)3, (ushort)0);
        file.Write(padding);
        file.Write(names.ToArray());
        file.Write(padding);
        file.Write(verneed.ToArray());
        file.Write(padding);
        file.Write(new byte[64]);
        Write(file, 0u, 3u, 0ul, 0ul, (ulong)strings, (ulong)names.Length, 0u, 0u, 1ul, 0ul);
        Write(file, 0u, 0x6ffffffeu, 0ul, 0ul, (ulong)section, (ulong)verneed.Length, 1u, (uint)needs.Length, 8ul, 0ul);
        return file.ToArray();
    }

    /// <summary>Where section header <paramref name="index"/> begins.</summary>
    public static int HeaderAt(byte[] file, int index) => (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(40)) + (index * 64);

    /// <summary>Where the contents of section <paramref name="index"/> begin.</summary>
    public static int SectionAt(byte[] file, int index) =>
        (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(HeaderAt(file, index) + 24));

    private static void Write(Stream stream, params object[] fields)
    {
        foreach (var field in fields)
        {
            stream.Write(field switch
            {
                ushort value => BitConverter.GetBytes(value),
                uint value => BitConverter.GetBytes(value),
                ulong value => BitConverter.GetBytes(value),
                _ => throw new ArgumentException($"no field of an ELF file: {field.GetType()}", nameof(fields)),
            });
        }
    }
}
