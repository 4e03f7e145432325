using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Views;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>From where cars are seen.</summary>
internal static class CarView
{
    /// <summary>A view in which the car fills most of the picture.</summary>
    public static ObliqueView Any(SceneRandom random, CarShape shape)
    {
        var yaw = random.Next() switch
        {
            < 0.4f => random.Normal(0, 3.5f),
            < 0.73f => random.Between(18, 65),
            < 0.84f => random.Between(80, 90),
            < 0.94f => -random.Between(18, 60),
            _ => -random.Between(82, 90),
        };
        var distance = random.Chance(0.6) ? random.Between(7, 14) : random.Between(14, 60);
        var eye = random.Chance(0.7) ? random.Between(0.7f, 1.8f) : random.Between(1.8f, 1.8f + (distance * 0.18f));
        return new((shape.Length, shape.HalfWidth, shape.Height), yaw, distance, eye, box =>
        {
            var size = random.Chance(0.12) ? random.Between(0.95f, 1.25f) : random.Between(0.66f, 0.98f);
            var scale = MathF.Min(size / box.Width, MathF.Min(size, 0.9f) / box.Height);
            var middle = 0.5f + (random.Normal(0, 0.35f) * MathF.Max(0.04f, (1 - (box.Width * scale)) / 2));
            var foot = MathF.Max(random.Between(0.66f, 0.93f), MathF.Min(0.95f, (box.Height * scale) + 0.05f));
            return (scale, middle, foot);
        });
    }
}
