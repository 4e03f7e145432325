using CnnMrf.Engine.Native;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Pairs;
using static TorchSharp.torch;

namespace CnnMrf.Training.Learning;

/// <summary>
/// The loss that keeps areas of one meaning together: of all cells of another individual's picture, one that shows the same part shall win
/// (InfoNCE with many positives). Hair goes to hair also where no landmark is.
/// </summary>
/// <param name="Layer">Rectified layer; its cells are <see cref="ScenePair.PartStep"/> px.</param>
/// <param name="Queries">Queries a pair at most.</param>
/// <param name="Weight">Weight of the loss.</param>
public sealed record PartContrast(string Layer, int Queries, double Weight)
{
    /// <summary>Chooses queries; pairs of one scene have none.</summary>
    /// <param name="pairs">The pairs, all of one side.</param>
    /// <param name="random">Which.</param>
    public PartQueries Choose(IReadOnlyList<ScenePair> pairs, SceneRandom random)
    {
        var cells = pairs[0].PartsB.Length;
        var (chosen, asked, wrong) = (new List<long>(), new List<long>(), new List<bool>());
        for (var p = 0; p < pairs.Count; p++)
        {
            var (here, there) = (pairs[p].PartsA, pairs[p].PartsB);
            var shown = there.Where(part => part != 0).ToHashSet();
            var places = Enumerable.Range(0, here.Length).Where(i => shown.Contains(here[i])).ToArray();
            if (pairs[p].SameScene || places.Length == 0)
            {
                continue;
            }

            chosen.Add(pairs.Count + p);
            for (var q = 0; q < Queries; q++)
            {
                var place = places[random.Below(places.Length)];
                asked.Add(((long)p * cells) + place);
                wrong.AddRange(there.Select(part => part != here[place]));
            }
        }

        return new(pairs.Count, [.. chosen], [.. asked], [.. wrong]);
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="chosen">What was chosen for it.</param>
    /// <param name="features">[2N, C, H, W], first pictures, then second ones.</param>
    /// <param name="logScale">ln of the inverse temperature; learnt.</param>
    public Tensor Loss(PartQueries chosen, Tensor features, Tensor logScale)
    {
        var (device, count) = (features.device, chosen.Seconds.Length);
        if (count == 0)
        {
            return zeros(1, device: device).sum();
        }

        var scale = logScale.clamp_max(Scalars.Of(Math.Log(60))).exp();
        var cells = features.to(ScalarType.Float32).flatten(2).transpose(1, 2);
        var directions = cells / cells.Squared().sum(2, keepdim: true).Plus(1e-6).sqrt();
        var queries = directions.reshape(-1, directions.shape[2])
            .index_select(0, tensor(chosen.Asked, device: device)).view(count, Queries, -1);
        var keys = directions.index_select(0, tensor(chosen.Seconds, device: device));
        var logits = queries.bmm(keys.transpose(1, 2)) * scale;
        var wrong = tensor(chosen.Wrong, [count, Queries, directions.shape[1]], device: device);
        var right = logits.masked_fill(wrong, Scalars.Of(double.NegativeInfinity)).logsumexp(2);
        return (logits.logsumexp(2) - right).sum() * Scalars.Of(Weight / (Queries * chosen.Pairs));
    }
}

/// <summary>
/// What <see cref="PartContrast.Choose"/> chose: numbers for the device, without a tensor, so that any thread may prepare them.
/// </summary>
/// <param name="Pairs">Pairs in the batch.</param>
/// <param name="Seconds">Numbers of the second pictures that are asked, one a pair that is not of one scene.</param>
/// <param name="Asked">Cells of the first pictures, counted over all maps.</param>
/// <param name="Wrong">For each of these, whether each cell of the second picture shows another part.</param>
public sealed record PartQueries(int Pairs, long[] Seconds, long[] Asked, bool[] Wrong);
