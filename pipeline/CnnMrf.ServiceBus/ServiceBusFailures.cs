using System.Net.Sockets;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.ServiceBus;

/// <summary>What the broker says, in the port's words.</summary>
internal static class ServiceBusFailures
{
    /// <param name="queue">The queue.</param>
    /// <param name="call">What to do.</param>
    /// <param name="ct">What the call was given.</param>
    /// <param name="messageId">The message that the call settles or renews; null for others.</param>
    /// <exception cref="MessageLockLostException">The message is no longer the caller's.</exception>
    /// <exception cref="QueueUnavailableException">The queue cannot be reached.</exception>
    internal static async Task AskAsync(string queue, Func<Task> call, CancellationToken ct, string? messageId = null)
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (ServiceBusException e) when (
            messageId is not null && e.Reason is (ServiceBusFailureReason.MessageLockLost or ServiceBusFailureReason.MessageNotFound))
        {
            throw new MessageLockLostException(messageId!, e);
        }
        catch (Exception e) when (IsOfService(e, ct))
        {
            throw new QueueUnavailableException(queue, $"Queue {queue}: {Explain(queue, e)}", e);
        }
    }

    private static bool IsOfService(Exception e, CancellationToken ct) => e switch
    {
        ServiceBusException or UnauthorizedAccessException or AuthenticationFailedException or TimeoutException or SocketException
            or IOException => true,
        // The SDK's own time-out.
        OperationCanceledException => !ct.IsCancellationRequested,
        _ => false,
    };

    private static string Explain(string queue, Exception e) => e switch
    {
        ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityNotFound } =>
            $"the namespace has no queue {queue}; deploy infra/, which makes it.",
        UnauthorizedAccessException => "the namespace refuses: give the identity the roles Azure Service Bus Data Sender and Azure Service "
            + $"Bus Data Receiver. {FirstLine(e)}",
        AuthenticationFailedException => $"no identity to ask the namespace with: {FirstLine(e)}",
        OperationCanceledException => "the namespace does not answer in time.",
        _ => $"the namespace cannot be reached: {FirstLine(e)}",
    };

    private static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].TrimEnd();
}
