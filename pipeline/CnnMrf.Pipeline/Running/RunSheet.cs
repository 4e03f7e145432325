using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Running;

/// <summary>Draws sheet.png: the pictures given in one row, the levels and the result in the next.</summary>
internal sealed class RunSheet(IBlobStore store, PictureTurn turn)
{
    private const long MostPixels = 80_000_000;

    public async Task WriteAsync(SynthesisRequest request, SynthesisPlan plan, SynthesisReport report, CancellationToken ct)
    {
        using var ours = await turn.WaitAsync(ct).ConfigureAwait(false);
        var layout = BlobLayout.Run(new RunKey(plan.Id, plan.Run));
        var given = new List<SheetCell>();
        foreach (var input in plan.Inputs)
        {
            int? number = plan.Inputs.Count(i => i.Role == input.Role) > 1 ? input.Index + 1 : null;
            given.Add(SynthesisSheet.Given(
                await PictureAsync(layout.Input(input.Name), ct).ConfigureAwait(false), Word(input.Role), input.Size, number));
        }

        var made = new List<SheetCell>();
        for (var i = 0; i < plan.Pyramid.Levels.Count; i++)
        {
            var level = plan.Pyramid.Levels[i];
            made.Add(SynthesisSheet.Level(
                await PictureAsync(layout.Level(i + 1).Preview, ct).ConfigureAwait(false), i + 1, level.Size, level.Iterations));
        }

        var result = SynthesisSheet.Result(await PictureAsync(layout.Result, ct).ConfigureAwait(false), plan.Pyramid.Output);
        var numbers = SynthesisSheet.Numbers(report.Weights, report.Fit?.Fit, report.Matches?.Copy, report.Matches?.Layout);
        var sheet = SynthesisSheet.Of(request.Name, given, made, result, numbers);
        await store.WriteAsync(
            layout.Sheet, PictureCodec.Encode(sheet.Render(), PictureFormat.Png), new BlobWrite { ContentType = "image/png" }, ct)
            .ConfigureAwait(false);
    }

    // Null where a preview was never written.
    private async Task<Picture?> PictureAsync(BlobAddress blob, CancellationToken ct)
    {
        var read = await store.ReadAsync(blob, int.MaxValue, ct).ConfigureAwait(false);
        if (read is null)
        {
            return null;
        }

        return blob.Name.EndsWith(".safetensors", StringComparison.Ordinal)
            ? PreparedPicture.Read(read.Bytes, blob.Name)
            : PictureCodec.Decode(read.Bytes.ToArray(), new() { MinSide = 1, MaxPixels = MostPixels, MaxBytes = int.MaxValue }, blob.Name);
    }

    private static string Word(InputRole role) => role switch
    {
        InputRole.Content => "content",
        InputRole.Style => "style",
        InputRole.ContentMap => "content map",
        InputRole.StyleMap => "style map",
        _ => "start",
    };
}
