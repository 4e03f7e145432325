using System.Numerics;

namespace CnnMrf.Local.Samples;

/// <summary>Paints a motif in short curved strokes. Lengths are in units of the picture's height.</summary>
internal sealed class Brush(Canvas canvas, Random random, MotifMap motif)
{
    private const int Bristles = 12;

    /// <summary>Strokes of one size all over the picture, or only where a fine brush is needed.</summary>
    /// <param name="strokes">How many are tried.</param>
    /// <param name="thickness">Their thickness.</param>
    /// <param name="length">Their greatest length.</param>
    /// <param name="variation">How much their colours differ from the motif's.</param>
    /// <param name="onlyDetail">Whether to paint only what needs a fine brush, and the edges of things.</param>
    public void Cover(int strokes, float thickness, float length, float variation, bool onlyDetail)
    {
        foreach (var (x, y) in Places(strokes))
        {
            var seen = motif[x, y];
            if (onlyDetail && !seen.Fine && !AtEdge(x, y, seen.Part, thickness))
            {
                continue;
            }

            var size = random.Next(0.75f, 1.2f) * (seen.Fine && !onlyDetail ? 0.6f : 1);
            var path = Follow(x, y, seen.Part, length * size * random.Next(0.6f, 1), thickness * size);
            if (path.Count > 1)
            {
                Stroke(path, thickness * size, Vary(seen.Color, seen.Fine ? variation * 0.5f : variation));
            }
        }
    }

    /// <summary>A jittered grid in random order: no gaps, and no rows to be seen.</summary>
    private (float X, float Y)[] Places(int count)
    {
        var step = MathF.Sqrt(canvas.Aspect / count);
        var places = new List<(float, float)>();
        for (var y = step / 2; y < 1; y += step)
        {
            for (var x = step / 2; x < canvas.Aspect; x += step)
            {
                places.Add((x + (step * random.Next(-0.7f, 0.7f)), y + (step * random.Next(-0.7f, 0.7f))));
            }
        }

        (float, float)[] shuffled = [.. places];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private bool AtEdge(float x, float y, int part, float reach) =>
        motif[x - reach, y].Part != part || motif[x + reach, y].Part != part
        || motif[x, y - reach].Part != part || motif[x, y + reach].Part != part;

    /// <summary>Goes both ways along the motif's directions, as far as the thing reaches.</summary>
    private List<Vector2> Follow(float x, float y, int part, float length, float thickness)
    {
        var path = new List<Vector2> { new(x, y) };
        foreach (var sign in new[] { 1f, -1f })
        {
            var at = new Vector2(x, y);
            var before = Vector2.Zero;
            for (var gone = 0f; gone < length / 2; gone += thickness / 2)
            {
                var direction = motif[at.X, at.Y].Direction;
                var step = new Vector2(MathF.Cos(direction), MathF.Sin(direction)) * sign;
                step = Vector2.Dot(step, before) < 0 ? -step : step;
                before = step;
                at += step * (thickness / 2);
                if (motif[at.X, at.Y].Part != part)
                {
                    break;
                }

                path.Insert(sign > 0 ? path.Count : 0, at);
            }
        }

        return path;
    }

    private Vector3 Vary(Vector3 color, float amount)
    {
        var light = amount * random.Normal();
        var tint = new Vector3(random.Normal(), 0.6f * random.Normal(), random.Normal()) * amount * 0.55f;
        // Now and then the brush still holds the complement, as painters like it.
        if (random.NextSingle() < 0.06f)
        {
            tint += (new Vector3(color.Z, (color.X + color.Z) / 2, color.X) - color) * 0.35f;
        }

        return Vector3.Clamp((color * (1 + light)) + tint + new Vector3(light * 0.35f), Vector3.Zero, Vector3.One);
    }

    private void Stroke(List<Vector2> path, float thickness, Vector3 color)
    {
        var bristles = new float[Bristles + 1];
        for (var i = 0; i < bristles.Length; i++)
        {
            bristles[i] = random.Normal();
        }

        var lengths = new float[path.Count];
        Vector2 low = path[0], high = path[0];
        for (var i = 1; i < path.Count; i++)
        {
            lengths[i] = lengths[i - 1] + Vector2.Distance(path[i - 1], path[i]);
            (low, high) = (Vector2.Min(low, path[i]), Vector2.Max(high, path[i]));
        }

        var unit = canvas.Height;
        for (var row = (int)((low.Y - thickness) * unit); row <= (int)((high.Y + thickness) * unit); row++)
        {
            for (var column = (int)((low.X - thickness) * unit); column <= (int)((high.X + thickness) * unit); column++)
            {
                var point = new Vector2((column + 0.5f) / unit, (row + 0.5f) / unit);
                var (along, across) = Nearest(point, path, lengths);
                var t = along / lengths[^1];
                // The brush comes down quickly and leaves slowly.
                var half = thickness / 2 * MathF.Min(1, 0.55f + (4 * t)) * MathF.Sqrt(MathF.Max(0, 1 - MathF.Pow(t, 5)));
                var cover = Math.Clamp(((half - MathF.Abs(across)) * unit) + 0.5f, 0, 1);
                if (cover <= 0)
                {
                    continue;
                }

                var lane = Math.Clamp((across / thickness) + 0.5f, 0, 0.999f) * Bristles;
                var bristle = Paint.Lerp(bristles[(int)lane], bristles[(int)lane + 1], lane - (int)lane);
                // Thick paint: lit along its upper left ridge, dark along the other.
                var ridge = Relief(path, across, half);
                var dry = 1 - (0.55f * Paint.Step(0.55f, 1, t) * Paint.Step(0, 1.1f, bristle));
                var paint = (color * (1 + (0.085f * bristle) + (0.16f * ridge))) + new Vector3(MathF.Max(0, ridge) * 0.035f);
                canvas.Blend(column, row, Vector3.Clamp(paint, Vector3.Zero, Vector3.One), cover * 0.94f * dry);
            }
        }
    }

    private static float Relief(List<Vector2> path, float across, float half)
    {
        var direction = Vector2.Normalize(path[^1] - path[0] + new Vector2(1e-6f, 0));
        // The side of positive distance faces this way; the light comes from the upper left.
        var facing = Vector2.Dot(new Vector2(-direction.Y, direction.X), new Vector2(-0.7071f, -0.7071f));
        var edge = across / MathF.Max(half, 1e-6f);
        return facing * edge * edge * edge;
    }

    /// <summary>How far along the path the nearest point lies, and the signed distance from it.</summary>
    private static (float Along, float Across) Nearest(Vector2 point, List<Vector2> path, float[] lengths)
    {
        var (best, along, across) = (float.MaxValue, 0f, 0f);
        for (var i = 1; i < path.Count; i++)
        {
            var (from, side) = (path[i - 1], path[i] - path[i - 1]);
            var to = point - from;
            var t = Math.Clamp(Vector2.Dot(to, side) / side.LengthSquared(), 0, 1);
            var away = to - (t * side);
            if (away.LengthSquared() < best)
            {
                best = away.LengthSquared();
                along = lengths[i - 1] + (t * side.Length());
                across = MathF.Sqrt(best) * (((side.X * to.Y) - (side.Y * to.X)) < 0 ? -1 : 1);
            }
        }

        return (along, across);
    }
}
