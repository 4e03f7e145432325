using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Networks;
using CnnMrf.Training.Pairs;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Training.Learning;

/// <summary>What one step did. Its losses are read from the device when they are asked for: a step does not wait for its end.</summary>
public sealed class StepReport : IDisposable
{
    private readonly string[] _names;
    private readonly Lazy<float[]> _values;
    private readonly Tensor _terms;

    internal StepReport(int step, double rate, string[] names, Tensor terms)
    {
        (Step, Rate, _names, _terms) = (step, rate, names, terms);
        _values = new(() => terms.cpu().data<float>().ToArray());
    }

    /// <summary>1, 2, …</summary>
    public int Step { get; }

    /// <summary>Learning rate.</summary>
    public double Rate { get; }

    /// <summary>The sum that was minimised.</summary>
    public double Loss => _values.Value.Sum(v => (double)v);

    /// <summary>Its terms by name.</summary>
    public IReadOnlyDictionary<string, double> Terms => _names.Zip(_values.Value).ToDictionary(t => t.First, t => (double)t.Second);

    /// <inheritdoc/>
    public void Dispose() => _terms.Dispose();
}

/// <summary>
/// Trains the features. Everything that a step does follows from the seed, the options and the step's number, so a run resumed from a
/// checkpoint is the uninterrupted one, byte for byte on the same machine with as many threads.
/// </summary>
public sealed class Trainer : IDisposable
{
    private const int DecoderScale = 4;
    private const int StepsBetweenGivingBack = 20;
    private const string DecodedLayer = "relu3_1";
    private readonly TrainingOptions _options;
    private readonly IReadOnlyList<PatchContrast> _contrasts;
    private readonly TrainedNetwork _network;
    private readonly Adam _adam;
    private readonly Tensor _decoder;
    private readonly Dictionary<string, Tensor> _logScales;
    private readonly PairStream[] _streams;
    private (int Step, Task<Prepared> Batch)? _next;

    /// <summary>Starts at step 0.</summary>
    /// <param name="options">How.</param>
    /// <param name="artist">Draws the pairs.</param>
    public Trainer(TrainingOptions options, PairArtist artist)
    {
        _options = options;
        _network = new(options.Shape, options.Seed, options.Precision, options.Device, options.FrozenConvolutions);
        _contrasts = [.. options.Contrasts.Where(c => IsLearnt(c.Layer))];
        var width = options.Shape.Widths[options.Shape.IndexOf(DecodedLayer)];
        _decoder = zeros([3 * DecoderScale * DecoderScale, width, 1, 1], device: options.Device);
        _logScales = _contrasts.Select(c => c.Layer).Append("parts")
            .ToDictionary(l => l, _ => tensor((float)Math.Log(options.Scale), device: options.Device));
        foreach (var learnt in _logScales.Values.Append(_decoder))
        {
            learnt.requires_grad = true;
            learnt.DetachFromDisposeScope();
        }

        _adam = new(Learnt);
        _streams = [.. options.Batches.Select((b, turn) =>
            new PairStream(artist, b.Side, (long)turn << 40, options.Keep, 4 * b.Fresh, options.Drawers))];
    }

    /// <summary>Steps done.</summary>
    public int Step { get; private set; }

    /// <summary>Steps in all; null while that is open, which it may be until the decay of the learning rate begins.</summary>
    public int? Steps { get; set; }

    private IEnumerable<(string Name, Tensor Value)> Learnt =>
        [.. _network.Learnt, ("decoder", _decoder), .. _logScales.Select(s => ($"{s.Key}.logscale", s.Value))];

    private IEnumerable<(string Name, Tensor Value)> State =>
        [.. Learnt, .. _network.Parameters.Where(p => !p.Value.requires_grad), .. _network.Statistics, .. _adam.Moments];

    /// <summary>Does one step.</summary>
    public StepReport Advance()
    {
        // The next batch is prepared while the device computes.
        var batch = _next is { } next && next.Step == Step ? next.Batch.GetAwaiter().GetResult() : Prepare(Step);
        var following = Step + 1;
        _next = (following, Task.Run(() => Prepare(following)));

        // Between two steps, when the maps of the last are free.
        if (Step % StepsBetweenGivingBack == 0)
        {
            TorchRuntime.GiveFreedMemoryBack();
        }

        using var scope = NewDisposeScope();
        var x = Pictures(batch.Pictures);
        var features = _network.Forward(_network.Frozen(x), [.. _contrasts.Select(c => c.Layer).Append(DecodedLayer).Distinct()]);
        var terms = new Dictionary<string, Tensor>();
        foreach (var (contrast, queries) in _contrasts.Zip(batch.Patches))
        {
            terms[contrast.Layer] = contrast.Loss(queries, features[contrast.Layer], _logScales[contrast.Layer]);
        }

        terms["parts"] = _options.Parts.Loss(batch.Parts, features[_options.Parts.Layer], _logScales["parts"]);
        if (IsLearnt(DecodedLayer))
        {
            terms["decoder"] = Decoded(features[DecodedLayer].to(ScalarType.Float32), x, batch.NoiseSeed) * Scalars.Of(_options.DecoderWeight);
        }

        var all = stack(terms.Values);
        all.sum().backward();
        var rate = _options.RateAt(Step, Steps);
        Step++;
        _adam.Step(Step, rate);
        return new(Step, rate, [.. terms.Keys], all.detach().DetachFromDisposeScope());
    }

