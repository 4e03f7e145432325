using CnnMrf.Core.Settings;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Styles;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Energies;

/// <summary>A level's energy over narrow features, without a pyramid around it.</summary>
internal sealed class EnergyProblem : IDisposable
{
    private readonly NetworkWeights _weights = Narrow.Weights();
    private readonly IPatchMatcher _matcher;

    public EnergyProblem(
        SynthesisSettings settings, IReadOnlyList<Tensor?> styles, Tensor? content = null, ScalarType type = ScalarType.Float64,
        double positionWeight = 0, double guidance = 0)
    {
        Network = new(
            _weights, new(4, 2), settings.Pooling, settings.Tileable ? PaddingChoice.Circular : settings.Padding, type, CPU);
        Styles = new(SpacePair.Of(Network), settings, styles, MatchLayer.Of(settings));
        _matcher = PatchMatchers.For(type, CPU, 1);
        Energy = new(settings, Styles, content, settings.ContentWeight[0], positionWeight, _matcher, 1, guidance);
    }

    public FeatureNetwork Network { get; }

    public StyleFeatures Styles { get; }

    public LevelEnergy Energy { get; }

    /// <summary>A picture [1, 3, H, W] in the network's space.</summary>
    public static Tensor Picture(int width, int height, int seed, ScalarType type = ScalarType.Float64) =>
        PixelSpace.Torchvision.FromPicture(Narrow.Picture(width, height, seed), type, CPU);

    public void Dispose()
    {
        Energy.Dispose();
        Styles.Dispose();
        Network.Dispose();
        _matcher.Dispose();
        _weights.Dispose();
    }
}
