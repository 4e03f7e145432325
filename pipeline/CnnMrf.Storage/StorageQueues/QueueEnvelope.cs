using System.Buffers;
using System.Text;
using System.Text.Json;
using CnnMrf.Storage.Checks;

namespace CnnMrf.Storage.StorageQueues;

/// <summary>
/// A message as it lies in a storage queue, which knows nothing but a text of at most 64 KB that must be good XML: a JSON object around the
/// body. (Base64 would take a third more, and a body of 48 KB could not have anything beside it.)
/// </summary>
internal sealed record QueueEnvelope(string Id, ReadOnlyMemory<byte> Body)
{
    internal const int MostBytes = 64 * 1_024;

    internal string? TraceParent { get; init; }

    /// <summary>When the message was sent that this dead letter was.</summary>
    internal DateTimeOffset? Sent { get; init; }

    internal string? Reason { get; init; }

    internal string? Description { get; init; }

    /// <summary>The text. A description too long for the queue is cut.</summary>
    internal string Write()
    {
        var text = WriteWhole();
        for (var left = Description?.Length ?? 0; left > 0 && Encoding.UTF8.GetByteCount(text) > MostBytes;)
        {
            left /= 2;
            text = (this with { Description = Description![..left] }).WriteWhole();
        }

        return text;
    }

    /// <summary>Reads a text. One that is none of ours becomes a message with itself as body: whoever receives it says what is
    /// wrong.</summary>
    internal static QueueEnvelope Read(string text, string messageId)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && Text(root, "id") is { Length: > 0 } id
                && root.TryGetProperty("body", out var body))
            {
                return new(id, Encoding.UTF8.GetBytes(body.GetRawText()))
                {
                    TraceParent = Text(root, "traceParent"),
                    Sent = root.TryGetProperty("sent", out var sent) && sent.ValueKind == JsonValueKind.String
                        && sent.TryGetDateTimeOffset(out var at) ? at : null,
                    Reason = Text(root, "reason"),
                    Description = Text(root, "description"),
                };
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Somebody else's; the second is of half a surrogate pair, "\ud800".
        }

        return new(messageId, Encoding.UTF8.GetBytes(text));
    }

    private static string? Text(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The same JSON without what XML cannot hold or changes: U+FFFE and U+FFFF, which occur in strings only and are escaped
    /// there, and carriage returns, which in JSON are white space.</summary>
    private static byte[] FitForXml(ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json);
        return Encoding.UTF8.GetBytes(text.Replace("\uFFFE", @"\uFFFE", StringComparison.Ordinal)
            .Replace("\uFFFF", @"\uFFFF", StringComparison.Ordinal).Replace('\r', ' '));
    }

    private string WriteWhole()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", Id);
            WriteText(json, "traceParent", TraceParent);
            if (Sent is { } sent)
            {
                json.WriteString("sent", sent);
            }

            WriteText(json, "reason", Reason);
            WriteText(json, "description", Description);
            json.WritePropertyName("body");
            // A body that is no JSON can only be somebody else's text on its way to the dead letters.
            if (IsJson(Body))
            {
                json.WriteRawValue(FitForXml(Body.Span), skipInputValidation: true);
            }
            else
            {
                json.WriteStringValue(Encoding.UTF8.GetString(Body.Span));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool IsJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, QueueMessages.Cut(value));
        }
    }
}
