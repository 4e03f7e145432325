using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Styles;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Reference;

/// <summary>A case of the reference, put before the engine.</summary>
internal sealed class ReferenceProblem : IDisposable
{
    private readonly NetworkWeights _weights;
    private readonly IPatchMatcher _matcher;
    private readonly Tensor _content;
    private readonly double _contentWeight;

    public ReferenceProblem(string kind, string name, ScalarType type)
    {
        (Kind, Name, Type) = (kind, name, type);
        Case = ReferenceData.Case(kind, name);
        Settings = SettingsOf(Case, authors: kind == "authors" || (string?)Case["objective"] == "authors");
        _contentWeight = Settings.ContentWeight[0];
        _weights = ReferenceData.Weights((string)Case["weights"]!);
        Network = new(_weights, new(4, 2), Settings.Pooling, PaddingChoice.Zero, type, CPU);
        var styles = Case["styles"]!.AsArray().Select(s => InNetworkSpace((string)s!)).ToArray();
        Styles = new(SpacePair.Of(Network), Settings, styles, MatchLayer.Of(Settings));
        _content = InNetworkSpace((string)Case["content"]!);
        _matcher = PatchMatchers.For(type, CPU, 2);
    }

    public string Kind { get; }

    public string Name { get; }

    public ScalarType Type { get; }

    public JsonObject Case { get; }

    public SynthesisSettings Settings { get; }

    public FeatureNetwork Network { get; }

    public StyleFeatures Styles { get; }

    public IEnumerable<string> Layers => Case["layers"]!.AsArray().Select(l => (string)l!);

    public string File => Kind;

    public double Expected(string what) => (double)Case["expected"]![what]!;

    public Tensor Gradient(string what) => ReferenceData.Tensor(File, $"{Name}/gradient.{what}").unsqueeze(0);

    /// <summary>The energy, or one with other weights of its terms.</summary>
    public LevelEnergy Energy(SynthesisSettings? settings = null, double? contentWeight = null) =>
        new(settings ?? Settings, Styles, _content, contentWeight ?? _contentWeight, 0, _matcher, 2);

    /// <summary>The energy with the reference's matches.</summary>
    public LevelEnergy EnergyWithMatches(Tensor x, SynthesisSettings? settings = null, double? contentWeight = null)
    {
        var energy = Energy(settings, contentWeight);
        foreach (var match in MatchLayer.Of(Settings))
        {
            energy.Inject(match.Layer, Field(match, x));
        }

        return energy;
    }

    /// <summary>The reference's matches of a layer.</summary>
    public PatchField Field(MatchLayer match, Tensor x)
    {
        var scale = match.Layer.Scale;
        var grid = PatchGrid.Create((int)x.shape[2] / scale, (int)x.shape[3] / scale, match.PatchSize, match.Stride);
        return new(
            grid,
            ReferenceData.Indices(File, $"{Name}/{match.Layer}/indices"),
            [.. ReferenceData.Doubles(File, $"{Name}/{match.Layer}/ncc").Select(n => (float)n)]);
    }

    public Tensor InNetworkSpace(string picture) =>
        Network.Input.From(ReferenceData.Picture(picture, ScalarType.Float64), PixelSpace.Pixels).to(Type);

    public void Dispose()
    {
        Styles.Dispose();
        Network.Dispose();
        _matcher.Dispose();
        _weights.Dispose();
    }

    private static SynthesisSettings SettingsOf(JsonObject c, bool authors)
    {
        var copies = c["copies"]!;
        var preset = authors ? Presets.Authors : Presets.Paper;
        return preset with
        {
            MrfLayers = new(c["layers"]!.AsArray().Select(l => new LayerWeight(LayerName.Parse((string)l!), 1))),
            PatchSize = [(int)c["patch"]!],
            Stride = [(int)c["stride"]!],
            ContentLayer = (string)c["contentLayer"]!,
            ContentWeight = c["contentWeight"] is { } weight ? [(double)weight] : preset.ContentWeight,
            Rotations = (int)copies["rotations"]!,
            RotationStep = (double)copies["rotationStep"]!,
            Scales = (int)copies["scales"]!,
            ScaleStep = (double)copies["scaleStep"]!,
            ScaleSpacing = (bool)copies["geometric"]! ? ScaleSpacing.Geometric : ScaleSpacing.Linear,
            Pooling = (string)c["pooling"]! == "max" ? PoolingChoice.Max : PoolingChoice.Average,
            Threads = 2,
            Device = DeviceChoice.Cpu,
        };
    }
}
