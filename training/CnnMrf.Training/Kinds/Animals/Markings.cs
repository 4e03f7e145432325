using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>What the coat shows on trunk and neck, and their shading. Drawn inside their outline.</summary>
internal sealed class Markings(Painter painter, Skeleton bones, Coat coat, SceneRandom random)
{
    private readonly Build _build = bones.Build;

    /// <summary>Draws them.</summary>
    public void Draw()
    {
        if (coat.Shaded)
        {
            painter.Curve("body", _build.Depth * 0.16f, Tint.Shade(coat.Base, 1.1f), Lower(bones.Rump, 0.05f), Lower(bones.Croup, 0.06f),
                Lower(bones.Back, 0.06f),
                Lower(bones.Withers, 0.06f));
        }

        if (coat.Shaded || random.Chance(0.4))
        {
            var under = _build.Depth * random.Between(0.2f, 0.4f);
            painter.Curve("body", under, coat.Belly, bones.ThighBack, Lower(bones.Flank, under * 0.15f), Lower(bones.Belly, under * 0.15f),
                Lower(bones.Girth, under * 0.1f), bones.Chest);
        }

        Pattern();
        if (coat.Shaded)
        {
            Folds();
        }
    }

    private static SKPoint Lower(SKPoint point, float by) => Shapes.Add(point, 0, by);

    /// <summary>A place on trunk or neck; most are on the trunk.</summary>
    private SKPoint Somewhere()
    {
        if (random.Chance(0.25))
        {
            return bones.OnNeck(random.Between(0, 0.95f), random.Between(-0.9f, 0.9f));
        }

        var along = random.Next();
        var top = along < 0.5f ? Shapes.Mix(bones.Rump, bones.Back, along * 2) : Shapes.Mix(bones.Back, bones.Withers, (along * 2) - 1);
        var low = along < 0.5f ? Shapes.Mix(bones.ThighBack, bones.Belly, along * 2)
            : Shapes.Mix(bones.Belly, bones.Chest, (along * 2) - 1);
        return Shapes.Mix(top, low, random.Next());
    }

    private void Pattern()
    {
        switch (coat.Pattern)
        {
            case Animals.Pattern.Patches:
                for (var i = 3 + random.Below(5); i > 0; i--)
                {
                    Patch(Somewhere(), random.Between(0.07f, 0.2f), coat.Mark);
                }

                break;
            case Animals.Pattern.Spots:
                for (var i = 20 + random.Below(30); i > 0; i--)
                {
                    var (place, r) = (Somewhere(), random.Between(0.01f, 0.028f));
                    painter.Ellipse(place.X, place.Y, r * 1.2f, r, "body", coat.Mark);
                }

                break;
            case Animals.Pattern.Rings:
                for (var i = 25 + random.Below(25); i > 0; i--)
                {
                    var (place, r) = (Somewhere(), random.Between(0.02f, 0.035f));
                    painter.Ellipse(place.X, place.Y, r * 1.2f, r, "body", coat.Mark);
                    painter.Ellipse(place.X, place.Y, r * 0.6f, r * 0.5f, "body", Tint.Shade(coat.Base, 0.85f));
                }

                break;
            case Animals.Pattern.Net:
                var tile = random.Between(0.045f, 0.075f);
                for (var i = 90; i > 0; i--)
                {
                    Patch(Somewhere(), tile * random.Between(0.5f, 0.9f), coat.Mark);
                }

                break;
            case Animals.Pattern.Stripes:
                Stripes();
                break;
            case Animals.Pattern.Saddle:
                painter.Curve("body", _build.Depth * random.Between(0.4f, 0.8f), coat.Mark, bones.Rump, bones.Croup, bones.Back,
                    bones.Withers,
                    bones.OnNeck(random.Between(0.1f, 0.7f), 1));
                break;
        }
    }

    private void Stripes()
    {
        var count = 8 + random.Below(7);
        var width = random.Between(0.012f, 0.035f);
        for (var i = 0; i < count; i++)
        {
            var along = (i + 0.5f) / count;
            var top = along < 0.5f ? Shapes.Mix(bones.Rump, bones.Back, along * 2) : Shapes.Mix(bones.Back, bones.Withers, (along * 2) - 1);
            var low = along < 0.5f ? Shapes.Mix(bones.ThighBack, bones.Belly, along * 2)
                : Shapes.Mix(bones.Belly, bones.Chest, (along * 2) - 1);
            var end = Shapes.Mix(top, low, random.Between(0.55f, 1));
            painter.Curve("body", width * random.Between(0.7f, 1.3f), coat.Mark, Shapes.Add(top, 0, -0.04f),
                Shapes.Add(Shapes.Mix(top, end, 0.5f), random.Normal(0, 0.03f), 0), end);
        }

        for (var i = 0; i < count / 2; i++)
        {
            var along = (i + 0.5f) / (count * 0.5f);
            painter.Curve("body", width, coat.Mark, bones.OnNeck(along, 1.1f), bones.OnNeck(along - 0.05f, 0), bones.OnNeck(along, -0.9f));
        }
    }

    private void Patch(SKPoint place, float radius, SKColor colour)
    {
        Span<SKPoint> edge = stackalloc SKPoint[6];
        var turn = random.Between(0, 60);
        for (var i = 0; i < edge.Length; i++)
        {
            edge[i] = Shapes.Polar(place, turn + (60 * i), radius * random.Between(0.7f, 1.25f));
        }

        painter.Blob("body", colour, edge);
    }

    private void Folds()
    {
        var dark = Tint.Shade(coat.Base, random.Between(0.68f, 0.88f));
        var light = Tint.Shade(coat.Base, random.Between(1.06f, 1.2f));
        // Behind the shoulder, before the thigh, where the neck leaves the trunk.
        painter.Curve("body", 0.02f, dark, Shapes.Mix(bones.Withers, bones.Girth, 0.25f),
            Shapes.Add(Shapes.Mix(bones.Withers, bones.Girth, 0.6f), -0.07f, 0),
            Shapes.Add(bones.Girth, -0.1f, -0.02f));
        painter.Curve("body", 0.02f, dark, bones.Flank, Shapes.Add(bones.Flank, -0.02f, -0.1f), Shapes.Add(bones.Croup, 0.06f, 0.15f));
        painter.Curve("body", 0.02f, dark, bones.NeckFront, Shapes.Mix(bones.NeckFront, bones.Withers, 0.5f));
        painter.Curve("body", _build.NeckTop * 0.8f, Tint.Shade(coat.Base, 0.82f), bones.OnNeck(1, -0.9f), bones.OnNeck(0.5f, -0.95f),
            bones.OnNeck(0.1f, -0.95f));
        if (_build.Cover is Cover.Shaggy or Cover.Wool || random.Chance(0.4))
        {
            for (var i = 0; i < 26; i++)
            {
                var place = Somewhere();
                var length = random.Between(0.02f, 0.06f);
                var end = _build.Cover == Cover.Wool
                    ? Shapes.Add(place, length, 0)
                    : Shapes.Add(place, -length, length * random.Between(0.1f, 0.7f));
                painter.Curve("body", 0.009f, random.Chance(0.5) ? dark : light, place,
                    Shapes.Add(Shapes.Mix(place, end, 0.5f), 0, 0.012f), end);
            }
        }
    }
}
