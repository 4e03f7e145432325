namespace CnnMrf.Core.Settings;

/// <summary>
/// Everything that decides what a synthesis computes. The one settings type: presets are values of it
/// (<see cref="Presets"/>), JSON and the command line override single properties (<see cref="SettingsJson"/>).
/// </summary>
public sealed record SynthesisSettings
{
    /// <summary>Where the other settings came from.</summary>
    public Preset Preset { get; init; } = Preset.Balanced;

    /// <summary>Size of the result, px.</summary>
    public OutputSize Size { get; init; } = OutputSize.OfLongSide(384);

    /// <summary>Pyramid levels, 1…8; null: as many as <see cref="CoarsestSize"/> and <see cref="LevelFactor"/> give, or in JSON
    /// and on the command line as <see cref="Iterations"/> has values.</summary>
    public int? Levels { get; init; }

    /// <summary>L-BFGS iterations, 0…10000: one for all levels, or a list from coarse to fine (a preset's list is cut, or its last value
    /// repeated, as the levels need).</summary>
    public Values<int> Iterations { get; init; } = [200];

    /// <summary>Ratio of neighbouring levels' sides, 1.2…4; null: chosen so that the coarsest level meets
    /// <see cref="CoarsestSize"/>.</summary>
    public double? LevelFactor { get; init; } = 2;

    /// <summary>Long side of the coarsest level, px: with a fixed factor the least one, else the one aimed at.</summary>
    public int CoarsestSize { get; init; } = 64;

    /// <summary>How sides of levels become whole pixels.</summary>
    public SideRounding SideRounding { get; init; } = SideRounding.Nearest;

    /// <summary>Levels are optimised on a canvas reflect-padded to multiples of this, and cropped at the end; 1, 2, 4, 8 or 16.</summary>
    public int CanvasMultiple { get; init; } = 1;

    /// <summary>Layers of the MRF energy with weights w_l.</summary>
    public LayerWeights MrfLayers { get; init; } = new(new(new(3, 1), 1), new(new(4, 1), 1));

    /// <summary>Side k of a patch in cells: one, or one an MRF layer; 1…9.</summary>
    public Values<int> PatchSize { get; init; } = [3];

    /// <summary>Step of the patch grid over the synthesised image: one, or one an MRF layer; 1…9.</summary>
    public Values<int> Stride { get; init; } = [1];

    /// <summary>Step of the patch grid over the style: one, or one an MRF layer; null: as <see cref="Stride"/>.</summary>
    public Values<int>? StyleStride { get; init; }

    /// <summary>Layer of the content energy.</summary>
    public string ContentLayer { get; init; } = "relu4_2";

    /// <summary>α1: one, or one a level; ≥ 0. Ignored without a content picture.</summary>
    public Values<double> ContentWeight { get; init; } = [1.0];

    /// <summary>Factor on all w_l, ≥ 0.</summary>
    public double StyleWeight { get; init; } = 1;

    /// <summary>Preference of each style picture, 0…1 after division by the greatest: a patch is picked by preference × NCC; 0 leaves a
    /// picture out.</summary>
    public Values<double> StyleWeights { get; init; } = [1.0];

    /// <summary>Long side of each style picture over the output's; 0.1…8.</summary>
    public Values<double> StyleScale { get; init; } = [1.0];

    /// <summary>α2, ≥ 0. The published 1e-3 belongs to Caffe's 0…255; here it multiplies Υ in the variable's space.</summary>
    public double SmoothnessWeight { get; init; } = 1e-3;

    /// <summary>Rotated style copies on each side of the upright one, 0…12.</summary>
    public int Rotations { get; init; }

    /// <summary>Angle between rotated copies, degrees.</summary>
    public double RotationStep { get; init; } = 7.5;

    /// <summary>Scaled style copies on each side of size 1, 0…10.</summary>
    public int Scales { get; init; }

    /// <summary>Step between scaled copies: a difference (linear) or a ratio (geometric).</summary>
    public double ScaleStep { get; init; } = 0.05;

    /// <summary>How scales are spaced.</summary>
    public ScaleSpacing ScaleSpacing { get; init; } = ScaleSpacing.Linear;

    /// <summary>Which copies are also taken mirrored.</summary>
    public MirroredCopies Mirrored { get; init; }

    /// <summary>λ: patches are picked by NCC − λ·Δ², Δ in picture extents; one, or one a level; ≥ 0.</summary>
    public Values<double> PositionWeight { get; init; } = [0.0];

    /// <summary>From where Δ is measured: where a patch's match is expected.</summary>
    public PositionReference PositionBy { get; init; } = PositionReference.Place;

    /// <summary>μ: patches are matched together with the content's at the same place, these weighted μ; 0 is the paper's way, larger keeps
    /// more of the content's layout; one, or one a level; 0…8. Ignored without a content picture.</summary>
    public Values<double> Guidance { get; init; } = [0.0];

    /// <summary>
    /// κ: what it is worth that a neighbouring patch is matched with the same displacement, in NCC; 0…1. 0, the paper's: each patch on its
    /// own. The greater, the larger the pieces of the style that stay whole.
    /// </summary>
    public double Coherence { get; init; }

