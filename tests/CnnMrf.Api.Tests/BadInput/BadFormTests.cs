using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using CnnMrf.Api.Tests.Fakes;
using static CnnMrf.Api.Tests.Fakes.TestForms;

namespace CnnMrf.Api.Tests.BadInput;

/// <summary>Forms that cannot be used: a problem document that names the field, and nothing written.</summary>
public sealed class BadFormTests
{
    private const string Style = "Content-Disposition: form-data; name=style; filename=s.png";

    /// <summary>What is wrong, the status, the field, a word of the message, and the body.</summary>
    public static TheoryData<string, int, string, string, Func<HttpContent>> Forms => new()
    {
        { "no style", 400, "style", "At least one style", () => new MultipartFormDataContent().WithFile("content", Picture(), "c.png") },
        { "an empty form", 400, "style", "At least one style", () => Raw("--b--\r\n") },
        { "an empty body", 400, "body", "closing boundary", () => Raw("") },
        { "two contents", 400, "content", "several times", () => Whole().WithFile("content", Picture(), "again.png") },
        { "two settings", 400, "settings", "several times", () => Whole().WithText("settings", "{}") },
        { "two names", 400, "name", "several times", () => Whole("a").WithText("name", "b") },
        { "17 styles", 400, "style", "at most 16", () => Enumerable.Range(0, 17).Aggregate(
            new MultipartFormDataContent(), (form, i) => form.WithFile("style", Picture(i), $"{i}.png")) },
        { "an unknown part", 400, "colour", "no part 'colour'", () => Whole().WithText("colour", "red") },
        { "a name in other letters", 400, "Style", "no part 'Style'", () => Whole().WithFile("Style", Picture(), "s.png") },
        { "1000 parts", 400, "style", "at most 16", () => Raw(string.Concat(Enumerable.Repeat(Part(Style), 1_000)) + "--b--\r\n") },
        { "a style that was not chosen, 1000 times", 400, "body", "more than 64 parts", () => Raw(string.Concat(Enumerable.Repeat(
            Part("Content-Disposition: form-data; name=style; filename=\"\"", ""), 1_000)) + "--b--\r\n") },
        { "a map without the other", 400, "contentMap", "both", () => Whole().WithFile("styleMap", Picture(), "m.png") },
        { "a start that the settings do not want", 400, "initial", "initial", () =>
            Whole(settings: """{"preset":"paper","size":128,"initial":"noise"}""").WithFile("initial", Picture(), "i.png") },
        { "no boundary", 400, "Content-Type", "no boundary", () => Raw("--b--\r\n", "multipart/form-data") },
        { "an empty boundary", 400, "Content-Type", "no boundary", () => Raw("--b--\r\n", "multipart/form-data; boundary=\"\"") },
        { "a boundary of 300 characters", 400, "Content-Type", "longer than 70", () =>
            Raw("--b--\r\n", "multipart/form-data; boundary=" + new string('b', 300)) },
        { "another boundary than its own", 400, "body", "closing boundary", () => Raw("--c\r\n\r\n--c--\r\n") },
        { "an end in the middle of a part", 400, "body", "closing boundary", () => Raw(Part(Style)[..^3]) },
        { "an end in the middle of a header", 400, "body", "malformed", () => Raw("--b\r\nContent-Disp") },
        { "a part without headers", 400, "body", "Content-Disposition", () => Raw("--b\r\n\r\nx\r\n--b--\r\n") },
        { "a part without a name", 400, "body", "Content-Disposition", () => Raw(Part("Content-Disposition: form-data") + "--b--\r\n") },
        { "an attachment", 400, "body", "Content-Disposition", () =>
            Raw(Part("Content-Disposition: attachment; name=style") + "--b--\r\n") },
        { "a header that is none", 400, "body", "malformed", () => Raw(Part("This is no header") + "--b--\r\n") },
        { "a header of 20 KB", 400, "body", "malformed", () => Raw(Part($"{Style}\r\nX-Long: {new string('x', 20_000)}") + "--b--\r\n") },
        { "1000 headers", 400, "body", "malformed", () => Raw(
            Part(Style + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"\r\nX-{i}: 1"))) + "--b--\r\n") },
        { "JSON", 415, "Content-Type", "multipart/form-data", () => new StringContent("{}", Encoding.UTF8, "application/json") },
        { "a form of the other kind", 415, "Content-Type", "multipart/form-data", () => new FormUrlEncodedContent([new("style", "x")]) },
        { "multipart of another kind", 415, "Content-Type", "multipart/form-data", () => Raw("--b--\r\n", "multipart/mixed; boundary=b") },
        { "no type at all", 415, "Content-Type", "multipart/form-data", () => new ByteArrayContent([1]) },
        { "a type that is none", 415, "Content-Type", "multipart/form-data", () => Raw("--b--\r\n", "///") },
        { "a text for a picture", 400, "style", "not a picture", () => new MultipartFormDataContent()
            .WithFile("style", "hello"u8.ToArray(), "s.png") },
        { "an empty picture", 400, "style", "empty", () => new MultipartFormDataContent().WithFile("style", [], "s.png") },
        { "half a header of a picture", 400, "style", "not a picture", () => new MultipartFormDataContent()
            .WithFile("style", Picture()[..12], "s.png") },
        { "a picture of 4 pixels", 400, "style", "at least", () => new MultipartFormDataContent()
            .WithFile("style", Picture(1, 4, 4), "s.png") },
        { "a decompression bomb", 400, "content", "50000×50000", () => new MultipartFormDataContent()
            .WithFile("content", Bomb(), "bomb.png").WithFile("style", Picture(), "s.png") },
        { "a picture too small for the settings", 400, "styleScale", "style", () =>
            Whole(settings: """{"preset":"paper","size":128,"styleScale":[1,2,3]}""") },
    };

    /// <summary>Settings that cannot be used, the field, and a word of the message.</summary>
    public static TheoryData<string, string, string> Settings => new()
    {
        { """{"size":99999}""", "size", "8192" },
        { """{"size":"big"}""", "size", "size" },
        { """{"size":-1}""", "size", "size" },
        { """{"sise":256}""", "sise", "no setting" },
        { """{"iterations":1e99}""", "iterations", "iterations" },
        { """{"size":256,"size":300}""", "settings", "JSON" },
        { """{"preset":"fast"}""", "preset", "balanced" },
        { "[1]", "settings", "JSON object" },
        { "null", "settings", "JSON object" },
        { "true", "settings", "JSON object" },
        { "{", "settings", "JSON" },
        { "\0", "settings", "JSON" },
        { "{\"weights\":\"../../etc/passwd\"}", "weights", "no weights" },
        { "{\"weights\":\"/etc/passwd\"}", "weights", "no weights" },
        { "{\"weights\":\"vgg99\"}", "weights", "no weights" },
        { "{\"weights\":\"a%2fb\"}", "weights", "no weights" },
        { "DEEP", "settings", "JSON" },
        { "DEEP ARRAYS", "settings", "JSON" },
    };

    /// <summary>Names that are no names.</summary>
    public static TheoryData<string> Names =>
        ["../../etc/passwd", "a/b", "a\\b", "..", "a\0b", "a\u202Eb", "two\nlines", new string('x', 300), "\uFFFD"];

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public async Task A_form_that_cannot_be_used_is_refused(string what, int status, string field, string says, Func<HttpContent> body)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/api/syntheses", body());

        Assert.True(status == (int)response.StatusCode, $"{what}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        Assert.Contains(says, await response.DetailAsync(), StringComparison.Ordinal);
        Assert.Equal(field, await response.FieldAsync());
        Assert.Equal(0, host.Store.Writes);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Settings_that_cannot_be_used_are_refused(string settings, string field, string says)
    {
        settings = settings switch
        {
            "DEEP" => string.Concat(Enumerable.Repeat("{\"a\":", 1_000)) + "1" + new string('}', 1_000),
            "DEEP ARRAYS" => "{\"size\":" + new string('[', 1_000) + new string(']', 1_000) + "}",
            _ => settings,
        };
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/api/syntheses", Whole(settings: settings));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, await response.DetailAsync(), StringComparison.Ordinal);
        Assert.Equal(field, await response.FieldAsync());
        Assert.Equal(0, host.Store.Writes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_that_is_a_path_or_cannot_be_shown_is_refused(string name)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/api/syntheses", Whole(name));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("name", await response.FieldAsync());
        Assert.Equal(0, host.Store.Writes);
    }

    [Fact]
    public async Task Settings_and_names_that_are_no_UTF8_are_refused()
    {
        await using var host = await ApiHost.StartAsync();

        foreach (var part in new[] { "settings", "name" })
        {
            using var response = await host.Client.PostAsync(
                "/api/syntheses", Raw(Part($"Content-Disposition: form-data; name={part}", "\xFF\xFE") + "--b--\r\n"));

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(part, await response.FieldAsync());
        }

        Assert.Equal(0, host.Store.Writes);
    }

    [Fact]
    public async Task All_wrong_settings_are_named_at_once()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Client.PostAsync("/api/syntheses", Whole(settings: """{"levels":99,"history":0}"""));

        Assert.Equal(["levels", "history"], (await response.JsonAsync())["errors"]!.AsArray().Select(e => e!["field"]!.ToString()));
    }

    // A PNG whose header says 50,000 × 50,000 pixels, in a few bytes.
    private static byte[] Bomb()
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, 50_000);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 50_000);
        header[8] = 1;
        Chunk(file, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[1_000_000]);
        }

        Chunk(file, "IDAT"u8, data.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, byte[] data)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. type, .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
