using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.AzureBlobs;

/// <summary>What the service says, in the port's words.</summary>
internal static class AzureFailures
{
    /// <summary>True for what the port has a word for; cancelled calls and mistakes of ours stay what they are.</summary>
    internal static bool IsOfService(Exception e, CancellationToken ct) => e switch
    {
        RequestFailedException or AuthenticationFailedException or IOException or HttpRequestException => true,
        AggregateException all => all.InnerExceptions.All(one => IsOfService(one, ct)),
        // The SDK's own time-out.
        OperationCanceledException => !ct.IsCancellationRequested,
        _ => false,
    };

    /// <summary>Whether a call was cancelled after tries that had failed: the SDK throws all of them together.</summary>
    internal static bool IsCancelled(AggregateException all, CancellationToken ct) =>
        ct.IsCancellationRequested && all.InnerExceptions.Any(one => one is OperationCanceledException);

    internal static OperationCanceledException Cancelled(AggregateException all, CancellationToken ct) => new(all.Message, all, ct);

    internal static bool IsMissing(RequestFailedException e) => e.Status == 404;

    internal static BlobException Of(BlobAddress blob, Exception e)
    {
        if (e is not RequestFailedException failed)
        {
            return new BlobUnavailableException(blob, $"{blob}: {Explain(e)}", e);
        }

        var code = failed.ErrorCode;
        if (Is(code, BlobErrorCode.LeaseIdMissing, BlobErrorCode.LeaseAlreadyPresent, BlobErrorCode.LeaseIsBreakingAndCannotBeAcquired))
        {
            return new BlobLeaseHeldException(blob, e);
        }

        if (code?.StartsWith("Lease", StringComparison.Ordinal) == true)
        {
            return new BlobLeaseLostException(blob, e);
        }

        // Blocks vanish from under a writer when another one's write of the same blob comes between.
        if (failed.Status == 412
            || Is(code, BlobErrorCode.BlobAlreadyExists, BlobErrorCode.ConditionNotMet, BlobErrorCode.InvalidBlockList))
        {
            return new BlobConditionException(blob, e);
        }

        return IsMissing(failed) ? new BlobNotFoundException(blob, e) : new BlobUnavailableException(blob, $"{blob}: {Explain(e)}", e);
    }

    /// <summary>What is wrong and what to do about it, in a line.</summary>
    internal static string Explain(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => Explain(last),
        AuthenticationFailedException => $"no identity to ask the storage account with: {FirstLine(e)}",
        RequestFailedException { Status: 401 or 403 } refused =>
            $"the storage account refuses ({refused.ErrorCode}): check the key, or give the identity the roles Storage Blob Data "
            + "Contributor and Storage Queue Data Contributor.",
        RequestFailedException { Status: 0 } => $"the storage account does not answer: {FirstLine(e)}",
        RequestFailedException failed => $"the storage account answers {failed.Status} {failed.ErrorCode}: {FirstLine(e)}",
        OperationCanceledException => "the storage account does not answer in time.",
        _ => $"the storage account cannot be reached: {FirstLine(e)}",
    };

    private static bool Is(string? code, params ReadOnlySpan<BlobErrorCode> codes)
    {
        foreach (var one in codes)
        {
            if (code == one.ToString())
            {
                return true;
            }
        }

        return false;
    }

    private static string FirstLine(Exception e) => e.Message.Split('\n', 2)[0].TrimEnd();
}
