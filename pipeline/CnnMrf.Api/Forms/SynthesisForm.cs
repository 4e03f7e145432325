using System.Text.Json.Nodes;
using CnnMrf.Pipeline.Starting;

namespace CnnMrf.Api.Forms;

/// <summary>A synthesis as a form asks for it.</summary>
/// <param name="Name">What it shall be called, or null.</param>
/// <param name="Settings">Preset and overrides.</param>
/// <param name="Inputs">The pictures; readable until the form is disposed.</param>
/// <param name="Parts">What the pictures are kept in.</param>
internal sealed record SynthesisForm(
    string? Name, JsonObject Settings, IReadOnlyList<InputSource> Inputs, IReadOnlyList<PartBuffer> Parts) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        foreach (var part in Parts)
        {
            await part.DisposeAsync().ConfigureAwait(false);
        }
    }
}
