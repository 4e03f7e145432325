using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>
/// An animal from the side, whole: four-legged ones, and now and then a bird or a fish. Its landmarks have no sides; legs are near or far,
/// front or hind.
/// </summary>
public sealed class AnimalKind : ISceneKind
{
    /// <inheritdoc/>
    public string Name => "animal";

    /// <inheritdoc/>
    public bool FacesSideways => true;

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var (scenery, shape, place) = (random.Fork(), random.Fork(), random.Fork());
        var sort = shape.Next();
        if (sort < 0.04f)
        {
            new Fish(painter, shape).Draw(place, scenery);
            return;
        }

        Backdrop.Draw(painter, scenery);
        if (sort < 0.14f)
        {
            new Bird(painter, shape).Draw(place);
            return;
        }

        var (species, build) = Species.Any(shape);
        var bones = new Skeleton(build, PoseOf(build, shape), shape.Fork());
        var bounds = bones.Bounds();
        var most = MathF.Max(bounds.Width, bounds.Height);
        var scale = place.Between(0.62f, 1) / most;
        var spare = 1 - (scale * most);
        var mirrored = place.Chance(0.5);
        var (centreX, centreY, spread) = (bounds.MidX, bounds.MidY, 0.02f + (0.2f * spare));
        if (place.Chance(0.15))
        {
            // A closer look at its front half.
            scale *= place.Between(1.4f, 2.2f);
            (centreX, centreY, spread) = (bones.Skull.X - (0.15f * bounds.Width), (bones.Skull.Y * 0.7f) + (bones.Middle.Y * 0.3f), 0.06f);
        }

        var x = 0.5f + place.Normal(0, spread) - (scale * centreX * (mirrored ? -1 : 1));
        var y = 0.52f + place.Normal(0, spread * 0.8f) - (scale * centreY);
        var ground = new Ground(painter, scenery);
        var half = scale * bounds.Width / 2;
        var middle = x + (scale * bounds.MidX * (mirrored ? -1 : 1));
        ground.Draw(y, middle - half, middle + half);
        using (painter.At(x, y, scale, place.Normal(0, 1.5f), mirrored))
        {
            new Quadruped(painter, bones, Coat.Of(species, shape.Fork()), shape.Fork()).Draw();
        }

        ground.Front(y, scale * bounds.Height);
    }

    private static Pose PoseOf(Build build, SceneRandom random)
    {
        var pose = random.Next();
        return pose switch
        {
            < 0.38f => Pose.Stand,
            < 0.62f => Pose.Walk,
            < 0.72f => build.Pillar ? Pose.Walk : Pose.Run,
            < 0.84f => build.Grazes ? Pose.Graze : build.Sits ? Pose.Sit : Pose.Stand,
            < 0.9f => build.Sits ? Pose.Sit : Pose.Stand,
            < 0.95f => build.Pillar ? Pose.Stand : Pose.Lie,
            _ => Pose.Walk,
        };
    }
}