    /// <summary>Which style patches are looked at for a query patch.</summary>
    public SearchChoice Search { get; init; } = SearchChoice.Exact;

    /// <summary>After how many evaluations matches are found anew: one, or one an MRF layer; 1…100. 1 is the paper's way; in between the
    /// last ones are used again.</summary>
    public Values<int> MatchEvery { get; init; } = [1];

    /// <summary>Patches whose best NCC is below this pull nothing; −1…1.</summary>
    public double ConfidenceThreshold { get; init; } = -1;

    /// <summary>Layers pulled towards the style values under the shallowest MRF layer's matches, without matching of their own.</summary>
    public LayerWeights InducedLayers { get; init; } = LayerWeights.None;

    /// <summary>How the terms make up what is minimised.</summary>
    public ObjectiveKind Objective { get; init; } = ObjectiveKind.Sum;

    /// <summary>A level ends before its iterations when the last four lowered what is minimised by less than this share of it; 0…1.
    /// 0 never ends one early.</summary>
    public double Tolerance { get; init; }

    /// <summary>The space of the optimised variable.</summary>
    public VariableSpace Variable { get; init; } = VariableSpace.Weights;

    /// <summary>Pairs that L-BFGS remembers, 1…100.</summary>
    public int History { get; init; } = 25;

    /// <summary>
    /// How far a level's first iteration takes every pixel value (0…1) against the sign of its gradient; 0…0.5. 0: by what torch's L-BFGS
    /// and the authors' takes, which is so little that the first few iterations of a level hardly move.
    /// </summary>
    public double FirstStep { get; init; }

    /// <summary>Pooling of the network.</summary>
    public PoolingChoice Pooling { get; init; } = PoolingChoice.Max;

    /// <summary>Padding of the network's convolutions.</summary>
    public PaddingChoice Padding { get; init; } = PaddingChoice.Zero;

    /// <summary>From level to level.</summary>
    public Handover Handover { get; init; } = Handover.Bilinear;

    /// <summary>After the last level.</summary>
    public Finish Finish { get; init; } = Finish.None;

    /// <summary>Side of the result over the last level's, 1…8; above 1 only with <see cref="Settings.Finish.Vote"/>. A tileable
    /// texture is optimised at its full size whatever this says.</summary>
    public double FinishFactor { get; init; } = 1;

    /// <summary>Whether the content takes the style's colours.</summary>
    public ColorMatch MatchColors { get; init; } = ColorMatch.Off;

    /// <summary>Whether the result takes the content's colours at the end: its lightness stays, hue and chroma are the content's
    /// (<see cref="Pictures.ColorKeeping"/>). Needs a content picture.</summary>
    public bool PreserveColor { get; init; }

    /// <summary>The least fit of content and style, 0…1, with which anything is computed: below it a synthesis ends before its first
    /// level. 0 never ends one. Ignored without a content picture.</summary>
    public double MinimumFit { get; init; }

    /// <summary>Where the coarsest level starts.</summary>
    public InitialPicture Initial { get; init; } = InitialPicture.Noise;

    /// <summary>The noise meant by <see cref="InitialPicture.Noise"/>.</summary>
    public NoiseKind Noise { get; init; } = NoiseKind.Uniform;

    /// <summary>A texture whose opposite edges continue into each other.</summary>
    public bool Tileable { get; init; }

    /// <summary>Seed of noise, shuffling and random weights.</summary>
    public int Seed { get; init; }

    /// <summary>Network weights: <c>auto</c> (VGG-19 when it was pulled, else <c>own</c>), <c>own</c> (features of our own, embedded,
    /// up to relu4_2), <c>vgg19</c>, <c>random</c> or a file.</summary>
    public string Weights { get; init; } = "auto";

    /// <summary>The features in which patches are matched: style and, by <see cref="Guidance"/>, content.</summary>
    public NetworkMix MatchSpace { get; init; } = NetworkMix.Auto;

    /// <summary>The features that are pulled: the MRF's, induced and content layers.</summary>
    public NetworkMix PullSpace { get; init; } = NetworkMix.Auto;

    /// <summary>Threads, 1…1024; null: one a core. The bytes of a result depend on it.</summary>
    public int? Threads { get; init; }

    /// <summary>Where the arithmetic runs.</summary>
    public DeviceChoice Device { get; init; } = DeviceChoice.Auto;

    /// <summary>Numbers that the networks compute with. The bytes of a result depend on it.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Whether a style picture takes part: its preference is not 0.</summary>
    /// <param name="style">Its number.</param>
    public bool TakesPart(int style) => StyleWeights.For(style) > 0;

    /// <summary>The style pictures, null in place of those that do not take part.</summary>
    public IReadOnlyList<T?> TakingPart<T>(IReadOnlyList<T> styles)
        where T : class => [.. styles.Select((s, i) => TakesPart(i) ? s : null)];

    /// <summary>The style stride that holds for an MRF layer.</summary>
    public int StyleStrideFor(int layer) => (StyleStride ?? Stride).For(layer);
}
