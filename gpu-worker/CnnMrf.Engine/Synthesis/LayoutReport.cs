using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using static CnnMrf.Engine.Features.OwnNetwork;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>
/// <c>layout</c>: how much of the content's layout a result has kept. Both pictures are brought to one small size and compared by features
/// of our own, whatever weights the result was made with, so that the number means the same everywhere.
/// </summary>
public static class LayoutReport
{
    private const int LongSide = 96;
    private const int Reach = 2;

    // Equal patches, of a plain sky for instance, are equal up to rounding: any of them is a best match.
    private const double Tie = 1e-6;

    /// <summary>
    /// The share of relu4_1 patches (3×3 cells, stride 1) of the result whose best match in the content, by NCC, lies within 2 cells of
    /// where they are, along each axis.
    /// </summary>
    /// <param name="result">Any size; its long side is brought to 96 px, or more where its short side would have no whole patch.</param>
    /// <param name="content">Brought to the same size as the result.</param>
    /// <returns>0…1; null without a content picture, and where the build carries no weights of its own.</returns>
    public static double? Of(Picture result, Picture? content)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (content is null || !OwnWeights.AreEmbedded)
        {
            return null;
        }

        var kept = Kept(result, content);
        return kept.Cast<bool>().Count(k => k) / (double)kept.Length;
    }

    /// <summary>For each patch of the result, [row, column] of its corner, whether it is in its place.</summary>
    internal static bool[,] Kept(Picture result, Picture content)
    {
        TorchRuntime.EnsureLoaded();
        var size = SizeOf(result.Size, LongSide);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var own = new OwnNetwork();
        var (patches, rows, columns) = Patches(result);
        var ncc = patches.mm(Patches(content).Unit.t()).data<double>().ToArray();
        var kept = new bool[rows, columns];
        for (var i = 0; i < rows * columns; i++)
        {
            var scores = ncc.AsSpan(i * rows * columns, rows * columns);
            var (row, column) = (i / columns, i % columns);
            var (best, near) = (0.0, double.NegativeInfinity);
            for (var j = 0; j < scores.Length; j++)
            {
                best = Math.Max(best, scores[j]);
                if (Math.Abs((j / columns) - row) <= Reach && Math.Abs((j % columns) - column) <= Reach)
                {
                    near = Math.Max(near, scores[j]);
                }
            }

            // A patch without any feature has no match.
            kept[row, column] = best > 0 && near >= best - Tie;
        }

        return kept;

        // [patches, values of a patch], each of norm 1.
        (Tensor Unit, int Rows, int Columns) Patches(Picture picture)
        {
            var features = own.Features.Forward(own.Features.Input.FromPicture(picture.Resize(size), ScalarType.Float32, CPU), [Layer])[Layer];
            var windows = features.to(ScalarType.Float64).unfold(2, PatchSide, 1).unfold(3, PatchSide, 1);
            var (rows, columns) = ((int)windows.shape[2], (int)windows.shape[3]);
            var flat = windows.permute(0, 2, 3, 1, 4, 5).reshape(rows * columns, -1);
            return (flat / flat.norm(1, keepdim: true).clamp_min(Scalars.Of(1e-12)), rows, columns);
        }
    }
}
