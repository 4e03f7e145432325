using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Boats;

/// <summary>People aboard and oars. Parts: <c>cloth</c>, <c>skin</c>, <c>hat</c>, <c>oar</c>.</summary>
internal sealed class Crew(Painter painter, SceneRandom random, Hull hull, Atmosphere air)
{
    private readonly SKColor _wood = air.Lit(Tint.Hsv(random.Between(22, 40), random.Between(0.3f, 0.6f), random.Between(0.4f, 0.8f)));

    /// <summary>Whoever sits in an open boat.</summary>
    public void Sitting()
    {
        var rowing = hull.Plan.Style == BoatStyle.Rowing;
        var seats = rowing ? random.Below(4) : random.Below(3);
        for (var i = 0; i < seats; i++)
        {
            Person(rowing ? 0.3f + (0.22f * i) : 0.62f + (0.15f * i));
        }
    }

    /// <summary>Oars over the sides, or none.</summary>
    public void Oars()
    {
        if (hull.Plan.Style != BoatStyle.Rowing || random.Chance(0.25))
        {
            return;
        }

        var pairs = random.Chance(0.15) ? 3 : 1;
        var sweep = random.Between(-1, 1);
        for (var i = 0; i < pairs; i++)
        {
            var u = pairs == 1 ? random.Between(0.42f, 0.58f) : 0.3f + (0.2f * i);
            var x = u * hull.Plan.Length;
            var (w, z) = (hull.Width(u), hull.Sheer(u) + 0.08f);
            var (grip, blade) = (hull.At(x - (sweep * 0.4f), w * 0.2f, z + 0.35f), hull.At(x + (sweep * 1.2f), w + 1.9f, -0.05f));
            using var shaft = new SKPath();
            shaft.MoveTo(grip);
            shaft.LineTo(blade);
            painter.Line(shaft, 0.07f * hull.View.Scale, "oar", _wood);
            var (dx, dy) = (blade.X - grip.X, blade.Y - grip.Y);
            using var end = new SKPath();
            end.MoveTo(blade.X - (dx * 0.18f), blade.Y - (dy * 0.18f));
            end.LineTo(blade);
            painter.Line(end, 0.18f * hull.View.Scale, "oar", _wood);
            if (i == 0)
            {
                hull.Name("oar.middle", new((grip.X + blade.X) / 2, (grip.Y + blade.Y) / 2), "oar");
                hull.Name("oar.blade", blade, "oar");
            }
        }
    }

    private void Person(float u)
    {
        var x = u * hull.Plan.Length;
        var seat = hull.Sheer(u) - (hull.Plan.Freeboard * 0.35f);
        var cloth = air.Lit(Tint.Any(random));
        var lean = random.Normal(0, 0.12f);
        var scale = hull.View.Scale;
        var (hip, neck) = (hull.At(x, 0, seat), hull.At(x + lean, 0, seat + 0.85f));
        Span<SKPoint> body =
        [
            new(hip.X - (0.26f * scale), hip.Y), new(neck.X - (0.24f * scale), neck.Y + (0.12f * scale)), neck,
            new(neck.X + (0.24f * scale), neck.Y + (0.12f * scale)), new(hip.X + (0.26f * scale), hip.Y),
        ];
        painter.Blob("cloth", cloth, body);
        var head = hull.At(x + (lean * 1.2f), 0, seat + 1.08f);
        painter.Ellipse(head.X, head.Y, 0.17f * scale, 0.2f * scale, "skin",
            air.Lit(Tint.Hsv(random.Between(18, 32), random.Between(0.3f, 0.6f), random.Between(0.35f, 0.9f))));
        if (random.Chance(0.6))
        {
            var brim = random.Chance(0.5) ? 0.34f : 0.18f;
            painter.Ellipse(head.X, head.Y - (0.13f * scale), brim * scale, 0.1f * scale, "hat", air.Lit(Tint.Any(random)));
        }
        else
        {
            painter.Ellipse(head.X, head.Y - (0.09f * scale), 0.18f * scale, 0.13f * scale, "hair",
                air.Lit(Tint.Hsv(25, random.Between(0.2f, 0.7f), random.Between(0.08f, 0.6f))));
        }
    }
}
