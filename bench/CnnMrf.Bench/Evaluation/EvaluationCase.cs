using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Bench.Evaluation;

/// <summary>
/// One energy evaluation as peers do it: VGG-19 to relu4_2, MRF at relu3_1 and relu4_1, stride 2, no copies, zero padding.
/// </summary>
internal sealed class EvaluationCase : IDisposable
{
    private readonly EngineContext _context;
    private readonly FeatureNetwork _network;

    public EvaluationCase(int width, int height, int threads)
    {
        var settings = Presets.AuthorsCli with { ContentLayer = "relu4_2", Threads = threads, Seed = 1 };
        _context = new(settings, WeightsChoice.Random);
        _network = new(
            _context.Weights, EngineContext.Deepest(settings), settings.Pooling, settings.Padding, _context.Type, _context.Device);
        var size = new PixelSize(width, height);
        Problem = new(
            _context, SpacePair.Of(_network), settings, new(0, size, size, [size], 0, 20, 0),
            new(Noise(width, height, 2), [Noise(width, height, 1)]));
        X = Tensor(Noise(width, height, 3));
    }

    public LevelProblem Problem { get; }

    public Tensor X { get; }

    /// <summary>The same for the algorithm of the ports.</summary>
    public PeerEvaluation Peer()
    {
        var (width, height) = ((int)X.shape[3], (int)X.shape[2]);
        using Tensor style = Tensor(Noise(width, height, 1)), content = Tensor(Noise(width, height, 2));
        return new(_context.Weights, style, content);
    }

    public void Evaluate() => Problem.Energy.Evaluate(X).Gradient.Dispose();

    public void Dispose()
    {
        X.Dispose();
        Problem.Dispose();
        _network.Dispose();
        _context.Dispose();
    }

    private Tensor Tensor(Picture picture) =>
        Problem.Energy.Space.FromPicture(picture, ScalarType.Float32, CPU).DetachFromDisposeScope();

    // Smooth, so that features are neither flat nor white.
    private static Picture Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        var small = new Picture((width / 6) + 1, (height / 6) + 1);
        for (var i = 0; i < small.Rgb.Length; i++)
        {
            small.Rgb[i] = random.NextSingle();
        }

        return small.Resize(width, height);
    }
}
