using System.Text.Json;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.Storage.Checks;

/// <summary>The messages that every queue takes.</summary>
internal static class QueueMessages
{
    /// <summary>The reason of a dead letter that was delivered too often; Service Bus gives the same.</summary>
    internal const string GivenUp = "MaxDeliveryCountExceeded";

    internal const int MostIdCharacters = 128;
    internal const int MostBodyBytes = 48 * 1_024;
    internal const int MostDescriptionCharacters = 4_096;

    /// <exception cref="ArgumentException">Id, body or time to live cannot be kept.</exception>
    internal static void Check(QueueMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Id is not { Length: > 0 and <= MostIdCharacters } || message.Id.Any(char.IsControl))
        {
            throw new ArgumentException(
                $"A message's id has 1 to {MostIdCharacters} characters, none of them a control character.", nameof(message));
        }

        if (message.Body.Length > MostBodyBytes)
        {
            throw new ArgumentException(
                $"The body of message {message.Id} has {message.Body.Length:N0} bytes; at most {MostBodyBytes:N0} fit.", nameof(message));
        }

        if (message.TimeToLive < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException($"Message {message.Id} would live shorter than a second.", nameof(message));
        }

        try
        {
            using var body = JsonDocument.Parse(message.Body);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The body of message {message.Id} is no JSON: {e.Message}", nameof(message), e);
        }
    }

    /// <exception cref="ArgumentException">The installation has no such queue.</exception>
    internal static void CheckName(string name)
    {
        if (!QueueNames.All.Contains(name))
        {
            throw new ArgumentException($"'{name}' is no queue; there are {string.Join(" and ", QueueNames.All)}.", nameof(name));
        }
    }

    internal static string Cut(string description)
        => description.Length <= MostDescriptionCharacters ? description : description[..MostDescriptionCharacters];
}
