using System.Net.Http.Headers;
using System.Text;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Api.Tests.Fakes;

/// <summary>Forms and pictures to send.</summary>
internal static class TestForms
{
    public const string SmallSettings = """{"preset":"paper","size":128,"iterations":4}""";

    public static byte[] Picture(int seed = 1, int width = 64, int height = 48)
    {
        var random = new Random(seed);
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i++)
        {
            picture.Rgb[i] = random.Next(256) / 255f;
        }

        return PictureCodec.Encode(picture, PictureFormat.Png);
    }

    /// <summary>A form that is accepted.</summary>
    public static MultipartFormDataContent Whole(string? name = null, int seed = 1, string settings = SmallSettings)
    {
        var form = new MultipartFormDataContent().WithFile("content", Picture(seed), "cat.png")
            .WithFile("style", Picture(seed + 1_000), "style.png")
            .WithText("settings", settings);
        return name is null ? form : form.WithText("name", name);
    }

    public static MultipartFormDataContent WithFile(this MultipartFormDataContent form, string part, byte[] bytes, string fileName)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(content, part, fileName);
        return form;
    }

    public static MultipartFormDataContent WithText(this MultipartFormDataContent form, string part, string text)
    {
        form.Add(new StringContent(text), part);
        return form;
    }

    /// <summary>A body as it is, for what no client would send.</summary>
    public static HttpContent Raw(string body, string contentType = "multipart/form-data; boundary=b") =>
        Raw(Encoding.Latin1.GetBytes(body), contentType);

    public static HttpContent Raw(byte[] body, string contentType = "multipart/form-data; boundary=b")
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    /// <summary>A part as it goes over the wire, with CRLF for each line end.</summary>
    public static string Part(string header, string body = "x") => $"--b\r\n{header}\r\n\r\n{body}\r\n";
}
