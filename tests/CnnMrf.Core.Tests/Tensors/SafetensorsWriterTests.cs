using System.Buffers.Binary;
using System.Text;
using CnnMrf.Core.Files;
using CnnMrf.Core.Tensors;

namespace CnnMrf.Core.Tests.Tensors;

public sealed class SafetensorsWriterTests
{
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream,
            [new TensorData("b", TensorType.U8, [2], new byte[] { 5, 6 }), TensorData.FromSingles("a", [], [1f])],
            new Dictionary<string, string> { ["z"] = "1", ["a"] = "<2>" });
        var bytes = stream.ToArray();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);

        Assert.Equal(
            """{"__metadata__":{"a":"<2>","z":"1"},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}"""
            + ""","a":{"dtype":"F32","shape":[],"data_offsets":[2,6]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal(0, length % 8);
        Assert.Equal([5, 6, 0, 0, 0x80, 0x3F], bytes[(8 + length)..]);
    }

    [Fact]
    public void Metadata_order_does_not_show_in_the_bytes()
    {
        var one = new MemoryStream();
        var other = new MemoryStream();
        SafetensorsWriter.Write(one, [], new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        SafetensorsWriter.Write(other, [], new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" });
        Assert.Equal(one.ToArray(), other.ToArray());
    }

    [Fact]
    public void What_the_reader_would_refuse_is_not_written()
    {
        Refused([new TensorData("a", TensorType.F32, [2], new byte[7])], "'a'");
        Refused([new TensorData("a", TensorType.F32, [-1], default)], "'a'");
        Refused([new TensorData("a", TensorType.U8, [0], default), new TensorData("a", TensorType.U8, [0], default)], "twice");
        Refused([new TensorData("__metadata__", TensorType.U8, [0], default)], "reserved");
        Refused([new TensorData("\ud800", TensorType.U8, [0], default)], "surrogate");
        Assert.Contains(
            "65505",
            Assert.Throws<SafetensorsException>(() => TensorData.FromSinglesAsHalves("h", [1], [655050f])).Message,
            StringComparison.Ordinal);

        static void Refused(TensorData[] tensors, string reason)
        {
            var stream = new MemoryStream();
            var e = Assert.Throws<SafetensorsException>(() => SafetensorsWriter.Write(stream, tensors));
            Assert.Contains(reason, e.Message, StringComparison.Ordinal);
            Assert.Equal(0, stream.Length);
        }
    }

    [Fact]
    public void A_name_may_be_as_long_as_the_file_system_takes()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, new string('n', 255));
            AtomicFile.Write(path, stream => stream.WriteByte(1));

            Assert.Equal([path], Directory.GetFiles(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, "deep", "w.safetensors");
            SafetensorsWriter.WriteFile(path, [TensorData.FromDoubles("a", [1], [3])]);
            Assert.Throws<SafetensorsException>(
                () => SafetensorsWriter.WriteFile(path, [new TensorData("a", TensorType.U8, [5], default)]));
            Assert.Throws<IOException>(() => AtomicFile.Write(path, stream =>
            {
                stream.WriteByte(1);
                throw new IOException("disk full");
            }));

            Assert.Equal([3d], SafetensorsFile.Read(path).ReadDoubles("a"));
            Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