    /// <summary>The network as plain convolutions.</summary>
    public IReadOnlyList<ConvolutionWeights> Fold()
    {
        using var scope = NewDisposeScope();
        return _network.Fold(Examples());
    }

    /// <summary>Starts from trained weights instead of random ones.</summary>
    /// <param name="convolutions">Of the network's widths, e.g. from <see cref="Fold"/>.</param>
    /// <exception cref="ArgumentException">They are of other widths.</exception>
    public void Unfold(IReadOnlyList<ConvolutionWeights> convolutions)
    {
        using var scope = NewDisposeScope();
        _network.Unfold(convolutions, Examples());
    }

    /// <summary>Everything that the next step depends on.</summary>
    public IReadOnlyList<TensorData> Export()
    {
        using var quiet = no_grad();
        return [.. State.Select(s => TensorData.FromSingles(s.Name, s.Value.shape, s.Value.cpu().contiguous().data<float>().ToArray()))];
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
                    $"The checkpoint has no tensor '{name}' of shape [{string.Join(", ", value.shape)}]: "
                    + "it was written with other options.");
            }

            value.copy_(tensor(file.ReadSingles(name), value.shape));
        }

        Step = step;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _next?.Batch.Wait();
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

    private bool IsLearnt(string layer) => _options.Shape.IndexOf(layer) >= _options.FrozenConvolutions;

    // Some pairs to measure statistics on, the same for every call.
    private Tensor Examples() => Pictures(new Pictured([.. Enumerable.Range(0, 8).Select(i => _streams[^1].Get(i))]));

    private Tensor Pictures(Pictured pictures)
    {
        var pixels = tensor(pictures.Bytes, [pictures.Count, pictures.Side, pictures.Side, 3], device: _options.Device)
            .to(ScalarType.Float32).permute(0, 3, 1, 2) / Scalars.Of(255);
        return PixelSpace.Torchvision.From(pixels, PixelSpace.Pixels);
    }

    private Prepared Prepare(int step)
    {
        var turn = step % _options.Batches.Count;
        var random = SceneRandom.For(_options.Seed, 0x5EED_0000_0000UL + (ulong)step);
        var pairs = Choose(turn, step / _options.Batches.Count, random).Select(_streams[turn].Get).ToArray();
        return new(
            new(pairs),
            [.. _contrasts.Select(c => c.Choose(pairs, random))],
            _options.Parts.Choose(pairs, random),
            random.NextBits() >> 1);
    }

    // Numbers of pairs. The first of a stream are the whole of its first batch; afterwards some are new and the others come again.
    private long[] Choose(int turn, int round, SceneRandom random)
    {
        var batch = _options.Batches[turn];
        var first = (long)batch.Pairs + ((long)(round - 1) * batch.Fresh);
        return
        [
            .. Enumerable.Range(0, batch.Pairs).Select(i =>
                round == 0 ? i
                : i < batch.Fresh ? first + i
                : first - 1 - random.Below((int)Math.Min(first, _options.Keep - batch.Pairs))),
        ];
    }

    private Tensor Decoded(Tensor features, Tensor x, ulong seed)
    {
        // One noise for all pictures of the batch: enough to keep the decoder from fine print. TorchSharp's generators are the processor's.
        using var generator = new Generator(seed, CPU);
        var deviation = features.detach().std();
        var noise = randn([1, .. features.shape[1..]], ScalarType.Float32, CPU, generator: generator).to(_options.Device)
            * Scalars.Of(0.3) * deviation;
        var decoded = pixel_shuffle(conv2d(features.Plus(noise) / deviation, _decoder), DecoderScale);
        return (decoded - x).Squared().mean();
    }

    // Bytes of some pairs' pictures, first ones, then second ones.
    private sealed record Pictured
    {
        public Pictured(ScenePair[] pairs)
        {
            Side = pairs[0].Side;
            Count = 2 * pairs.Length;
            var picture = Side * Side * 3;
            Bytes = new byte[Count * picture];
            for (var p = 0; p < pairs.Length; p++)
            {
                pairs[p].A.CopyTo(Bytes, p * picture);
                pairs[p].B.CopyTo(Bytes, (pairs.Length + p) * picture);
            }
        }

        public int Side { get; }

        public int Count { get; }

        public byte[] Bytes { get; }
    }

    // Everything that a step needs but the network's state.
    private sealed record Prepared(Pictured Pictures, PatchQueries[] Patches, PartQueries Parts, ulong NoiseSeed);
}
