using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Running;

/// <summary>Draws sheet.png: the pictures given in one row, the levels and the result in the next.</summary>
internal sealed class RunSheet(IBlobStore store)
{
    private const int Cell = 256;
    private const long MostPixels = 80_000_000;

    public async Task WriteAsync(SynthesisRequest request, SynthesisPlan plan, CancellationToken ct)
    {
        var layout = BlobLayout.Run(new RunKey(plan.Id, plan.Run));
        var given = new List<SheetCell?>();
        foreach (var input in plan.Inputs)
        {
            given.Add(new(await PictureAsync(layout.Input(input.Name), ct).ConfigureAwait(false), Caption(input, plan.Inputs)));
        }

        var made = new List<SheetCell?>();
        for (var i = 0; i < plan.Pyramid.Levels.Count; i++)
        {
            var level = plan.Pyramid.Levels[i];
            made.Add(new(
                await PictureAsync(layout.Level(i + 1).Preview, ct).ConfigureAwait(false),
                $"level {i + 1}: {level.Size} px, {level.Iterations} iterations"));
        }

        made.Add(new(await PictureAsync(layout.Result, ct).ConfigureAwait(false), $"result: {plan.Pyramid.Output} px"));
        var sheet = new Sheet { Rows = [given, made], Title = request.Name, CellWidth = Cell, CellHeight = Cell };
        await store.WriteAsync(
            layout.Sheet, PictureCodec.Encode(sheet.Render(), PictureFormat.Png), new BlobWrite { ContentType = "image/png" }, ct)
            .ConfigureAwait(false);
    }

    // Small already, so that no two large pictures are in memory at once; null where a preview was never written.
    private async Task<Picture?> PictureAsync(BlobAddress blob, CancellationToken ct)
    {
        var read = await store.ReadAsync(blob, int.MaxValue, ct).ConfigureAwait(false);
        if (read is null)
        {
            return null;
        }

        var picture = blob.Name.EndsWith(".safetensors", StringComparison.Ordinal)
            ? PreparedPicture.Read(read.Bytes, blob.Name)
            : PictureCodec.Decode(read.Bytes.ToArray(), new() { MinSide = 1, MaxPixels = MostPixels, MaxBytes = int.MaxValue }, blob.Name);
        return picture.Size.LongSide > Cell ? picture.ResizeLongSide(Cell) : picture;
    }

    private static string Caption(PreparedInput input, IReadOnlyList<PreparedInput> all)
    {
        var word = input.Role switch
        {
            InputRole.Content => "content",
            InputRole.Style => "style",
            InputRole.ContentMap => "content map",
            InputRole.StyleMap => "style map",
            _ => "start",
        };
        var number = all.Count(i => i.Role == input.Role) > 1 ? $" {input.Index + 1}" : "";
        return $"{word}{number}: {input.Size} px";
    }
}
