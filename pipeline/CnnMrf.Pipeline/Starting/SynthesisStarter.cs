using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Running;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Weights;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Starting;

/// <summary>Starts syntheses: every door leads here. Starting what is there already changes nothing and is success.</summary>
public sealed class SynthesisStarter(
    IBlobStore store,
    IWorkflowClient client,
    IWeightsCatalog catalog,
    SynthesisRemoval removal,
    PipelineOptions options,
    TimeProvider time,
    ILogger<SynthesisStarter> logger)
{
    /// <summary>Checks a request and starts it. Nothing is written for a request that is refused.</summary>
    /// <exception cref="ProblemException">A picture, the weights or the request itself cannot be used.</exception>
    /// <exception cref="SettingsException">The settings cannot be used, or not with these pictures.</exception>
    public async Task<StartResult> StartAsync(StartRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var settings = SettingsOf(request);
        RequestChecks.CheckRoles(request.Inputs, settings);
        var parts = await RequestChecks.InspectAsync(request.Inputs, settings, ct).ConfigureAwait(false);
        var weights = await catalog.ResolveAsync(settings.Weights, ct).ConfigureAwait(false);
        settings = settings with { Weights = weights.Name };
        var id = SynthesisIdentity.Of(request.DisplayedName, parts, settings, weights);
        await removal.FinishAsync(id, ct).ConfigureAwait(false);
        if (await store.FindAsync(BlobLayout.Request(id), ct).ConfigureAwait(false) is null)
        {
            await StoreOriginalsAsync(id, request.Inputs, parts, ct).ConfigureAwait(false);
        }

        return await RegisterAsync(new()
        {
            Id = id,
            Name = request.DisplayedName,
            Source = request.Source,
            CreatedAt = time.GetUtcNow(),
            Settings = settings,
            Weights = weights,
            Inputs = parts,
        }, ct).ConfigureAwait(false);
    }

    /// <summary>Shows files that cannot be a synthesis as a failed one.</summary>
    /// <param name="name">What it shall be called.</param>
    /// <param name="source">The door.</param>
    /// <param name="signature">What tells these very files from others.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="ct">Cancels.</param>
    public Task<StartResult> RefuseAsync(string name, RequestSource source, string signature, Problem problem, CancellationToken ct) =>
        RegisterAsync(new()
        {
            Id = SynthesisIdentity.OfRefused(name, signature),
            Name = DisplayName.Of(name) ?? Slug.Nameless,
            Source = source,
            CreatedAt = time.GetUtcNow(),
            Problem = problem,
        }, ct);

    // As the command line does: a texture has no content to start from, and who gives a start wants it.
    private static SynthesisSettings SettingsOf(StartRequest request)
    {
        var settings = SettingsJson.Resolve(request.Settings);
        if (request.Settings.Any(s => SettingsJson.CanonicalName(s.Key) == "initial"))
        {
            return settings;
        }

        return request.Inputs.Any(i => i.Role == InputRole.Initial) ? settings with { Initial = InitialPicture.Picture }
            : request.Inputs.Any(i => i.Role == InputRole.Content) || settings.Initial != InitialPicture.Content ? settings
            : settings with { Initial = InitialPicture.Shuffle };
    }

    // The request's creation is the moment of the start: who asked may go, what follows is done. Should this process die, it is done by
    // whoever comes later.
    private async Task<StartResult> RegisterAsync(SynthesisRequest request, CancellationToken ct)
    {
        var created = await store.TryCreateDocumentAsync(BlobLayout.Request(request.Id), request, ct).ConfigureAwait(false);
        if (!created)
        {
            var there = await store.ReadDocumentAsync<SynthesisRequest>(BlobLayout.Request(request.Id), ct).ConfigureAwait(false);
            // Purged in between: then it was there, and is no more.
            request = there?.Value ?? request;
        }

        ct = CancellationToken.None;

        var first = StatusWriter.First(request);
        await store.TryCreateDocumentAsync(BlobLayout.Status(request.Id), first, ct).ConfigureAwait(false);
        await store.TryCreateAsync(BlobLayout.IndexEntry(request.Id, request.CreatedAt), default, new(), ct).ConfigureAwait(false);
        var status = (await store.ReadDocumentAsync<SynthesisStatus>(BlobLayout.Status(request.Id), ct).ConfigureAwait(false))
            ?.Value ?? first;
        if (!status.Status.IsFinal())
        {
            await client.StartSynthesisAsync(new(status.Id, status.Run) { Timing = options.Timing }, ct).ConfigureAwait(false);
        }

        if (created)
        {
            PipelineDiagnostics.Started.Add(1, new KeyValuePair<string, object?>("source", request.Source.ToString()));
            logger.Accepted(request.Id, request.Source, request.Inputs.Count);
        }

        return new(request.Id, !created, status);
    }

    private async Task StoreOriginalsAsync(
        SynthesisId id, IReadOnlyList<InputSource> inputs, IReadOnlyList<InputPart> parts, CancellationToken ct)
    {
        foreach (var part in parts)
        {
            var input = inputs.Single(i => i.Role == part.Role && i.Index == part.Index);
            var bytes = await input.ReadAsync(ct).ConfigureAwait(false);
            if (Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.Span)) != part.Sha256)
            {
                throw new ProblemException(new(
                    ProblemCodes.Picture, $"{part.FileName} was changed while it was read. Start again when it is whole.", input.Field));
            }

            // What is there already has the same bytes: the id is made of their hashes.
            await store.TryCreateAsync(BlobLayout.Original(id, part.BlobName), bytes, new BlobWrite(), ct).ConfigureAwait(false);
        }
    }
}
