namespace CnnMrf.Core.Settings;

/// <summary>The presets of DESIGN §1. Each entry that departs from the published text says so where it stands.</summary>
public static class Presets
{
    /// <summary>The settings of a preset.</summary>
    public static SynthesisSettings Get(Preset preset) => preset switch
    {
        Preset.Paper => Paper,
        Preset.Authors => Authors,
        Preset.AuthorsCli => AuthorsCli,
        _ => Balanced,
    };

    /// <summary>
    /// The published text (Li and Wand 2016, §4): E as in eq. 1, stride 1, 35 copies of the style, noise, 200 iterations a level.
    /// </summary>
    public static SynthesisSettings Paper { get; } = new()
    {
        Preset = Preset.Paper,
        Rotations = 2,
        Scales = 3,
    };

    /// <summary>The authors' published transfer run.</summary>
    public static SynthesisSettings Authors { get; } = new()
    {
        Preset = Preset.Authors,
        // Text: stride 1. Code: 2, on both sides.
        Stride = [2],
        // Text: sums. Code: per-feature averages of patch differences, mean squared content error; 20, 1e-4 and 1e-3 belong to these.
        Objective = ObjectiveKind.Authors,
        ContentWeight = [20.0],
        StyleWeight = 1e-4,
        SmoothnessWeight = 1e-3,
        Variable = VariableSpace.Caffe,
        // Text: ±15° in 5, 0.85 … 1.15 in 7. Code: ±7.5° in 3, 1.05^±1.
        Rotations = 1,
        Scales = 1,
        ScaleStep = 1.05,
        ScaleSpacing = ScaleSpacing.Geometric,
        // Text: noise. Code: the content picture.
        Initial = InitialPicture.Content,
        Noise = NoiseKind.Gaussian,
        Levels = 3,
        SideRounding = SideRounding.Up,
        Iterations = [100],
    };

    /// <summary>The authors' single-run script: content at relu4_1, no copies, otherwise <see cref="Authors"/>.</summary>
    public static SynthesisSettings AuthorsCli { get; } = Authors with
    {
        Preset = Preset.AuthorsCli,
        ContentLayer = "relu4_1",
        Rotations = 0,
        Scales = 0,
    };

    /// <summary>Ours, the default: the best picture per second, whatever the weights.</summary>
    public static SynthesisSettings Balanced { get; } = new()
    {
        Preset = Preset.Balanced,
        // As many levels as lie between 56 px and the size; iterations are cheap at the coarse ones and pay most there.
        LevelFactor = null,
        CoarsestSize = 56,
        CanvasMultiple = 8,
        Iterations = [28, 12, 6, 3],
        Stride = [2, 1],
        // Terms divided by count and variance of their targets: weights carry over between networks and sizes.
        Objective = ObjectiveKind.Normalized,
        // The content decides where things are at the coarse levels; the style's patches decide how they look at the fine ones.
        ContentWeight = [4.0, 2, 1, 0.4],
        // Skin, a shirt and a wall are alike to any features: they are told apart by what lies around them.
        PositionWeight = [0.6],
        PositionBy = PositionReference.Parts,
        // No patch of a car stands in one that faces the other way.
        Mirrored = MirroredCopies.Auto,
        // The content takes part in picking patches, most at the coarse levels: else what matches well is pasted whole, with the style's
        // layout. And pieces are asked to hold together: else guided ones tear.
        Guidance = [2.0, 1.2, 0.8, 0.5],
        Coherence = 0.01,
        // From about 1000 px on most of the time would be spent on the last percent of the matches.
        Search = SearchChoice.Near,
        SmoothnessWeight = 0.01,
        // relu2_1 follows relu3_1's matches: speckle goes, at no search.
        InducedLayers = new(new LayerWeight(new(2, 1), 0.5)),
        History = 5,
        // The few iterations of the fine levels begin at full stride.
        FirstStep = 0.04,
        Pooling = PoolingChoice.Auto,
        Padding = PaddingChoice.Auto,
        Handover = Handover.Vote,
        // The last enlargement is by patches alone: sharper than what is optimised, and less than half the time.
        Finish = Finish.Vote,
        FinishFactor = 1.5,
        MatchColors = ColorMatch.Auto,
        Initial = InitialPicture.Content,
    };
}
