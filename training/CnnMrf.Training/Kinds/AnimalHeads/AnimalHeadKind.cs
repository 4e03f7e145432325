using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;

namespace CnnMrf.Training.Kinds.AnimalHeads;

/// <summary>An animal's head from the front, or turned a little. Landmarks are called as a human face's where they mean the same.</summary>
public sealed class AnimalHeadKind : ISceneKind
{
    /// <inheritdoc/>
    public string Name => "animal-head";

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var (scenery, shape, place) = (random.Fork(), random.Fork(), random.Fork());
        Backdrop.Draw(painter, scenery);
        var features = Beasts.Any(shape);
        var fur = Beasts.Colours(features.Species, shape.Fork());
        var scale = place.Between(0.17f, 0.4f);
        var tall = features.Ear == EarForm.Long || features.Crown == Crown.Antlers ? 0.35f * scale : 0;
        var x = 0.5f + place.Normal(0, 0.16f * (0.5f - scale));
        var y = 0.47f + tall + place.Normal(0, 0.12f * (0.5f - scale));
        var turn = Math.Clamp(place.Normal(0, 0.35f), -0.9f, 0.9f);
        using var at = painter.At(x, y, scale, place.Normal(0, 6));
        new FrontHead(painter, features, fur, turn, shape.Fork()).Draw();
    }
}
