using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds;
using CnnMrf.Training.Looks;

namespace CnnMrf.Training.Evaluation;

/// <summary>At which size restyled pictures are matched, and how often each is warped.</summary>
/// <param name="LongSide">Px.</param>
/// <param name="Warps">Warps of each picture for each restyling.</param>
/// <param name="Scenes">Drawn scenes, of the kinds in turn, each warped once for each restyling.</param>
public sealed record RestyledSize(int LongSide, int Warps, int Scenes);

/// <summary>What features are evaluated on.</summary>
public sealed record EvaluationOptions
{
    /// <summary>What is drawn: scenes to restyle, and individuals whose landmarks are found in each other.</summary>
    public IReadOnlyList<ISceneKind> Kinds { get; init; } = [];

    /// <summary>How drawn scenes look.</summary>
    public Func<SceneRandom, ILook> Look { get; init; } = SceneLook.Random;

    /// <summary>Pictures beside what is drawn; those with landmarks are searched for each other's.</summary>
    public IReadOnlyList<EvaluationPicture> Pictures { get; init; } = [];

    /// <summary>Sizes of the restyled correspondence.</summary>
    public IReadOnlyList<RestyledSize> RestyledSizes { get; init; } = [new(96, 3, 12), new(192, 2, 6), new(384, 1, 3)];

    /// <summary>Long sides at which landmarks are looked for, px.</summary>
    public IReadOnlyList<int> LandmarkSizes { get; init; } = [96, 192];

    /// <summary>Individuals of each kind, of which each is compared with each.</summary>
    public int Individuals { get; init; } = 10;

    /// <summary>Whether landmarks are also looked for in each picture together with its mirror image.</summary>
    public bool WithMirrorImages { get; init; } = true;

    /// <summary>Whether random networks are evaluated too: VGG-19 of full width and a narrow one.</summary>
    public bool BesideRandom { get; init; } = true;

    /// <summary>What takes a few seconds on one core: drawn scenes only, small, and no random networks beside.</summary>
    /// <param name="kinds">What is drawn.</param>
    public static EvaluationOptions Quick(IReadOnlyList<ISceneKind> kinds) => new()
    {
        Kinds = kinds,
        RestyledSizes = [new(96, 1, 4), new(192, 1, 2)],
        LandmarkSizes = [96],
        Individuals = 3,
        WithMirrorImages = false,
        BesideRandom = false,
    };
}

/// <summary>How far an evaluation is.</summary>
/// <param name="Doing">What is being done.</param>
/// <param name="Share">0 … 1 of the whole.</param>
public readonly record struct EvaluationProgress(string Doing, double Share);
