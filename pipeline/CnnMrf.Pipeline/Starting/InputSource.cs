using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Starting;

/// <summary>A picture of a request, wherever its bytes are.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Index">0, or which of several style pictures, 0….</param>
/// <param name="FileName">What its giver calls it; any text.</param>
/// <param name="ReadAsync">Reads its bytes; called twice, and must give the same bytes.</param>
public sealed record InputSource(
    InputRole Role, int Index, string FileName, Func<CancellationToken, Task<ReadOnlyMemory<byte>>> ReadAsync)
{
    /// <summary>What problems call it: <c>content</c>, <c>style</c>, <c>contentMap</c>, <c>styleMap</c>, <c>initial</c>.</summary>
    public string Field => Role switch
    {
        InputRole.Content => "content",
        InputRole.Style => "style",
        InputRole.ContentMap => "contentMap",
        InputRole.StyleMap => "styleMap",
        _ => "initial",
    };

    /// <summary>A picture at hand.</summary>
    public static InputSource Of(InputRole role, int index, string fileName, ReadOnlyMemory<byte> bytes) =>
        new(role, index, fileName, _ => Task.FromResult(bytes));

    /// <summary>A blob. That it is missing, too large or was changed is a problem, not a fault.</summary>
    /// <param name="store">Where it lies.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="index">0, or which of several style pictures.</param>
    public static InputSource Of(IBlobStore store, BlobAddress blob, InputRole role, int index) =>
        new(role, index, blob.Name, async ct =>
        {
            try
            {
                var read = await store.ReadAsync(blob, RequestLimits.BodyBytes, ct).ConfigureAwait(false);
                return read?.Bytes
                    ?? throw new ProblemException(new(ProblemCodes.Picture, $"{blob} does not exist. Upload it first.", blob.Name));
            }
            catch (BlobTooLargeException e)
            {
                throw new ProblemException(new(ProblemCodes.Picture, $"{e.Message} Save it smaller.", blob.Name), e);
            }
            catch (ArgumentException e)
            {
                throw new ProblemException(new(
                    ProblemCodes.Picture, $"{DisplayName.Of(blob.Name)} is no name that a file can have here. Rename it.", blob.Name), e);
            }
        });
}
