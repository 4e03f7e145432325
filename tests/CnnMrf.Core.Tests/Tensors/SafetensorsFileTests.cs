using System.Buffers.Binary;
using System.Text;
using CnnMrf.Core.Tensors;

namespace CnnMrf.Core.Tests.Tensors;

public sealed class SafetensorsFileTests
{
    private const string OneTensor = """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""";

    [Fact]
    public void A_file_of_the_format_s_own_making_is_read()
    {
        var json = """{"__metadata__":{"k":"ü"},"b":{"dtype":"I32","shape":[],"data_offsets":[4,8]}"""
            + ""","a":{"shape":[2,1],"data_offsets":[0,4],"dtype":"F16"},"z":{"dtype":"F64","shape":[0,7],"data_offsets":[4,4]}}   """;
        var file = Parse(json, [0x00, 0x3C, 0x00, 0xC0, 1, 2, 3, 4]);

        Assert.Equal(["b", "a", "z"], file.Names);
        Assert.Equal("ü", file.Metadata["k"]);
        Assert.Equal([1f, -2f], file.ReadSingles("a"));
        Assert.Equal([1d, -2d], file.ReadDoubles("a"));
        Assert.Empty(file.ReadDoubles("z"));
        Assert.Equal([1, 2, 3, 4], file.Bytes("b").ToArray());
        Assert.Equal(4, file["b"].Offset);
        Assert.False(file.TryGet("c", out _));
        Assert.Contains("'c'", Assert.Throws<SafetensorsException>(() => file["c"]).Message, StringComparison.Ordinal);
        Assert.Contains("I32", Assert.Throws<SafetensorsException>(() => file.ReadSingles("b")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_floating_point_type_is_converted()
    {
        var bytes = new byte[2 + 4 + 8];
        bytes[1] = 0x40; // bfloat16 2.0
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(2), 0.1f);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(6), 0.1);
        var file = Parse(
            """{"b":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]},"s":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}"""
            + ""","d":{"dtype":"F64","shape":[1],"data_offsets":[6,14]}}""",
            bytes);

        Assert.Equal([2f], file.ReadSingles("b"));
        Assert.Equal([0.1f], file.ReadSingles("s"));
        Assert.Equal([(double)0.1f], file.ReadDoubles("s"));
        Assert.Equal([0.1f], file.ReadSingles("d"));
        Assert.Equal([0.1], file.ReadDoubles("d"));
    }

    [Fact]
    public void Integers_are_read_back_and_not_taken_for_anything_else()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(
            stream, [TensorData.FromIntegers("n", [3], [-1, 0, int.MaxValue]), TensorData.FromSingles("s", [1], [1])]);
        var file = SafetensorsFile.Read(stream.ToArray(), "test");
        Assert.Equal([-1, 0, int.MaxValue], file.ReadIntegers("n"));
        Assert.Contains("I32 is wanted", Assert.Throws<SafetensorsException>(() => file.ReadIntegers("s")).Message);
        Assert.Contains("floating-point", Assert.Throws<SafetensorsException>(() => file.ReadSingles("n")).Message);
    }

    [Theory]
    [InlineData("[]", "does not start")]
    [InlineData("  {}", "does not start")]
    [InlineData("""{"a":""", "not valid JSON")]
    [InlineData("""{} x""", "not valid JSON")]
    [InlineData("""{"a\ud800":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", "not valid JSON")]
    [InlineData("""{"a":[[[[[[]]]]]]}""", "not an object")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{}}""", "'a' occurs twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "occurs twice")]
    [InlineData("""{"__metadata__":{"k":"v","k":"v"}}""", "'k' occurs twice")]
    [InlineData("""{"__metadata__":{"k":1}}""", "'k'")]
    [InlineData("""{"__metadata__":["k"]}""", "not an object")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", "'dtype' occurs twice")]
    [InlineData("""{"a":{"dtype":"F4","shape":[2],"data_offsets":[0,2]}}""", "dtype F4")]
    [InlineData("""{"a":{"dtype":"u8","shape":[2],"data_offsets":[0,2]}}""", "dtype u8")]
    [InlineData("""{"a":{"dtype":6,"shape":[2],"data_offsets":[0,2]}}""", "dtype")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,2]}}""", "no dtype")]
    [InlineData("""{"a":{"dtype":"U8","data_offsets":[0,2]}}""", "no shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2]}}""", "no data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2],"more":1}}""", "unknown key 'more'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,2]}}""", "takes 3 bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""", "shape holds")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2.0],"data_offsets":[0,2]}}""", "shape holds")]
    [InlineData("""{"a":{"dtype":"U8","shape":2,"data_offsets":[0,2]}}""", "not an array")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""", "not a begin and an end")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,1,2]}}""", "not a begin and an end")]
    [InlineData("""{"a":{"dtype":"I64","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", "overflows")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", "hole of 1 bytes before tensor 'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[],"data_offsets":[1,2]}}""", "'b' over")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", "1 bytes after the last tensor")]
    [InlineData("""{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "truncated")]
    [InlineData("""{"a":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}""", "would take")]
    public void A_header_that_breaks_the_format_is_refused_with_its_reason(string json, string reason)
    {
        var e = Assert.Throws<SafetensorsException>(() => Parse(json, [1, 2]));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("the.file: ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_not_utf_8_is_refused()
    {
        var bytes = Whole(OneTensor, [1, 2]);
        bytes[10] = 0xFF;
        var e = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(bytes));
        Assert.Contains("UTF-8", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(100_000_001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(1000UL)]
    public void A_header_length_that_cannot_be_is_refused_before_anything_is_allocated(ulong length)
    {
        var bytes = Whole(OneTensor, [1, 2]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(bytes));
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(new MemoryStream(bytes)));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = Whole(OneTensor, [1, 2]);
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = bytes[..length];
            Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(part));
            Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(new MemoryStream(part)));
        }
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_to_its_end()
    {
        using var server = new System.IO.Pipes.AnonymousPipeServerStream();
        using var client = new System.IO.Pipes.AnonymousPipeClientStream(server.GetClientHandleAsString());
        server.Write(Whole(OneTensor, [7, 8]));
        server.Dispose();
        Assert.Equal([7, 8], SafetensorsFile.Read(client).Bytes("a").ToArray());
    }

    private static SafetensorsFile Parse(string json, byte[] data) => SafetensorsFile.Read(Whole(json, data), "the.file");

    private static byte[] Whole(string json, byte[] data)
    {
        var text = Encoding.UTF8.GetBytes(json);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, text.Length);
        return [.. prefix, .. text, .. data];
    }
}
