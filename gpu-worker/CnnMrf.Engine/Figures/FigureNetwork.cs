using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Figures;

/// <summary>The network of the figures, as deep as its weights reach; layers beyond are left out, and the figure says so.</summary>
public sealed class FigureNetwork : IDisposable
{
    private readonly EngineContext _context;

    private FigureNetwork(EngineContext context, SynthesisSettings settings)
    {
        _context = context;
        Seed = settings.Seed;
        var last = context.Weights.Convolutions[^1].Layer;
        Layers = [.. FigureLayer.All.Where(l => l.Layer is not { } layer || layer <= last)];
        Missing = [.. FigureLayer.All.Where(l => l.Layer > last)];
        Features = new(context.Weights, Layers[^1].Layer!.Value, settings.Pooling, settings.Padding, context.Type, context.Device);
    }

    /// <summary>What reports call the weights.</summary>
    public string WeightsName => _context.Weights.Name;

    /// <summary>Why these.</summary>
    public string WeightsWhy => _context.WeightsWhy;

    /// <summary>What there is to look at, pixels first.</summary>
    public IReadOnlyList<FigureLayer> Layers { get; }

    /// <summary>What the weights are not deep enough for.</summary>
    public IReadOnlyList<FigureLayer> Missing { get; }

    internal FeatureNetwork Features { get; }

    internal ScalarType Type => _context.Type;

    internal Device Device => _context.Device;

    internal int Seed { get; }

    /// <summary>Finds the weights that settings name and takes them as deep as they reach.</summary>
    /// <param name="settings">Weights, seed, pooling, padding, threads and device.</param>
    /// <param name="store">Where pulled ones are looked for.</param>
    /// <exception cref="SettingsException">They are not there, or the device is not.</exception>
    /// <exception cref="WeightsException">They are not valid, or end before relu2_1.</exception>
    public static FigureNetwork Load(SynthesisSettings settings, WeightsStore store)
    {
        ArgumentNullException.ThrowIfNull(settings);
        for (var n = FigureLayer.All.Count - 1; ; n--)
        {
            // Layers decide how deep weights are read.
            var layer = FigureLayer.All[n].Layer!.Value;
            var deep = settings with
            {
                MrfLayers = new(new LayerWeight(layer, 1)),
                InducedLayers = LayerWeights.None,
                ContentLayer = layer.ToString(),
            };
            try
            {
                return new(new EngineContext(deep, WeightsChoice.For(deep, store)), deep);
            }
            catch (WeightsException) when (n > 1)
            {
                // Not as deep as that, or not valid at all: then the shallowest says it.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        _context.Dispose();
    }

    internal static FigureNetwork Of(EngineContext context, SynthesisSettings settings) => new(context, settings);

    /// <summary>
    /// A picture at every layer, without a graph: [1, C, H, W]. Its pixels are those that the network reads, without their mean.
    /// </summary>
    internal Dictionary<FigureLayer, Tensor> Maps(Picture picture)
    {
        using var quiet = no_grad();
        _context.UseThreads();
        var pixels = Features.Input.FromPicture(picture, Type, Device);
        var features = Features.Forward(pixels, [.. Layers.Where(l => l.Layer is not null).Select(l => l.Layer!.Value)]);
        return Layers.ToDictionary(l => l, l => l.Layer is { } layer ? features[layer] : pixels);
    }
}
