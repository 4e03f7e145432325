using System.Text;
using System.Text.Json.Nodes;
using CnnMrf.Api.Problems;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Api.Forms;

/// <summary>The form's parts that are texts.</summary>
internal static class FormTexts
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static async Task<string> ReadAsync(Stream body, string part, CancellationToken ct)
    {
        using var text = new MemoryStream();
        var chunk = new byte[4_096];
        for (int read; (read = await FormStream.ReadAsync(body, chunk, ct).ConfigureAwait(false)) > 0;)
        {
            text.Write(chunk, 0, read);
            if (text.Length > RequestLimits.JsonBytes)
            {
                throw ApiProblem.TooLarge(part, $"The part {part} has more than {RequestLimits.JsonBytes:N0} bytes. Shorten it.");
            }
        }

        try
        {
            return StrictUtf8.GetString(text.GetBuffer(), 0, (int)text.Length).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw ApiProblem.BadRequest(part, $"The part {part} is no UTF-8. Send it as UTF-8.");
        }
    }

    /// <summary>Nothing but white space means: as the preset says.</summary>
    public static JsonObject Settings(string text) => string.IsNullOrWhiteSpace(text) ? [] : SettingsJson.ParseObject(text);

    /// <summary>A name is shown to people and becomes a part of the id: it may be of any script, but is no path.</summary>
    public static string? Name(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var name = text.Trim();
        if (name.Length > DisplayName.MaxLength)
        {
            throw ApiProblem.BadRequest("name", $"The name has {name.Length:N0} characters. Give at most {DisplayName.MaxLength}.");
        }

        if (name.Contains("..", StringComparison.Ordinal) || name.AsSpan().ContainsAny('/', '\\') || DisplayName.Of(name) != name)
        {
            throw ApiProblem.BadRequest(
                "name", "The name has '/', '\\', '..' or characters that cannot be shown. Give a plain name on one line.");
        }

        return name;
    }
}
