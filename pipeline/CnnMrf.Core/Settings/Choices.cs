using System.Diagnostics.CodeAnalysis;

namespace CnnMrf.Core.Settings;

/// <summary>Where all other settings come from unless given one by one (DESIGN §1).</summary>
public enum Preset
{
    /// <summary>Ours: the best picture per second, whatever the weights.</summary>
    Balanced,

    /// <summary>The published text.</summary>
    Paper,

    /// <summary>The authors' published transfer run.</summary>
    Authors,

    /// <summary>The authors' single-run script.</summary>
    AuthorsCli,
}

/// <summary>How the energy terms are put together into what is minimised.</summary>
public enum ObjectiveKind
{
    /// <summary>E of the paper: raw sums, weighted (eq. 1).</summary>
    Sum,

    /// <summary>The authors' code: patch differences averaged per feature, mean squared content error, halved smoothness.</summary>
    Authors,

    /// <summary>
    /// Ours: every term divided by its target features' variance and count, so weights carry over between networks and sizes.
    /// </summary>
    Normalized,
}

/// <summary>The space of the optimised variable.</summary>
public enum VariableSpace
{
    /// <summary>The input space of the weights at hand.</summary>
    Weights,

    /// <summary>256·(pixel in 0…1) − mean, BGR, as in the authors' code.</summary>
    Caffe,
}

/// <summary>How scales of style copies are spaced.</summary>
public enum ScaleSpacing
{
    /// <summary>1 ± n·step.</summary>
    Linear,

    /// <summary>step^±n.</summary>
    Geometric,
}

/// <summary>A network that features come from.</summary>
public enum NetworkKind
{
    /// <summary>The one that the setting <c>weights</c> names.</summary>
    Weights,

    /// <summary>VGG-19 at full width with seeded He-initialised weights.</summary>
    Random,

    /// <summary>The same, half as wide: 32, 64, 128, 256, 256 channels.</summary>
    Narrow,
}

/// <summary>How the network pools.</summary>
public enum PoolingChoice
{
    /// <summary>What the weights prefer.</summary>
    Auto,

    /// <summary>Maximum of 2×2.</summary>
    Max,

    /// <summary>Mean of 2×2.</summary>
    Average,
}

/// <summary>What the network's convolutions see beyond the border.</summary>
public enum PaddingChoice
{
    /// <summary>What the weights prefer: what they were trained with where their file says so, else zeros.</summary>
    Auto,

    /// <summary>Zeros, as VGG was trained.</summary>
    Zero,

    /// <summary>The border's value.</summary>
    Replicate,

    /// <summary>The mirrored map.</summary>
    Reflect,

    /// <summary>The opposite border.</summary>
    Circular,
}

/// <summary>Numbers that the networks compute with.</summary>
public enum Precision
{
    /// <summary>24 significant bits.</summary>
    [SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "It is the field's word, and the setting's.")]
    Float32,

    /// <summary>8 significant bits, 16 in all: less memory, and less time on a GPU and on processors with matrix units. The first
    /// convolution, sums, matching and the optimiser keep float32.</summary>
    Bfloat16,
}

/// <summary>Where the match of a patch is expected to lie in the style, when <see cref="SynthesisSettings.PositionWeight"/> says that it
/// matters.</summary>
public enum PositionReference
{
    /// <summary>At the same place, in extents of the pictures.</summary>
    Place,

    /// <summary>
    /// Where the style shows the part that the content shows there: found by features of our own, whatever the weights, and smooth. It
    /// matters the less the fewer parts the pictures have in common, and nothing without a content picture, in a build that carries no
    /// features, and with label maps, which say themselves what belongs where.
    /// </summary>
    Parts,
}

/// <summary>Whether style copies are also taken mirrored, left and right exchanged. Not in the paper.</summary>
public enum MirroredCopies
{
    /// <summary>No.</summary>
    Off,

    /// <summary>
    /// Those of a style picture whose parts lie the other way round than the content's, a car that faces the other way for instance, as
    /// far as features of our own find them. As <see cref="Off"/> without a content picture, with label maps, in a build that
    /// carries no features, and where a result is scored.
    /// </summary>
    Auto,

    /// <summary>All.</summary>
    On,
}

/// <summary>Which style patches are looked at for a query patch.</summary>
public enum SearchChoice
{
    /// <summary>All of them: the argmax of the paper.</summary>
    Exact,

    /// <summary>
    /// All of them where a level has fewer than 134 million pairs of patches (about 1000 px without copies of the style); beyond that those
    /// around the matches of features at half the resolution. Only on a CPU, in float32, and without label maps.
    /// </summary>
    Near,
}

/// <summary>How a level's result becomes the next level's start.</summary>
public enum Handover
{
    /// <summary>Enlarged.</summary>
    Bilinear,

    /// <summary>Patches of the finer style, placed by the coarser level's matches, overlaps averaged.</summary>
    Vote,
}

/// <summary>What happens after the last level.</summary>
public enum Finish
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Patches of the style at the result's size, placed by the last level's matches, overlaps averaged.</summary>
    Vote,
}

/// <summary>Whether the content takes the style's colours before anything else.</summary>
public enum ColorMatch
{
    /// <summary>
    /// <see cref="Covariance"/> with features of our own and with random ones, whose pull keeps colours poorly; off with weights trained
    /// on photographs.
    /// </summary>
    Auto,

    /// <summary>The content as it is.</summary>
    Off,

    /// <summary>Each channel's histogram.</summary>
    Histogram,

    /// <summary>Mean and covariance of the colours (the linear Monge–Kantorovich map).</summary>
    Covariance,
}

/// <summary>Where the coarsest level starts.</summary>
public enum InitialPicture
{
    /// <summary>The content picture.</summary>
    Content,

    /// <summary>Seeded noise.</summary>
    Noise,

    /// <summary>Patches of the style in random order.</summary>
    Shuffle,

    /// <summary>A picture that is given along.</summary>
    Picture,
}

/// <summary>The noise that <see cref="InitialPicture.Noise"/> means.</summary>
public enum NoiseKind
{
    /// <summary>Uniform over the pixel values.</summary>
    Uniform,

    /// <summary>0.001·N(0, 1) in the variable's space: nearly flat grey, as in the authors' code.</summary>
    Gaussian,
}

/// <summary>Where the arithmetic runs.</summary>
public enum DeviceChoice
{
    /// <summary>CUDA when there is a GPU, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first CUDA GPU.</summary>
    Cuda,
}

/// <summary>How sides of levels are rounded to pixels.</summary>
public enum SideRounding
{
    /// <summary>To the nearest pixel.</summary>
    Nearest,

    /// <summary>Up, as in the authors' code.</summary>
    Up,
}
