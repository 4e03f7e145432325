using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.Boats;

/// <summary>The sort of boat.</summary>
internal enum BoatStyle
{
    Sloop,
    Dinghy,
    Schooner,
    Galleon,
    Rowing,
    Fishing,
    Motor,
    Ship,
}

/// <summary>A boat's measures; ten units long at most, whatever it is.</summary>
/// <param name="Style">The sort.</param>
/// <param name="Length">Along the deck.</param>
/// <param name="Beam">Half the greatest width.</param>
/// <param name="Freeboard">From the water to the deck amidships.</param>
/// <param name="BowRise">How much higher the bow is, as a share of the freeboard.</param>
/// <param name="SternRise">How much higher the stern is.</param>
/// <param name="BowRake">How far the bow hangs over the water.</param>
/// <param name="SternRake">How far the stern does.</param>
/// <param name="Stern">Width of the stern, as a share of the greatest.</param>
/// <param name="Height">From the water to the highest thing.</param>
internal sealed record BoatPlan(
    BoatStyle Style,
    float Length,
    float Beam,
    float Freeboard,
    float BowRise,
    float SternRise,
    float BowRake,
    float SternRake,
    float Stern,
    float Height)
{
    /// <summary>Whether it is open, so that its inside is seen.</summary>
    public bool Open => Style is BoatStyle.Rowing or BoatStyle.Dinghy;

    /// <summary>A boat by chance.</summary>
    public static BoatPlan Any(SceneRandom random)
    {
        var style = random.Pick(
            BoatStyle.Sloop, BoatStyle.Sloop, BoatStyle.Sloop, BoatStyle.Dinghy, BoatStyle.Dinghy, BoatStyle.Schooner, BoatStyle.Galleon,
            BoatStyle.Rowing, BoatStyle.Rowing, BoatStyle.Fishing, BoatStyle.Fishing, BoatStyle.Motor, BoatStyle.Ship, BoatStyle.Ship);
        float R(float least, float greatest) => random.Between(least, greatest);
        return style switch
        {
            BoatStyle.Sloop => new(style, 8, R(1.0f, 1.4f), R(0.7f, 1.1f), R(0.1f, 0.5f), R(0, 0.2f), R(0.4f, 1.3f), R(0, 0.9f),
                R(0.4f, 0.8f),
                R(8, 12)),
            BoatStyle.Dinghy => new(style, 6, R(0.9f, 1.3f), R(0.6f, 1), R(0.2f, 0.8f), R(0, 0.4f), R(0.2f, 0.9f), R(0, 0.4f),
                R(0.4f, 0.8f),
                R(6, 9)),
            BoatStyle.Schooner => new(style, 10, R(1.1f, 1.5f), R(0.8f, 1.2f), R(0.3f, 0.8f), R(0.1f, 0.5f), R(0.6f, 1.6f), R(0.2f, 1),
                R(0.4f, 0.7f),
                R(8, 11)),
            BoatStyle.Galleon => new(style, 10, R(1.2f, 1.7f), R(1, 1.5f), R(0.3f, 0.9f), R(0.5f, 1.3f), R(0.5f, 1.2f), R(-0.1f, 0.3f),
                R(0.6f, 0.9f),
                R(8.5f, 11)),
            BoatStyle.Rowing => new(style, 6, R(0.6f, 1.1f), R(0.5f, 0.85f), R(0.2f, 1.1f), R(0.1f, 0.9f), R(0.3f, 1), R(0.1f, 0.8f),
                R(0.05f, 0.75f),
                R(1.3f, 2)),
            BoatStyle.Fishing => new(style, 8, R(1.2f, 1.7f), R(0.9f, 1.4f), R(0.4f, 1.1f), R(0.05f, 0.4f), R(0.4f, 1.1f), R(0, 0.4f),
                R(0.6f, 0.9f),
                R(4, 6.5f)),
            BoatStyle.Motor => new(style, 9, R(1.1f, 1.5f), R(0.9f, 1.3f), R(0.1f, 0.5f), R(-0.1f, 0.1f), R(0.7f, 1.7f), R(-0.2f, 0.2f),
                R(0.75f, 0.95f),
                R(2.8f, 4)),
            _ => new(style, 10, R(0.7f, 1.1f), R(0.7f, 1.2f), R(0.1f, 0.6f), R(0, 0.3f), R(0.1f, 0.9f), R(0.1f, 0.5f), R(0.5f, 0.9f),
                R(3.2f, 4.6f)),
        };
    }
}
