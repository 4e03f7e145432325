using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>
/// Cars of ten sorts of body, seen from the side, obliquely, from the front and from behind, in streets, halls and fields. The body is a
/// profile drawn out to both sides, so that all views show the same places of it.
/// </summary>
public sealed class CarKind : ISceneKind
{
    /// <inheritdoc/>
    public string Name => "car";

    /// <inheritdoc/>
    public bool FacesSideways => true;

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        using var turned = random.Chance(0.5) ? painter.At(1, 0, mirrored: true) : null;
        var shape = CarShape.Any(random.Fork());
        var view = CarView.Any(random.Fork(), shape);
        var surface = new CarSurface(shape, view);
        var air = Atmosphere.Any(random.Fork());
        var old = shape.Style is BodyStyle.Beetle or BodyStyle.Vintage;
        var paint = new CarPaint(random.Fork(), air, old || random.Chance(0.15));
        var ground = Surroundings.Draw(painter, random.Fork(), air, view);
        var extras = new Extras(painter, random.Fork(), surface, paint);
        extras.Shadow(ground);
        Car(painter, random, surface, paint, extras);
        extras.InFront();
    }

    private static void Car(Painter painter, SceneRandom random, CarSurface surface, CarPaint paint, Extras extras)
    {
        var wheels = new Wheels(painter, random.Fork(), surface, paint);
        using var body = new Body(painter, random.Fork(), surface, paint);
        var ends = new Ends(painter, random.Fork(), surface, paint);
        var side = new BodySide(painter, random.Fork(), surface, paint, body.Side);
        var windows = new SideWindows(painter, random.Fork(), surface, paint);
        wheels.Far();
        body.Underside();
        wheels.Near();
        extras.Mirror(near: false);
        var lamps = surface.Shape.Style == BodyStyle.Vintage;
        if (lamps && surface.View.Yaw < -14)
        {
            ends.StandingLamps();
        }

        body.Whole();
        body.Bands(ends.Draw);
        if (surface.SideSeen)
        {
            side.Skin();
            if (surface.SideReadable)
            {
                windows.Draw(side.DoorEdges);
                side.Doors();
            }

            side.Corners(ends);
        }

        if (surface.Shape.Fenders)
        {
            if (surface.SideSeen)
            {
                side.Fenders(random.Chance(0.5) ? paint.Body : paint.Dark);
            }

            if (lamps && surface.View.Yaw >= -14)
            {
                ends.StandingLamps();
            }
        }

        extras.Roof();
        extras.Mirror(near: true);
    }
}
