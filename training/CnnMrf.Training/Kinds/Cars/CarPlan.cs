using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>The typical measures of a style of body, in metres, before chance has its say.</summary>
/// <param name="Style">The style.</param>
/// <param name="Nodes">
/// Eight corners of the profile (x from the front, height): fascia's foot, bonnet's front, windscreen's foot and top, roof's back, rear
/// screen's foot, boot's back, tail's foot.
/// </param>
/// <param name="Sags">How far each of the seven bands bulges, as a share of its length.</param>
/// <param name="FrontAxle">x of the front wheels.</param>
/// <param name="RearAxle">x of the rear wheels.</param>
/// <param name="WheelRadius">Radius of the tyres.</param>
/// <param name="HalfWidth">Half the width.</param>
/// <param name="Tumble">How much narrower the roof is than the doors, as a share.</param>
/// <param name="Roundness">1 is usual, 0.3 a box.</param>
/// <param name="Fenders">Whether mudguards stand out.</param>
internal sealed record CarPlan(
    BodyStyle Style,
    SKPoint[] Nodes,
    float[] Sags,
    float FrontAxle,
    float RearAxle,
    float WheelRadius,
    float HalfWidth,
    float Tumble,
    float Roundness,
    bool Fenders = false)
{
    private static readonly CarPlan[] All =
    [
        new(BodyStyle.Saloon,
            [new(0.10f, 0.22f), new(0.12f, 0.72f), new(1.30f, 0.98f), new(2.05f, 1.42f), new(3.15f, 1.41f), new(3.92f, 1.08f),
                new(4.55f, 1.02f), new(4.52f, 0.26f)],
            [0.14f, 0.05f, 0.03f, 0.05f, 0.03f, 0.02f, 0.1f], 0.88f, 3.6f, 0.33f, 0.9f, 0.22f, 1),
        new(BodyStyle.Hatchback,
            [new(0.10f, 0.23f), new(0.10f, 0.76f), new(1.02f, 1.0f), new(1.72f, 1.46f), new(3.35f, 1.44f), new(3.82f, 1.02f),
                new(3.95f, 0.95f), new(3.92f, 0.27f)],
            [0.14f, 0.06f, 0.03f, 0.05f, 0.05f, 0, 0.1f], 0.78f, 3.28f, 0.32f, 0.87f, 0.2f, 1),
        new(BodyStyle.Estate,
            [new(0.10f, 0.22f), new(0.12f, 0.72f), new(1.28f, 0.98f), new(2.0f, 1.43f), new(4.0f, 1.43f), new(4.45f, 1.04f),
                new(4.55f, 0.98f), new(4.52f, 0.26f)],
            [0.14f, 0.05f, 0.03f, 0.03f, 0.03f, 0, 0.1f], 0.88f, 3.6f, 0.33f, 0.9f, 0.2f, 1),
        new(BodyStyle.Suv,
            [new(0.10f, 0.34f), new(0.10f, 0.98f), new(1.22f, 1.16f), new(1.85f, 1.7f), new(3.85f, 1.7f), new(4.3f, 1.2f),
                new(4.42f, 1.1f), new(4.4f, 0.36f)],
            [0.08f, 0.04f, 0.02f, 0.03f, 0.03f, 0, 0.07f], 0.9f, 3.52f, 0.38f, 0.94f, 0.17f, 0.8f),
        new(BodyStyle.Van,
            [new(0.08f, 0.28f), new(0.10f, 0.95f), new(0.78f, 1.2f), new(1.35f, 1.9f), new(4.62f, 1.95f), new(4.82f, 1.25f),
                new(4.88f, 1.1f), new(4.85f, 0.3f)],
            [0.1f, 0.06f, 0.03f, 0.02f, 0.02f, 0, 0.03f], 0.85f, 3.85f, 0.33f, 0.95f, 0.09f, 0.7f),
        new(BodyStyle.Bus,
            [new(0.10f, 0.32f), new(0.06f, 1.05f), new(0.12f, 1.18f), new(0.5f, 1.85f), new(3.95f, 1.88f), new(4.2f, 1.25f),
                new(4.28f, 1.15f), new(4.25f, 0.34f)],
            [0.08f, 0, 0.05f, 0.03f, 0.04f, 0, 0.05f], 0.85f, 3.25f, 0.33f, 0.88f, 0.12f, 0.9f),
        new(BodyStyle.Pickup,
            [new(0.10f, 0.36f), new(0.10f, 1.0f), new(1.35f, 1.16f), new(1.95f, 1.7f), new(3.05f, 1.7f), new(3.22f, 1.17f),
                new(5.1f, 1.15f), new(5.05f, 0.42f)],
            [0.08f, 0.04f, 0.02f, 0.05f, 0.02f, 0, 0.02f], 0.95f, 4.0f, 0.39f, 0.94f, 0.16f, 0.6f),
        new(BodyStyle.Sports,
            [new(0.12f, 0.17f), new(0.15f, 0.6f), new(1.6f, 0.86f), new(2.35f, 1.19f), new(2.85f, 1.19f), new(4.0f, 0.9f),
                new(4.3f, 0.85f), new(4.25f, 0.26f)],
            [0.28f, 0.07f, 0.03f, 0.06f, 0.05f, 0, 0.12f], 0.9f, 3.4f, 0.34f, 0.92f, 0.26f, 1.3f),
        new(BodyStyle.Beetle,
            [new(0.30f, 0.3f), new(0.34f, 0.72f), new(1.15f, 1.0f), new(1.5f, 1.4f), new(2.4f, 1.44f), new(3.45f, 0.98f),
                new(3.75f, 0.68f), new(3.75f, 0.36f)],
            [0.2f, 0.14f, 0.05f, 0.12f, 0.1f, 0.05f, 0.1f], 0.72f, 3.1f, 0.33f, 0.72f, 0.2f, 1.4f, true),
        new(BodyStyle.Vintage,
            [new(0.36f, 0.45f), new(0.34f, 1.05f), new(1.5f, 1.12f), new(1.66f, 1.68f), new(3.1f, 1.7f), new(3.35f, 1.1f),
                new(3.55f, 0.95f), new(3.6f, 0.45f)],
            [0.05f, 0.02f, 0.02f, 0.05f, 0.05f, 0.1f, 0.05f], 0.62f, 3.15f, 0.39f, 0.66f, 0.08f, 0.5f, true),
    ];

    /// <summary>A style by chance; everyday cars are more common.</summary>
    public static CarPlan Any(SceneRandom random)
    {
        var style = random.Pick(
            BodyStyle.Saloon, BodyStyle.Saloon, BodyStyle.Saloon, BodyStyle.Hatchback, BodyStyle.Hatchback, BodyStyle.Hatchback,
            BodyStyle.Estate, BodyStyle.Estate, BodyStyle.Suv, BodyStyle.Suv, BodyStyle.Suv, BodyStyle.Van, BodyStyle.Bus, BodyStyle.Pickup,
            BodyStyle.Sports, BodyStyle.Sports, BodyStyle.Sports, BodyStyle.Beetle, BodyStyle.Vintage);
        return All[(int)style];
    }
}
