using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>
/// Scenes of nothing in particular, for pairs of one scene in two looks: shapes, strokes, letters, branches, folds, crowds, almost empty
/// areas, at all scales at once. Every object is a part of its own, so that looks colour objects independently; there are no landmarks.
/// </summary>
public sealed class GenericKind : ISceneKind
{
    private static readonly Action<GenericScene, SKRect, int>[] Families =
    [
        Leaves.Draw,
        Leaves.Draw,
        Leaves.DrawBlobs,
        Crowds.Draw,
        Crowds.Draw,
        Strokes.Draw,
        Strokes.DrawContours,
        Lettering.Draw,
        Structures.DrawFacade,
        Structures.DrawLines,
        Branches.Draw,
        Folds.DrawFacets,
        Folds.DrawCreases,
        Smooth.DrawFaint,
        DrawMottle,
        Nested,
    ];

    private static readonly SKRect Everywhere = new(-0.1f, -0.1f, 1.1f, 1.1f);

    /// <inheritdoc/>
    public string Name => "generic";

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var scene = new GenericScene(painter, random.Fork());
        Backdrop(scene);
        var families = random.Chance(0.3) ? 1 : 2 + random.Below(3);
        var budget = 60 + random.Below(180);
        for (var i = 0; i < families; i++)
        {
            var area = i == 0 || random.Chance(0.5) ? Everywhere : scene.Part(Everywhere, 0.35f);
            random.Pick<Action<GenericScene, SKRect, int>>(Families)(scene, area, Math.Max(12, budget / families));
        }
    }

    private static void Backdrop(GenericScene scene)
    {
        var random = scene.Random;
        var (part, colour) = (scene.NewPart(), scene.Colour());
        scene.Painter.Background(part, colour);
        if (random.Chance(0.6))
        {
            Mottle.Draw(scene, Everywhere, part, colour, 40 + random.Below(200));
        }

        switch (random.Below(7))
        {
            case 0:
                Smooth.DrawFaint(scene, Everywhere, 40);
                break;
            case 1:
                Smooth.DrawBands(scene, Everywhere, 12);
                break;
            case 2:
                Leaves.DrawBlobs(scene, Everywhere, 8);
                break;
            case 3:
                Folds.DrawCreases(scene, Everywhere, 30);
                break;
        }
    }

    /// <summary>A large surface with detail at all scales.</summary>
    private static void DrawMottle(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        using var shape = Shapes.Place(
            Shapes.Any(random), new(area.MidX, area.MidY), MathF.Max(area.Width, area.Height) * random.Between(0.35f, 0.7f),
            random.Between(0, 360));
        var (part, colour) = (scene.NewPart(), scene.Colour());
        scene.Painter.Fill(shape, part, colour);
        using var inside = scene.Painter.Inside(shape);
        Mottle.Draw(scene, shape.Bounds, part, colour, 80 + random.Below(Math.Min(2 * budget, 240)));
    }

    /// <summary>A few large shapes, each with a small scene inside.</summary>
    private static void Nested(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var count = 1 + random.Below(4);
        for (var i = 0; i < count; i++)
        {
            using var shape = Shapes.Place(Shapes.Any(random), scene.Place(area), random.Between(0.15f, 0.4f), random.Between(0, 360));
            scene.Painter.Fill(shape, scene.NewPart(), scene.Colour());
            using (scene.Painter.Inside(shape))
            {
                // The last of the families is this one: it does not nest in itself.
                Families[random.Below(Families.Length - 1)](scene, shape.Bounds, Math.Max(6, budget / count));
            }
        }
    }
}
