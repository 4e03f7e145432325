using CnnMrf.Core.Tensors;

namespace CnnMrf.Engine.Weights;

/// <summary>
/// Fetches, out of a public safetensors file, only the convolutions up to the deepest layer wanted. A broken-off pull leaves its bytes
/// beside the target and the next one goes on from there.
/// </summary>
/// <param name="time">The clock of back-off and timeouts; null: the system's.</param>
public sealed class WeightsPuller(TimeProvider? time = null)
{
    private const int MaxRestarts = 3;
    private static readonly TimeSpan MaxBackOff = TimeSpan.FromSeconds(30);
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Pulls, checks names, shapes, sizes and finiteness, and writes the target atomically as F32.</summary>
    /// <param name="request">What, from where, to where.</param>
    /// <param name="progress">Told after each piece, and of retries and restarts.</param>
    /// <param name="cancellation">Breaks off; what has come stays for the next pull.</param>
    /// <exception cref="WeightsException">The source cannot be reached, or does not hold what is wanted.</exception>
    /// <exception cref="IOException">The target's folder cannot be written or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The target's folder may not be written.</exception>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    public async Task<PullResult> PullAsync(
        PullRequest request, IProgress<PullProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Attempts, 1);
        if (!request.Source.IsAbsoluteUri || (request.Source.Scheme != Uri.UriSchemeHttps && request.Source.Scheme != Uri.UriSchemeHttp))
        {
            throw new WeightsException(
                $"{request.Source}: not an http or https address. For a file on this machine: cnnmrf weights import FILE");
        }

        var target = request.Target ?? WeightsStore.ForUser().VggPath;
        if (!request.Refresh && Present(target, request) is { } present) return present;
        using var part = PartialFile.Open(target, request.Source.AbsoluteUri, request.Deepest.Name);
        var reused = part.Length;
        try
        {
            var (plan, received, restarted) = await FetchAsync(request, part, progress, cancellation).ConfigureAwait(false);
            Write(request, target, plan, part.Journal!.Identity.Revision, cancellation);
            var revision = part.Journal.Identity.Revision;
            part.Delete();
            return new PullResult(target, WeightsFile.Load(target), revision, received, restarted ? 0 : reused);
        }
        catch (SafetensorsException e)
        {
            part.Delete(); // What came is of no use, now or later.
            throw new WeightsException($"{e.Message} Check the address, or take another source.", e);
        }
        catch (UnusableContent e)
        {
            part.Delete();
            throw e.Reason;
        }
    }

    private static PullResult? Present(string target, PullRequest request)
    {
        if (!File.Exists(target)) return null;
        try
        {
            var weights = WeightsFile.Load(target);
            weights.Require(request.Deepest);
            return weights.Metadata.GetValueOrDefault(WeightsMetadata.Source) == request.Source.AbsoluteUri
                ? new PullResult(target, weights, weights.Metadata.GetValueOrDefault(WeightsMetadata.Revision, "unknown"), 0, 0)
                : null;
        }
        catch (WeightsException)
        {
            return null; // Damaged or too shallow: fetch it.
        }
    }

    private async Task<(PullPlan Plan, long Received, bool Restarted)> FetchAsync(
        PullRequest request, PartialFile part, IProgress<PullProgress>? progress, CancellationToken cancellation)
    {
        using var client = new RangeClient(request.Source, request.StallTimeout, _time);
        var transfer = new Transfer(client, part, request, progress);
        var failures = 0;
        var restarts = 0;
        while (transfer.Next() is { } span)
        {
            var before = part.Length;
            try
            {
                if (await transfer.TryAsync(span, cancellation).ConfigureAwait(false))
                {
                    failures = 0;
                    continue;
                }
            }
            catch (TransientFailure e)
            {
                failures = part.Length > before ? 1 : failures + 1;
                await BackOffAsync(e).ConfigureAwait(false);
                continue;
            }
            catch (SourceChanged e) when (part.Length == 0)
            {
                throw new WeightsException(e.Message, e);
            }
            catch (SourceChanged)
            {
                // Restarted below, like an answer of another version.
            }

            if (++restarts > MaxRestarts)
                throw new WeightsException($"{request.Source}: the file changes while it is fetched. Try again later.");
            progress?.Report(new PullProgress(0, null, "the source has changed: starting over"));
            transfer.Restart();
        }

        return (transfer.Plan, transfer.Received, restarts > 0);

        async Task BackOffAsync(TransientFailure failure)
        {
            if (failures >= request.Attempts)
            {
                throw new WeightsException(
                    $"{request.Source}: {failure.Message} ({failures} attempts). What has come is kept: pull again to go on. "
                    + "Without this network: fetch the file elsewhere and: cnnmrf weights import FILE",
                    failure);
            }

            var delay = failure.RetryAfter ?? TimeSpan.FromSeconds(1 << Math.Min(failures - 1, 5));
            delay = delay < TimeSpan.Zero ? TimeSpan.Zero : delay > MaxBackOff ? MaxBackOff : delay;
            progress?.Report(new PullProgress(
                part.Length, transfer.Plan.Wanted, $"{failure.Message}; trying again in {delay.TotalSeconds:0} s"));
            await Task.Delay(delay, _time, cancellation).ConfigureAwait(false);
        }
    }

    private static void Write(PullRequest request, string target, PullPlan plan, string revision, CancellationToken cancellation)
    {
        var header = plan.Header!;
        try
        {
            var input = WeightsMetadata.Resolve(
                header.Metadata, WeightsMetadata.Input, Default(WeightsMetadata.Input, request.Input), header.Source);
            var pooling = WeightsMetadata.Resolve(
                header.Metadata, WeightsMetadata.Pooling, Default(WeightsMetadata.Pooling, request.Pooling), header.Source);
            var convolutions = WeightsReader.Read(header, request.Deepest, plan.Bytes, cancellation);
            var metadata = new Dictionary<string, string>
            {
                [WeightsMetadata.Name] = header.Metadata.GetValueOrDefault(WeightsMetadata.Name, "vgg19"),
                [WeightsMetadata.Source] = request.Source.AbsoluteUri,
                [WeightsMetadata.Revision] = revision,
            };
            foreach (var key in (string[])[WeightsMetadata.Padding, WeightsMetadata.Generator])
            {
                if (header.Metadata.TryGetValue(key, out var value)) metadata[key] = value;
            }

            WeightsWriter.Write(target, convolutions, input, pooling, metadata);
        }
        catch (WeightsException e)
        {
            throw new UnusableContent(e);
        }

        // The request's words are defaults here, not claims: what the file says of itself wins.
        T? Default<T>(string key, T value)
            where T : struct => header.Metadata.ContainsKey(key) ? null : value;
    }

    /// <summary>One pull's state: what comes next, and how an answer is taken in.</summary>
    private sealed class Transfer(RangeClient client, PartialFile part, PullRequest request, IProgress<PullProgress>? progress)
    {
        private readonly byte[] _buffer = new byte[128 * 1024];

        public PullPlan Plan { get; private set; } = NewPlan(part, request);

        public long Received { get; private set; }

        public ByteSpan? Next()
        {
            try
            {
                return Plan.Next();
            }
            catch (WeightsException e)
            {
                throw new UnusableContent(e);
            }
        }

        public void Restart()
        {
            part.Reset();
            Plan = NewPlan(part, request);
            Received = 0;
        }

        /// <summary>Fetches a span, or as much as comes; false where the answer is of another version of the file.</summary>
        public async Task<bool> TryAsync(ByteSpan span, CancellationToken cancellation)
        {
            using var response = await client
                .GetAsync(span.Start, span.End, part.Journal?.Identity.Condition, cancellation).ConfigureAwait(false);
            if (part.Journal is null) part.Begin(new PullJournal(request.Source.AbsoluteUri, request.Deepest.Name, response.Identity));
            else if (!part.Journal.Identity.Matches(response.Identity)) return false;
            var body = await response.Message.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
            {
                if (response.IsPartial) await TakeSpanAsync(response, body, span, cancellation).ConfigureAwait(false);
                else await TakeAllAsync(body, cancellation).ConfigureAwait(false);
            }

            return true;
        }

        private static PullPlan NewPlan(PartialFile part, PullRequest request) =>
            new(part, request.Source.AbsoluteUri, request.Deepest);

        private async Task TakeSpanAsync(RangeResponse response, Stream body, ByteSpan span, CancellationToken cancellation)
        {
            if (response.Start != span.Start)
            {
                throw new WeightsException(
                    $"{request.Source}: asked for bytes from {span.Start}, the server sends from {response.Start}. Take another source.");
            }

            await CopyAsync(body, span.Length, keep: true, cancellation).ConfigureAwait(false);
        }

        /// <summary>The server ignores ranges: takes what is wanted out of the whole file as it goes by.</summary>
        private async Task TakeAllAsync(Stream body, CancellationToken cancellation)
        {
            long position = 0;
            while (Next() is { } span)
            {
                await CopyAsync(body, span.Start - position, keep: false, cancellation).ConfigureAwait(false);
                await CopyAsync(body, span.Length, keep: true, cancellation).ConfigureAwait(false);
                position = span.End;
            }
        }

        private async Task CopyAsync(Stream body, long count, bool keep, CancellationToken cancellation)
        {
            while (count > 0)
            {
                var room = _buffer.AsMemory(0, (int)Math.Min(count, _buffer.Length));
                var got = await client.ReadAsync(body, room, cancellation).ConfigureAwait(false);
                if (got == 0) throw new TransientFailure($"{request.Source.Host} broke the transfer off");
                count -= got;
                Received += got;
                if (!keep) continue;
                part.Append(room.Span[..got]);
                progress?.Report(new PullProgress(part.Length, Plan.Wanted));
            }
        }
    }

    /// <summary>The bytes that came can never be used, so they need not be kept.</summary>
    private sealed class UnusableContent(WeightsException reason) : Exception(reason.Message, reason)
    {
        public WeightsException Reason { get; } = reason;
    }
}
