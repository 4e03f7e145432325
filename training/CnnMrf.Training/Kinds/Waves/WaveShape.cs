using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Waves;

/// <summary>
/// A breaking wave seen along its crest, running to the right: its back rises to the crest, which leans over and may curl, then the hollow
/// face falls to the trough. Shares along each of the three lines run from left to right, along the face from the tip down.
/// </summary>
internal sealed class WaveShape
{
    private readonly SKPoint[] _back;
    private readonly SKPoint[] _face;

    private WaveShape(SKPoint[] back, SKPoint[] face, float size, float curl) => (_back, _face, Size, Curl) = (back, face, size, curl);

    /// <summary>Height from trough to crest.</summary>
    public float Size { get; }

    /// <summary>0: a peak; 1: it curls right over.</summary>
    public float Curl { get; }

    /// <summary>The highest point.</summary>
    public SKPoint Crest => Back(0.82f);

    /// <summary>The point that falls first.</summary>
    public SKPoint Tip => _back[^1];

    /// <summary>The lowest point in front.</summary>
    public SKPoint Trough => _face[^2];

    /// <summary>A wave.</summary>
    /// <param name="random">Its shape.</param>
    /// <param name="x">Where its crest is.</param>
    /// <param name="foot">Row of the trough.</param>
    /// <param name="size">Height from trough to crest.</param>
    /// <param name="curl">0…1.</param>
    public static WaveShape Any(SceneRandom random, float x, float foot, float size, float curl)
    {
        var wide = size * random.Between(0.9f, 1.5f);
        var lean = size * curl;
        SKPoint At(float u, float v) => new(x + (u * size), foot - (v * size));
        SKPoint Near(float u, float v) => At(u + random.Normal(0, 0.02f), v + random.Normal(0, 0.02f));
        var top = At(0, 1);
        var tipX = 0.12f + (curl * random.Between(0.35f, 0.6f));
        var tipY = 0.94f - (curl * random.Between(0.2f, 0.42f));
        SKPoint[] back =
        [
            new(x - (wide * 1.8f), foot - (size * random.Between(-0.05f, 0.2f))),
                new(x - (wide * 1.2f), foot - (size * random.Between(0.1f, 0.3f))),
            Near(-0.75f, 0.5f), Near(-0.35f, 0.84f), top, new(top.X + (lean * 0.28f) + (size * 0.05f), top.Y + (size * 0.03f)),
                At(tipX, tipY),
        ];
        var hollow = random.Between(0.02f, 0.14f) - (curl * random.Between(0.08f, 0.22f));
        SKPoint[] face =
        [
            At(tipX, tipY), At((tipX * 0.5f) + 0.02f, 0.78f + (0.1f * curl)), Near(hollow, 0.62f), Near(hollow + 0.02f, 0.38f),
                Near(hollow + 0.22f, 0.14f),
            At(random.Between(0.55f, 0.75f), 0), At(random.Between(1.3f, 1.7f), random.Between(0.03f, 0.14f)),
        ];
        return new(back, face, size, curl);
    }

    /// <summary>A place of the back's outline.</summary>
    /// <param name="share">0 far left, 1 the tip.</param>
    public SKPoint Back(float share) => Along(_back, share);

    /// <summary>A place of the face.</summary>
    /// <param name="share">0 the tip, 1 far right.</param>
    public SKPoint Face(float share) => Along(_face, share);

    /// <summary>All of it down to the picture's foot.</summary>
    public SKPath Whole()
    {
        var path = Curves.Open(_back);
        using var face = Curves.Open(_face);
        path.AddPath(face, SKPathAddMode.Extend);
        path.LineTo(MathF.Max(1.8f, _face[^1].X), _face[^1].Y + (0.03f * Size));
        path.LineTo(MathF.Max(1.8f, _face[^1].X), 1.8f);
        path.LineTo(MathF.Min(-0.8f, _back[0].X), 1.8f);
        path.LineTo(MathF.Min(-0.8f, _back[0].X), _back[0].Y + (0.03f * Size));
        path.Close();
        return path;
    }

    /// <summary>What lies under the overhanging crest: from the face back into the wave.</summary>
    /// <param name="depth">How far to the left, in heights.</param>
    public SKPath Hollow(float depth)
    {
        const int Count = 10;
        Span<SKPoint> points = stackalloc SKPoint[2 * Count];
        for (var i = 0; i < Count; i++)
        {
            var share = 0.02f + (0.78f * i / (Count - 1));
            var place = Face(share);
            points[i] = place;
            var thin = MathF.Sin(MathF.PI * MathF.Min(1, i / (Count - 1f)));
            points[^(i + 1)] = new(place.X - (depth * Size * thin), place.Y + (0.05f * Size * thin));
        }

        return Curves.Closed(points);
    }

    private static SKPoint Along(SKPoint[] points, float share)
    {
        var place = Math.Clamp(share, 0, 1) * (points.Length - 1);
        var i = Math.Min((int)place, points.Length - 2);
        var t = place - i;
        var (a, b) = (points[Math.Max(0, i - 1)], points[i]);
        var (c, d) = (points[i + 1], points[Math.Min(points.Length - 1, i + 2)]);
        return new(Spline(a.X, b.X, c.X, d.X, t), Spline(a.Y, b.Y, c.Y, d.Y, t));
    }

    private static float Spline(float a, float b, float c, float d, float t) =>
        b + (t * 0.5f * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
}
