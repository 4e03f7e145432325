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

    /// <summary>The published text (Li and Wand 2016, §4): E as in eq. 1, stride 1, 35 copies of the style, noise, 200 iterations a level.</summary>
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

    /// <summary>Ours, the default: the best picture per second, with or without trained weights.</summary>
    public static SynthesisSettings Balanced { get; } = new()
    {
        Preset = Preset.Balanced,
        LevelFactor = null,
        CoarsestSize = 56,
        CanvasMultiple = 8,
        Iterations = [40, 20, 8, 4],
        Stride = [2, 1],
        Objective = ObjectiveKind.Normalized,
        ContentWeight = [1.0],
        SmoothnessWeight = 0.01,
        InducedLayers = new(new LayerWeight(new(2, 1), 0.5)),
        History = 5,
        Pooling = PoolingChoice.Auto,
        Padding = PaddingChoice.Replicate,
        Handover = Handover.Vote,
        Finish = Finish.Vote,
        MatchColors = ColorMatch.Auto,
        Initial = InitialPicture.Content,
    };
}
