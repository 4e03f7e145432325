namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>
/// How strong the restylings are. Calibrated once, with the warps, so that random full-width VGG-19 features come near what an earlier
/// trial measured on four portraits (share within 2 cells at relu3_1 / relu4_1: 49/66 % at 96 px, 36/54 % at 192, 21/37 % at 384; these
/// give 55/67, 37/56 and 19/40), while an eye still reads the pictures. Numbers measured with other values cannot be compared with those:
/// these stay as they are.
/// </summary>
internal static class Strength
{
    /// <summary>The long side for which lengths are given, px.</summary>
    public const float LongSide = 192;

    /// <summary>Lengths grow with the picture's long side to this power: less than 1, as a brush on a larger canvas.</summary>
    public const float Growth = 0.25f;

    /// <summary>Radius of the oil filter, px.</summary>
    public const float OilRadius = 3;

    /// <summary>Levels of brightness that the oil filter tells apart.</summary>
    public const int OilLevels = 10;

    /// <summary>Radius of the guided filter, px.</summary>
    public const float GuidedRadius = 6;

    /// <summary>Variance below which the guided filter smooths.</summary>
    public const float GuidedVariance = 0.03f;

    /// <summary>Distance of hatching lines, px.</summary>
    public const float HatchDistance = 4.5f;

    /// <summary>Deviation of the blur before false colours, px.</summary>
    public const float FalseColourBlur = 1.2f;

    /// <summary>Deviation of the blur that a pencil sketch divides by, px.</summary>
    public const float PencilBlur = 4;

    /// <summary>Deviation of a pencil sketch's grain.</summary>
    public const float PencilGrain = 0.06f;

    /// <summary>Distance of halftone dots, px.</summary>
    public const float DotDistance = 3.6f;

    /// <summary>Greatest share of a hue in the light one of paper and ink.</summary>
    public const float PaperColour = 0.4f;

    /// <summary>Greatest share of a hue in the dark one of paper and ink.</summary>
    public const float InkColour = 0.5f;

    /// <summary>Share of prints and drawings whose ink is lighter than their paper.</summary>
    public const float Negative = 0.25f;

    /// <summary>Least and greatest share of another colour mixed into every pixel by what changes light.</summary>
    public const float LeastCast = 0.1f;

    /// <summary>See <see cref="LeastCast"/>.</summary>
    public const float GreatestCast = 0.3f;

    /// <summary>Greatest natural logarithm of the exponent by which light is made harder or softer.</summary>
    public const float Exponent = 0.4f;

    /// <summary>A length for a picture, px.</summary>
    /// <param name="length">For a long side of <see cref="LongSide"/>, px.</param>
    /// <param name="longSide">The picture's, px.</param>
    public static float Scaled(float length, int longSide) => length * MathF.Pow(longSide / LongSide, Growth);
}
