using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using CnnMrf.Training.Kinds.Views;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Boats;

/// <summary>Boats under sail, under oars and with engines, at sea and before shores, in calm and in rough water.</summary>
public sealed class BoatKind : ISceneKind
{
    /// <inheritdoc/>
    public string Name => "boat";

    /// <inheritdoc/>
    public bool FacesSideways => true;

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        using var turned = random.Chance(0.5) ? painter.At(1, 0, mirrored: true) : null;
        var plan = BoatPlan.Any(random.Fork());
        var air = Atmosphere.Any(random.Fork());
        var view = View(random.Fork(), plan);
        var sea = new Sea(painter, random.Fork(), air, Math.Clamp(view.Horizon, 0.12f, view.Project(0, -plan.Beam, 0).Y - 0.01f));
        var pose = random.Fork();
        var sailing = plan.Style is BoatStyle.Sloop or BoatStyle.Dinghy or BoatStyle.Schooner;
        var heel = pose.Normal(0, sailing ? 0.14f : 0.03f);
        var trim = pose.Normal(0, 0.015f + (0.07f * sea.Roughness * (plan.Style == BoatStyle.Ship ? 0.3f : 1)));
        var hull = new Hull(painter, random.Fork(), plan, view, air, heel, trim);
        var rig = new Rig(painter, random.Fork(), hull, air);
        var above = new Superstructure(painter, random.Fork(), hull, air, rig);
        var crew = new Crew(painter, random.Fork(), hull, air);
        sea.Behind();
        sea.Reflect(hull, fill => Mirrored(hull, fill));
        hull.Inside();
        if (plan.Open)
        {
            crew.Sitting();
        }

        above.Draw();
        if (plan.Style is not (BoatStyle.Rowing or BoatStyle.Fishing or BoatStyle.Motor or BoatStyle.Ship))
        {
            rig.Draw();
        }

        hull.Sides();
        crew.Oars();
        sea.Before(hull);
    }

    private static void Mirrored(Hull hull, Action<SKPath, SKColor> fill)
    {
        var plan = hull.Plan;
        if (plan.Style is BoatStyle.Sloop or BoatStyle.Dinghy or BoatStyle.Schooner)
        {
            using var sail = new SKPath();
            sail.MoveTo(hull.At(plan.Length * 0.1f, 0, 0));
            sail.LineTo(hull.At(plan.Length * 0.42f, 0, plan.Height * 0.95f));
            sail.LineTo(hull.At(plan.Length * 0.9f, 0, plan.Freeboard * 1.2f));
            sail.LineTo(hull.At(plan.Length * 0.85f, 0, 0));
            sail.Close();
            fill(sail, new(235, 232, 225));
        }
        else if (plan.Style is BoatStyle.Ship or BoatStyle.Motor or BoatStyle.Fishing)
        {
            using var house = new SKPath();
            house.MoveTo(hull.At(plan.Length * 0.35f, 0, 0));
            house.LineTo(hull.At(plan.Length * 0.38f, 0, plan.Freeboard * 2));
            house.LineTo(hull.At(plan.Length * 0.75f, 0, plan.Freeboard * 2));
            house.LineTo(hull.At(plan.Length * 0.78f, 0, 0));
            house.Close();
            fill(house, new(225, 225, 220));
        }

        using var side = hull.Band(0, 1);
        fill(side, hull.Colour);
    }

    private static ObliqueView View(SceneRandom random, BoatPlan plan)
    {
        var yaw = random.Next() switch
        {
            < 0.5f => random.Normal(0, 8),
            < 0.83f => random.Between(15, 62),
            _ => -random.Between(15, 50),
        };
        var distance = random.Between(22, 70);
        var eye = random.Chance(0.6) ? random.Between(0.8f, 3) : random.Between(3, 3 + (distance * 0.14f));
        return new((plan.Length, plan.Beam, plan.Height), yaw, distance, eye, box =>
        {
            var size = random.Chance(0.1) ? random.Between(0.95f, 1.2f) : random.Between(0.6f, 0.92f);
            var scale = MathF.Min(size / box.Width, MathF.Min(size, 0.84f) / box.Height);
            var middle = 0.5f + (random.Normal(0, 0.35f) * MathF.Max(0.03f, (1 - (box.Width * scale)) / 2));
            var foot = MathF.Max(random.Between(0.55f, 0.88f), MathF.Min(0.92f, (box.Height * scale) + 0.05f));
            return (scale, middle, foot);
        });
    }
}
