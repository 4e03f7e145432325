using static CnnMrf.Local.Options.OptionGroup;
using static CnnMrf.Local.Options.Verbs;

namespace CnnMrf.Local.Options;

/// <summary>Every setting as an option: the one table that parsing, help and tests are made of.</summary>
internal static class SettingOptions
{
    /// <summary>In the order of the help.</summary>
    internal static IReadOnlyList<SettingOption> All { get; } =
    [
        new("preset", Main, Verbs.All, "balanced|paper|authors|authors-cli", "Where all other settings come from.", "paper"),
        new("size", Main, Runs, "N|WxH", "Long side of the result, px; a texture may have both sides.", "256") { Aliases = ["--max-size"] },
        new("contentWeight", Main, Guided | Score, "A[,A…]",
            "α1: how much the content's layout counts; one value, or one a level.", "0.5;4,2,1"),
        new("styleWeight", Main, Verbs.All, "W", "Factor on all weights of MRF layers.", "2"),
        new("initial", Main, Runs, "content|noise|shuffle|FILE", "Where the coarsest level starts.", "noise") { Aliases = ["--init"] },
        new("weights", Main, Verbs.All | Verbs.Figures, "auto|own|vgg19|random|FILE",
            "Weights of the feature network; auto: VGG-19 when it was pulled, else own (embedded, up to relu4_2).", "random;own"),
        new("seed", Main, Verbs.All | Verbs.Figures, "N", "Seed of noise, shuffling and random weights.", "7"),

        new("levels", Pyramid, Runs, "N|auto", "Levels of the pyramid, 1…8.", "2;auto") { Aliases = ["--num-res"] },
        new("iterations", Pyramid, Runs, "N[,N…]",
            "L-BFGS iterations: one for all levels, or a list from coarse to fine whose length sets the levels.", "30;40,20,10")
        { Aliases = ["--num-iter"], CommaInside = true },
        new("levelFactor", Pyramid, Runs, "F|auto", "Ratio of neighbouring levels' sides, 1.2…4.", "2;auto"),
        new("coarsestSize", Pyramid, Runs, "N", "Long side of the coarsest level, px.", "64"),
        new("sideRounding", Pyramid, Runs, "nearest|up", "How sides of levels become whole pixels.", "up"),
        new("canvasMultiple", Pyramid, Runs, "1|2|4|8|16", "Levels are optimised on sides padded to multiples of this.", "8"),
        new("tileable", Pyramid, Runs, null, "Textures only: opposite edges continue into each other.", "false"),

        new("mrfLayers", Patches, Verbs.All, "LAYER[:W],…", "Layers of the MRF energy with their weights.", "relu3_1:1,relu4_1:.5")
        { CommaInside = true },
        new("patchSize", Patches, Verbs.All, "K[,K…]", "Side of a patch in cells; one value, or one an MRF layer.", "3;5,3"),
        new("stride", Patches, Verbs.All, "S[,S…]",
            "Step of the patch grid over the synthesised picture; one value, or one an MRF layer.", "2;2,1"),
        new("styleStride", Patches, Verbs.All, "S[,S…]|auto", "Step of the patch grid over the style; auto: as --stride.", "1;2,1;auto"),
        new("styleWeights", Patches, Runs | Verbs.Fit, "W[,W…]", "Preference of each style picture; 0 leaves one out.", "1"),
        new("styleScale", Patches, Runs | Verbs.Fit, "F[,F…]",
            "Long side of the style over the output's; one value, or one a style picture.", "1.5"),
        new("rotations", Patches, Verbs.All | Verbs.Fit, "N", "Rotated copies of the style on each side of the upright one.", "1"),
        new("rotationStep", Patches, Verbs.All | Verbs.Fit, "DEGREES", "Angle between rotated copies.", "7.5"),
        new("scales", Patches, Verbs.All | Verbs.Fit, "N", "Scaled copies of the style on each side of size 1.", "1"),
        new("scaleStep", Patches, Verbs.All | Verbs.Fit, "F",
            "Step between scaled copies: a difference (linear) or a ratio (geometric).", "0.05"),
        new("scaleSpacing", Patches, Verbs.All | Verbs.Fit, "linear|geometric", "How scales are spaced.", "linear"),
        new("mirrored", Patches, Verbs.All | Verbs.Fit, "off|auto|on",
            "Mirrored copies of the style too; auto: of styles that show the content's parts the other way round.", "on"),
        new("positionWeight", Patches, Runs, "L[,L…]",
            "λ: patches are picked by NCC − λ·Δ², Δ in picture extents; one value, or one a level.", "0.3"),
        new("positionBy", Patches, Runs, "place|parts",
            "Δ is measured from the same place in the style, or from where it shows the part that the content shows there.", "place"),
        new("guidance", Patches, Guided, "M[,M…]",
            "μ: how much the content takes part in picking patches, 0 (the paper's way) … 8; one value, or one a level.", "1;1,0.7,0.5"),
        new("coherence", Patches, Runs, "K",
            "κ: what it is worth, in NCC, that a neighbouring patch is matched with the same displacement, 0 (the paper's way) … 1.",
            "0.02"),
        new("search", Patches, Runs, "exact|near",
            "Style patches looked at for each patch: all (the paper's way), or on levels beyond about 1000 px those near coarser matches.",
            "exact"),
        new("matchEvery", Patches, Runs, "N[,N…]",
            "After how many evaluations matches are found anew, 1 (the paper's way) … 100; one value, or one an MRF layer.", "4;2,1"),
        new("confidenceThreshold", Patches, Runs, "C", "Patches whose best NCC is below this pull nothing, −1…1.", "-0.5"),

        new("objective", Energy, Runs, "sum|authors|normalized", "How the terms make up what is minimised.", "sum"),
        new("variable", Energy, Runs, "weights|caffe", "The space of the optimised pixels.", "caffe"),
        new("contentLayer", Energy, Guided | Score, "LAYER", "Layer of the content energy.", "relu4_1"),
        new("smoothnessWeight", Energy, Verbs.All, "A", "α2: how much smoothness counts.", "1e-3") { Aliases = ["--tv-weight"] },
        new("inducedLayers", Energy, Runs, "LAYER[:W],…|none",
            "Layers pulled along under the shallowest MRF layer's matches.", "relu2_1:.5;none")
        { CommaInside = true },
        new("tolerance", Energy, Runs, "F",
            "End a level when four iterations lowered what is minimised by less than this share of it, 0 (never) … 1.", "0.002"),
        new("history", Energy, Runs, "N", "Pairs that L-BFGS remembers.", "10"),
        new("firstStep", Energy, Runs, "F",
            "How far a level's first iteration moves every pixel value, 0…0.5; 0: hardly, the published way.", "0.04"),

        new("matchColors", Course, Guided, "auto|off|histogram|covariance",
            "Whether the content takes the style's colours first; auto: with own and random weights.", "histogram"),
        new("preserveColor", Course, Guided, null,
            "The result keeps the content's colours: its own light and shade, hue and chroma of the content.", "true"),
        new("minimumFit", Course, Guided, "F",
            "End before the first level where the fit of content and style (see cnnmrf fit) is below this, 0 (never) … 1.", "0.2"),
        new("noise", Course, Runs, "uniform|gaussian", "The noise that --initial noise means.", "gaussian"),
        new("handover", Course, Runs, "bilinear|vote", "How a level's result starts the next.", "bilinear"),
        new("finish", Course, Runs, "none|vote", "What happens after the last level.", "vote"),
        new("finishFactor", Course, Runs, "F", "Side of the result over the last level's; above 1 with --finish vote.", "1"),

        new("matchSpace", Network, Runs, "auto|NETWORK[:W[/W…]],…",
            "Features to match in: the networks weights, random (VGG-19), narrow (half as wide), weighted; one value, or one a level.",
            "weights,narrow:0.3/0.6/1;random;auto")
        { CommaInside = true },
        new("pullSpace", Network, Runs, "auto|NETWORK[:W[/W…]],…",
            "Features to pull towards the patches matched, and towards the content's; as --match-space.", "weights,random:2/3/4;auto")
        { CommaInside = true },
        new("pooling", Network, Verbs.All | Verbs.Figures, "auto|max|average",
            "Pooling of the network; auto: what the weights prefer.", "average"),
        new("padding", Network, Verbs.All | Verbs.Figures, "auto|zero|replicate|reflect|circular",
            "What convolutions see beyond the border; auto: what the weights prefer.", "reflect;auto"),

        new("threads", Machine, Verbs.All | Verbs.Figures, "N|auto", "Threads; the bytes of a result depend on their number.", "2;auto"),
        new("device", Machine, Verbs.All | Verbs.Figures, "auto|cpu|cuda", "Where the arithmetic runs.", "cpu"),
        new("precision", Machine, Runs, "float32|bfloat16",
            "Numbers that the networks compute with; bfloat16 takes less memory, and less time on a GPU.", "bfloat16"),
    ];

    /// <summary>How a setting's name is written on the command line; other names are returned as they are.</summary>
    internal static string Spell(string field) => Find(field)?.OptionName ?? field;

    /// <summary>The option of a setting, by its JSON name.</summary>
    internal static SettingOption? Find(string name) => All.FirstOrDefault(o => o.Name == name);

    /// <summary>A heading of the help.</summary>
    internal static string Title(OptionGroup group) => group switch
    {
        Main => "Main settings",
        Pyramid => "Pyramid",
        Patches => "Style patches",
        Energy => "Energy",
        Course => "Start, hand-over and finish",
        Network => "Feature network",
        _ => "Machine",
    };
}
