using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Api.Syntheses.Requests;

/// <summary>What was asked for: enough to ask for it again, or for something like it.</summary>
/// <param name="Id">The synthesis.</param>
/// <param name="Name">What its asker calls it.</param>
/// <param name="Source">The door it came by.</param>
/// <param name="CreatedAt">When it was first asked for, UTC.</param>
/// <param name="Settings">The preset and what departs from it; null where the request itself was wrong.</param>
/// <param name="Inputs">The pictures.</param>
public sealed record RequestView(
    string Id, string Name, RequestSource Source, DateTimeOffset CreatedAt, JsonObject? Settings, IReadOnlyList<RequestInputView> Inputs)
{
    internal static RequestView Of(SynthesisRequest request, string path) => new(
        request.Id.Value,
        request.Name,
        request.Source,
        request.CreatedAt,
        request.Settings is { } settings ? SettingsDifference.Of(settings) : null,
        [.. request.Inputs.Select(i => new RequestInputView(i.Role, i.Index, i.FileName, i.Length, $"{path}/inputs/{i.BlobName}"))]);
}

/// <summary>A picture as it was given.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Index">0, or which of several style pictures.</param>
/// <param name="FileName">What its giver calls it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Self">The path of the picture.</param>
public sealed record RequestInputView(InputRole Role, int Index, string FileName, long Length, string Self);
