using System.Net;
using CnnMrf.Api.Tests.Fakes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CnnMrf.Api.Tests.BadInput;

/// <summary>Whatever comes as a form: the server never fails, and what it refuses leaves no trace.</summary>
public sealed class FormFuzzTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Property(MaxTest = 300)]
    public async Task A_form_with_bytes_changed_removed_or_put_in_is_taken_or_refused(int seed, PositiveInt changes)
    {
        var random = new Random(seed);
        var body = await WholeAsync();
        for (var i = 0; i < 1 + (changes.Get % 20); i++)
        {
            body = Change(body, random);
        }

        await TakenOrRefusedAsync(TestForms.Raw(body));
    }

    [Property(MaxTest = 200)]
    public Task Any_bytes_are_refused(byte[] body) => TakenOrRefusedAsync(TestForms.Raw(body));

    [Property(MaxTest = 200)]
    public Task Any_bytes_in_a_part_are_taken_or_refused(byte[] header, byte[] bytes) =>
        TakenOrRefusedAsync(TestForms.Raw([.. "--b\r\n"u8, .. header, .. "\r\n\r\n"u8, .. bytes, .. "\r\n--b--\r\n"u8]));

    [Property(MaxTest = 200)]
    public Property Any_settings_are_taken_or_refused() => Prop.ForAll(Json().ToArbitrary(), settings =>
        TakenOrRefusedAsync(TestForms.Whole(settings: settings)).GetAwaiter().GetResult());

    [Property(MaxTest = 200)]
    public Task Any_name_is_taken_or_refused(string? name) => TakenOrRefusedAsync(TestForms.Whole(name ?? ""));

    [Property(MaxTest = 200)]
    public Task Any_type_is_taken_or_refused(string? boundary) => TakenOrRefusedAsync(
        TestForms.Raw("--b--\r\n"u8.ToArray(), "multipart/form-data; boundary="
            + string.Concat((boundary ?? "").Where(c => c is > ' ' and < '\x7F'))));

    private static Gen<string> Json()
    {
        var name = Gen.Elements([.. Core.Settings.SettingsJson.Names, "colour", "__proto__", ""]);
        var value = Gen.Elements(
            "0", "1", "-1", "1e308", "1e999", "0.5", "256", "99999999999", "null", "true", "\"\"", "\"auto\"", "\"512x256\"",
                "\"\\u0000\"", "[]", "[1,2,3]",
            "{}", "{\"relu3_1\":1}", "\"relu4_1\"", "NaN", "[[[]]]");
        return from count in Gen.Choose(0, 4)
               from pairs in Gen.ArrayOf(from n in name from v in value select $"\"{n}\":{v}", count)
               select "{" + string.Join(',', pairs) + "}";
    }

    private static async Task<byte[]> WholeAsync()
    {
        var form = new MultipartFormDataContent("b")
            .WithFile("content", TestForms.Picture(1, 16, 16), "c.png").WithFile("style", TestForms.Picture(2, 16, 16), "s.png")
            .WithText("settings", TestForms.SmallSettings).WithText("name", "cat");
        return await form.ReadAsByteArrayAsync();
    }

    private static byte[] Change(byte[] body, Random random)
    {
        if (body.Length == 0)
        {
            return body;
        }

        var at = random.Next(body.Length);
        var length = random.Next(Math.Min(40, body.Length - at));
        return random.Next(5) switch
        {
            0 => [.. body[..at], .. body[(at + length)..]],
            1 => [.. body[..at], .. body[at..(at + length)], .. body[at..]],
            2 => body[..at],
            3 => [.. body[..at], (byte)random.Next(256), .. body[at..]],
            _ => [.. body[..at], (byte)random.Next(256), .. body[(at + 1)..]],
        };
    }

    private async Task TakenOrRefusedAsync(HttpContent body)
    {
        var writes = _host.Store.Writes;

        using var response = await _host.Client.PostAsync("/api/syntheses", body);

        Assert.Contains(response.StatusCode, new[]
        {
            HttpStatusCode.OK, HttpStatusCode.Accepted, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge,
                HttpStatusCode.UnsupportedMediaType,
        });
        Assert.True(response.IsSuccessStatusCode || writes == _host.Store.Writes, "What was refused left something behind.");
        Assert.Empty(_host.Log);
    }
}
