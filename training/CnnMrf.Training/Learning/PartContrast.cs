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
    /// <summary>The loss of a batch; pairs of one scene have none.</summary>
    /// <param name="pairs">The pairs; the features hold first pictures, then second ones.</param>
    /// <param name="features">[2N, C, H, W].</param>
    /// <param name="logScale">ln of the inverse temperature; learnt.</param>
    /// <param name="random">Which queries.</param>
    public Tensor Loss(IReadOnlyList<ScenePair> pairs, Tensor features, Tensor logScale, SceneRandom random)
    {
        var losses = new List<Tensor>();
        var scale = logScale.clamp_max(Scalars.Of(Math.Log(60))).exp();
        var cells = features.to(ScalarType.Float32).flatten(2).transpose(1, 2);
        var directions = cells / (cells.square().sum(2, keepdim: true) + Scalars.Of(1e-6)).sqrt();
        for (var p = 0; p < pairs.Count; p++)
        {
            var pair = pairs[p];
            var there = pair.PartsB.Where(part => part != 0).ToHashSet();
            var places = Enumerable.Range(0, pair.PartsA.Length).Where(i => there.Contains(pair.PartsA[i])).ToArray();
            if (pair.SameScene || places.Length == 0)
            {
                continue;
            }

            var chosen = Enumerable.Range(0, Queries).Select(_ => (long)places[random.Below(places.Length)]).ToArray();
            var wrong = new float[chosen.Length * pair.PartsB.Length];
            for (var i = 0; i < wrong.Length; i++)
            {
                var same = pair.PartsB[i % pair.PartsB.Length] == pair.PartsA[chosen[i / pair.PartsB.Length]];
                wrong[i] = same ? 0 : float.NegativeInfinity;
            }

            var logits = directions[p].index_select(0, tensor(chosen)).matmul(directions[pairs.Count + p].t()) * scale;
            var right = (logits + tensor(wrong, [chosen.Length, pair.PartsB.Length])).logsumexp(1);
            losses.Add((logits.logsumexp(1) - right).mean());
        }

        return losses.Count == 0 ? zeros(1).sum() : stack(losses).sum() * Scalars.Of(Weight / pairs.Count);
    }
}
