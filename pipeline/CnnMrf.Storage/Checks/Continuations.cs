using System.Buffers.Text;
using System.Text;

namespace CnnMrf.Storage.Checks;

/// <summary>Continuations travel through URLs and come back from strangers: text that is safe there, and is known again.</summary>
internal static class Continuations
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="kind">A letter that says which store made it.</param>
    /// <param name="position">Where to go on.</param>
    internal static string Write(char kind, string position) => Base64Url.EncodeToString(Strict.GetBytes(kind + position));

    /// <exception cref="FormatException">It is not of this kind.</exception>
    internal static string Read(char kind, string continuation)
    {
        try
        {
            var text = Strict.GetString(Base64Url.DecodeFromChars(continuation));
            if (text.Length > 1 && text[0] == kind)
            {
                return text[1..];
            }
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Refused(e);
        }

        throw Refused(null);
    }

    internal static FormatException Refused(Exception? inner)
        => new("The continuation is not one of this listing; start the listing anew without one.", inner);
}
