using System.Security.Cryptography;
using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Running;

/// <summary>The activity <c>Plan</c>: decodes the pictures, stores them as workers read them, computes the pyramid.</summary>
public sealed class PlanRun(IBlobStore store, StatusWriter status, PictureTurn turn, TimeProvider time, ILogger<PlanRun> logger)
{
    /// <summary>Plans a run, or adopts the plan that is there.</summary>
    public async Task<PlanResult> RunAsync(RunKey run, CancellationToken ct)
    {
        try
        {
            var plan = await PlanAsync(run, ct).ConfigureAwait(false);
            await status.UpdateAsync(run, old => old with
            {
                Status = SynthesisState.Running,
                StartedAt = plan.PlannedAt,
                Size = plan.Pyramid.Output,
                Level = 1,
                Levels = old.Levels.Count > 0 ? old.Levels : LevelShares.Of(plan.Pyramid),
            }, ct).ConfigureAwait(false);
            logger.Planned(run, plan.Pyramid.Levels.Count, plan.Pyramid.Output);
            return new(plan.Pyramid.Levels.Count);
        }
        catch (ProblemException e)
        {
            return new(0, e.Problem);
        }
        catch (SettingsException e)
        {
            return new(0, new(ProblemCodes.Settings, e.Message, e.Problems[0].Field));
        }
    }

    private async Task<SynthesisPlan> PlanAsync(RunKey run, CancellationToken ct)
    {
        var blob = BlobLayout.Run(run).Plan;
        if (await store.ReadDocumentAsync<SynthesisPlan>(blob, ct).ConfigureAwait(false) is { } there)
        {
            return there.Value;
        }

        var stored = await store.ReadDocumentAsync<SynthesisRequest>(BlobLayout.Request(run.Id), ct).ConfigureAwait(false);
        var request = stored?.Value
            ?? throw new ProblemException(new(ProblemCodes.Internal, "The request is gone. Start the synthesis anew."));
        if (request.Problem is { } problem)
        {
            throw new ProblemException(problem);
        }

        var inputs = await PrepareAsync(run, request, ct).ConfigureAwait(false);
        var plan = new SynthesisPlan
        {
            Id = run.Id,
            Run = run.Run,
            PlannedAt = time.GetUtcNow(),
            Settings = request.Settings!,
            Weights = request.Weights!,
            Inputs = inputs,
            Pyramid = PyramidPlan.Create(
                request.Settings!,
                inputs.FirstOrDefault(i => i.Role == InputRole.Content)?.Size,
                [.. inputs.Where(i => i.Role == InputRole.Style).OrderBy(i => i.Index).Select(i => i.Size)]),
        };
        return await store.TryCreateDocumentAsync(blob, plan, ct).ConfigureAwait(false)
            ? plan
            : (await store.ReadDocumentAsync<SynthesisPlan>(blob, ct).ConfigureAwait(false))!.Value;
    }

    private async Task<List<PreparedInput>> PrepareAsync(RunKey run, SynthesisRequest request, CancellationToken ct)
    {
        using var ours = await turn.WaitAsync(ct).ConfigureAwait(false);
        var inputs = new List<PreparedInput>();
        var maps = new List<(InputRole Role, int Index, Picture Picture)>();

        // Maps are looked at side by side: nothing else is decoded while they are held.
        foreach (var part in request.Inputs.OrderBy(i => i.Role.IsMap()))
        {
            var (input, picture) = await PrepareAsync(run, part, ct).ConfigureAwait(false);
            inputs.Add(input);
            if (part.Role.IsMap())
            {
                maps.Add((part.Role, part.Index, picture));
            }
        }

        CheckMaps(inputs, maps, request.Settings!);
        return [.. inputs.OrderBy(i => i.Role).ThenBy(i => i.Index)];
    }

    // Only that they can be used: workers read them again.
    private static void CheckMaps(
        List<PreparedInput> inputs, List<(InputRole Role, int Index, Picture Picture)> maps, SynthesisSettings settings)
    {
        try
        {
            PreparedLabels.Read(inputs, maps, settings);
        }
        catch (LabelMapException e)
        {
            throw new ProblemException(new(ProblemCodes.Picture, e.Message, e.Field), e);
        }
    }

    private async Task<(PreparedInput Input, Picture Picture)> PrepareAsync(RunKey run, InputPart part, CancellationToken ct)
    {
        var original = await store.ReadAsync(BlobLayout.Original(run.Id, part.BlobName), RequestLimits.BodyBytes, ct).ConfigureAwait(false)
            ?? throw new ProblemException(new(ProblemCodes.Internal, $"{part.FileName} is gone. Start the synthesis anew.", part.BlobName));
        var bytes = original.Bytes.ToArray();
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != part.Sha256)
        {
            throw new ProblemException(new(
                ProblemCodes.Internal, $"{part.FileName} was changed in storage. Start the synthesis anew.", part.BlobName));
        }

        Picture picture;
        try
        {
            picture = PictureCodec.Decode(bytes, PictureLimits.Default, part.FileName);
        }
        catch (PictureException e)
        {
            throw new ProblemException(new(ProblemCodes.Picture, e.Message, part.BlobName), e);
        }

        var (prepared, extension, type) = PreparedPicture.Write(picture);
        var name = part.BlobName + extension;
        await store.WriteAsync(BlobLayout.Run(run).Input(name), prepared, new BlobWrite { ContentType = type }, ct).ConfigureAwait(false);
        return (new(part.Role, part.Index, name, picture.Size, Convert.ToHexStringLower(SHA256.HashData(prepared.Span))), picture);
    }
}
