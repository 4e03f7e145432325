using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Heads and shoulders: frontal to near profile, from the close-up of a face to a bust, from portrait to cartoon.</summary>
public sealed class FaceKind : ISceneKind
{
    /// <summary>Where the head turns on the neck, below its middle.</summary>
    internal const float Pivot = 0.72f;

    /// <inheritdoc/>
    public string Name => "face";

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        var (shape, place, look) = (random.Fork(), random.Fork(), random.Fork());
        SceneRandom[] streams = [.. Enumerable.Range(0, 12).Select(_ => random.Fork())];
        var manner = Manner.Of(look);
        var head = new Head(shape, manner.Cartoon);
        var palette = Palette.Of(look.Fork(), manner);
        var wardrobe = Wardrobe.Of(look.Fork());
        var scale = place.Below(100) switch
        {
            < 32 => place.Between(0.39f, 0.58f),
            < 80 => place.Between(0.28f, 0.4f),
            _ => place.Between(0.2f, 0.28f),
        };
        var x = Math.Clamp(place.Normal(0.5f, 0.06f), 0.3f, 0.7f) - (0.12f * scale * MathF.Sin(head.Turn));
        var y = (0.44f + (0.3f * (scale - 0.3f)) + place.Normal(0, 0.035f)) + (Pivot * scale);
        var tilt = Math.Clamp(place.Normal(0, 7), -22, 22);

        new Backdrop(painter, streams[0]).Draw();
        using (painter.At(x, y, scale))
        {
            var hair = new Hair(painter, head, palette, manner, wardrobe, streams[1]);
            InHead(painter, tilt, hair.DrawBack);
            new Body(painter, head, palette, manner, streams[2]).Draw(wardrobe.Headwear == Headwear.Scarf);
            InHead(painter, tilt, () =>
            {
                var ears = new Ears(painter, head, palette, manner, streams[3]);
                var beard = new Beard(painter, head, palette, manner, wardrobe, streams[4]);
                hair.DrawCap();
                ears.Draw(near: false);
                new Skin(painter, head, palette, manner, streams[5]).Draw(hair.FaceArea(), beard.CoversChin);
                ears.Draw(near: true);
                beard.Draw();
                using (var inside = head.Silhouette())
                using (painter.Inside(inside))
                {
                    new Eyes(painter, head, palette, manner, streams[6]).Draw();
                    new Brows(painter, head, palette, manner, streams[7]).Draw();
                }

                new Mouth(painter, head, palette, manner, streams[8]).Draw(beard.CoversLip);
                beard.DrawMoustache();
                new Nose(painter, head, palette, manner, streams[9]).Draw();
                hair.DrawFront();
                new Glasses(painter, head, streams[10]).Draw(wardrobe.Glasses);
                new Hat(painter, head, manner, streams[11]).Draw(wardrobe.Headwear);
            });
        }
    }

    private static void InHead(Painter painter, float tilt, Action draw)
    {
        using (painter.At(0, 0, 1, tilt))
        using (painter.At(0, -Pivot))
        {
            draw();
        }
    }
}
