using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Networks;
using CnnMrf.Training.Pairs;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Training.Learning;

/// <summary>What one step did.</summary>
/// <param name="Step">1, 2, …</param>
/// <param name="Loss">The sum that was minimised.</param>
/// <param name="Terms">Its terms by name, unweighted by schedule.</param>
/// <param name="Rate">Learning rate.</param>
public sealed record StepReport(int Step, double Loss, IReadOnlyDictionary<string, double> Terms, double Rate);

/// <summary>
/// Trains the features. Everything that a step does follows from the seed, the options and the step's number, so a run resumed from a
/// checkpoint is the uninterrupted one, byte for byte on the same machine with as many threads.
/// </summary>
public sealed class Trainer : IDisposable
{
    private const int DecoderScale = 4;
    private const string DecodedLayer = "relu3_1";
    private readonly TrainingOptions _options;
    private readonly TrainedNetwork _network;
    private readonly Adam _adam;
    private readonly Tensor _decoder;
    private readonly Dictionary<string, Tensor> _logScales;
    private readonly PairStream[] _streams;

    /// <summary>Starts at step 0.</summary>
    /// <param name="options">How.</param>
    /// <param name="artist">Draws the pairs.</param>
    public Trainer(TrainingOptions options, PairArtist artist)
    {
        _options = options;
        _network = new(options.Shape, options.Seed, options.Precision);
        var width = options.Shape.Widths[options.Shape.Convolutions.ToList().FindIndex(c => c.Rectifier == DecodedLayer)];
        _decoder = zeros(3 * DecoderScale * DecoderScale, width, 1, 1);
        _logScales = options.Contrasts.Select(c => c.Layer).Append("parts").ToDictionary(l => l, _ => tensor(MathF.Log(14)));
        foreach (var learnt in _logScales.Values.Append(_decoder))
        {
            learnt.requires_grad = true;
            learnt.DetachFromDisposeScope();
        }

        _adam = new(Learnt);
        _streams = [.. options.Batches.Select((b, turn) => new PairStream(artist, b.Side, (long)turn << 40, options.Keep, 4 * b.Fresh))];
    }

    /// <summary>Steps done.</summary>
    public int Step { get; private set; }

    /// <summary>Steps in all; null while that is open, which it may be until the decay of the learning rate begins.</summary>
    public int? Steps { get; set; }

    private IEnumerable<(string Name, Tensor Value)> Learnt =>
        [.. _network.Parameters, ("decoder", _decoder), .. _logScales.Select(s => ($"{s.Key}.logscale", s.Value))];

    private IEnumerable<(string Name, Tensor Value)> State => [.. Learnt, .. _network.Statistics, .. _adam.Moments];

    /// <summary>Does one step.</summary>
    public StepReport Advance()
    {
        using var scope = NewDisposeScope();
        var turn = Step % _options.Batches.Count;
        var batch = _options.Batches[turn];
        var random = SceneRandom.For(_options.Seed, 0x5EED_0000_0000UL + (ulong)Step);
        var pairs = Choose(turn, Step / _options.Batches.Count, random);
        var x = Pictures(pairs);
        var features = _network.Forward(x, [.. _options.Contrasts.Select(c => c.Layer).Append(DecodedLayer).Distinct()]);
        var terms = new Dictionary<string, Tensor>();
        foreach (var contrast in _options.Contrasts)
        {
            terms[contrast.Layer] = contrast.Loss(pairs, features[contrast.Layer], _logScales[contrast.Layer], random);
        }

        terms["parts"] = _options.Parts.Loss(pairs, features[_options.Parts.Layer], _logScales["parts"], random);
        terms["decoder"] = Decoded(features[DecodedLayer].to(ScalarType.Float32), x, random) * Scalars.Of(_options.DecoderWeight);
        var loss = stack(terms.Values).sum();
        loss.backward();
        var rate = _options.RateAt(Step, Steps);
        Step++;
        _adam.Step(Step, rate);
        return new(Step, loss.ToDouble(), terms.ToDictionary(t => t.Key, t => t.Value.ToDouble()), rate);
    }

    /// <summary>The network as plain convolutions.</summary>
    public IReadOnlyList<ConvolutionWeights> Fold()
    {
        using var scope = NewDisposeScope();
        var turn = _options.Batches.Count - 1;
        var pairs = Enumerable.Range(0, 8).Select(i => _streams[turn].Get(i)).ToArray();
        return _network.Fold(Pictures(pairs));
    }

    /// <summary>Everything that the next step depends on.</summary>
    public IReadOnlyList<TensorData> Export()
    {
        using var quiet = no_grad();
        return [.. State.Select(s => TensorData.FromSingles(s.Name, s.Value.shape, s.Value.contiguous().data<float>().ToArray()))];
    }

    /// <summary>Goes on from an export.</summary>
    /// <param name="file">Written from <see cref="Export"/>.</param>
    /// <param name="step">Steps done when it was written.</param>
    /// <exception cref="SafetensorsException">A tensor is missing or has another shape.</exception>
    public void Import(SafetensorsFile file, int step)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var (name, value) in State)
        {
            if (!file.TryGet(name, out var info) || !info.Shape.SequenceEqual(value.shape))
            {
                throw new SafetensorsException(
                    $"The checkpoint has no tensor '{name}' of shape [{string.Join(", ", value.shape)}]: it was written with other options.");
            }

            value.copy_(tensor(file.ReadSingles(name), value.shape));
        }

        Step = step;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var stream in _streams)
        {
            stream.Dispose();
        }

        _adam.Dispose();
        _network.Dispose();
        _decoder.Dispose();
        foreach (var scale in _logScales.Values)
        {
            scale.Dispose();
        }
    }

    private static Tensor Pictures(ScenePair[] pairs)
    {
        var side = pairs[0].Side;
        var bytes = new byte[2 * pairs.Length * side * side * 3];
        for (var p = 0; p < pairs.Length; p++)
        {
            pairs[p].A.CopyTo(bytes, p * side * side * 3);
            pairs[p].B.CopyTo(bytes, (pairs.Length + p) * side * side * 3);
        }

        var pixels = tensor(bytes, [2 * pairs.Length, side, side, 3]).to(ScalarType.Float32).permute(0, 3, 1, 2) / Scalars.Of(255);
        return PixelSpace.Torchvision.From(pixels, PixelSpace.Pixels);
    }

    // The first pictures of a stream are the whole of its first batch; afterwards some are new and the others come again.
    private ScenePair[] Choose(int turn, int round, SceneRandom random)
    {
        var batch = _options.Batches[turn];
        var first = (long)batch.Pairs + ((long)(round - 1) * batch.Fresh);
        return
        [
            .. Enumerable.Range(0, batch.Pairs).Select(i => _streams[turn].Get(
                round == 0 ? i
                : i < batch.Fresh ? first + i
                : first - 1 - random.Below((int)Math.Min(first, _options.Keep - batch.Pairs)))),
        ];
    }

    private Tensor Decoded(Tensor features, Tensor x, SceneRandom random)
    {
        using var generator = new Generator(random.NextBits() >> 1, CPU);
        var deviation = features.detach().std().ToDouble();
        var noise = randn(features.shape, ScalarType.Float32, CPU, generator: generator) * Scalars.Of(0.3 * deviation);
        var decoded = pixel_shuffle(conv2d((features + noise) / Scalars.Of(deviation), _decoder), DecoderScale);
        return (decoded - x).square().mean();
    }
}
