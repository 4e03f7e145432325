using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds;
using SkiaSharp;

namespace CnnMrf.Training.Pairs;

/// <summary>Draws pairs: a pair is a function of the seed, its number and the side, and of nothing else.</summary>
/// <param name="seed">Which world.</param>
/// <param name="kinds">What is drawn, with shares.</param>
/// <param name="looks">How the two pictures of a pair look, given whether they show one scene.</param>
public sealed class PairArtist(ulong seed, SceneKinds kinds, Func<SceneRandom, bool, (ILook A, ILook B)> looks)
{
    // Places nearer to the border than this cannot be told from its padding.
    private const float Margin = 3;

    /// <summary>Draws a pair.</summary>
    /// <param name="number">0, 1, …</param>
    /// <param name="side">Pixels a side; a multiple of 8.</param>
    public ScenePair Draw(long number, int side)
    {
        if (side < 32 || side % ScenePair.PartStep != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(side), side, "A multiple of 8, at least 32.");
        }

        var random = SceneRandom.For(seed, ((ulong)number * 4096) + (ulong)side);
        var (kind, sameScene) = kinds.Choose(random);
        return sameScene ? SameScene(kind, side, random) : TwoIndividuals(kind, side, random);
    }

    private static SKMatrix View(SceneRandom random, bool near, bool mayMirror)
    {
        // Near views show how a large picture looks through a small window; their middle lies anywhere in the scene.
        var scale = near ? MathF.Exp(random.Between(MathF.Log(1.2f), MathF.Log(2.6f))) : random.Between(0.8f, 1.2f);
        var reach = near ? 0.5f - (0.4f / scale) : 0.12f;
        var (middleX, middleY) = (0.5f + random.Between(-reach, reach), 0.5f + random.Between(-reach, reach));
        return SKMatrix.CreateTranslation(0.5f, 0.5f)
            .PreConcat(SKMatrix.CreateRotationDegrees(random.Normal(0, 5)))
            .PreConcat(SKMatrix.CreateScale(mayMirror && random.Chance(0.5) ? -scale : scale, scale * random.Between(0.92f, 1.08f)))
            .PreConcat(SKMatrix.CreateTranslation(-middleX, -middleY));
    }

    private ScenePair SameScene(ISceneKind kind, int side, SceneRandom random)
    {
        var geometry = random.NextBits();
        var viewA = View(random, random.Chance(0.4), mayMirror: true);
        var change = SKMatrix.CreateTranslation(0.5f + random.Normal(0, 0.07f), 0.5f + random.Normal(0, 0.07f))
            .PreConcat(SKMatrix.CreateRotationDegrees(random.Normal(0, 8)))
            .PreConcat(SKMatrix.CreateScale(MathF.Exp(random.Normal(0, 0.14f)), MathF.Exp(random.Normal(0, 0.14f))))
            .PreConcat(new SKMatrix(1, random.Normal(0, 0.06f), 0, 0, 1, 0, 0, 0, 1))
            .PreConcat(SKMatrix.CreateTranslation(-0.5f, -0.5f));
        var warp = new Warp(side, side * random.Between(0, 0.03f), random);
        var (lookA, lookB) = looks(random, true);
        using var a = kind.Paint(side, viewA, lookA, new(geometry));
        using var b = kind.Paint(side, change.PreConcat(viewA), lookB, new(geometry));
        var points = new List<PairPoint>();
        for (var y = 2f; y < side; y += 4)
        {
            for (var x = 2f; x < side; x += 4)
            {
                var there = change.MapPoint(x / side, y / side);
                var (warpedX, warpedY) = warp.Target(there.X * side, there.Y * side);
                Add(points, new(x, y, warpedX, warpedY), side);
            }
        }

        return Pair(a, b, warp, points, sameScene: true);
    }

    private ScenePair TwoIndividuals(ISceneKind kind, int side, SceneRandom random)
    {
        var near = random.Chance(0.12);
        var warp = new Warp(side, 0, random);
        var (lookA, lookB) = looks(random, false);
        using var a = kind.Paint(side, View(random, near, mayMirror: true), lookA, new(random.NextBits()));
        var (viewB, geometryB) = (View(random, near, mayMirror: true), random.NextBits());
        var b = kind.Paint(side, viewB, lookB, new(geometryB));
        if (kind.FacesSideways && Facing.AreOpposite(Columns(a), Columns(b)))
        {
            b.Dispose();
            b = kind.Paint(side, SKMatrix.CreateScale(-1, 1, 0.5f, 0).PreConcat(viewB), lookB, new(geometryB));
        }

        using (b)
        {
            var named = b.SingleLandmarks.ToDictionary(l => l.Name);
            var points = new List<PairPoint>();
            foreach (var one in a.SingleLandmarks)
            {
                if (named.TryGetValue(one.Name, out var other))
                {
                    Add(points, new(one.X, one.Y, other.X, other.Y), side);
                }
            }

            return Pair(a, b, warp, points, sameScene: false);
        }
    }

    private static Dictionary<string, double> Columns(DrawnScene scene) =>
        scene.SingleLandmarks.ToDictionary(l => l.Name, l => (double)l.X);

    private static void Add(List<PairPoint> points, PairPoint point, int side)
    {
        bool Within(float x, float y) => Math.Min(x, y) >= Margin && Math.Max(x, y) <= side - Margin;
        if (Within(point.AX, point.AY) && Within(point.BX, point.BY))
        {
            points.Add(point);
        }
    }

    private static ScenePair Pair(DrawnScene a, DrawnScene b, Warp warp, List<PairPoint> points, bool sameScene)
    {
        var side = a.Picture.Width;
        var numbers = new Dictionary<string, ushort> { [""] = 0 };
        ushort[] Parts(PartMap map, Func<float, float, (float X, float Y)> place)
        {
            var count = side / ScenePair.PartStep;
            var parts = new ushort[count * count];
            for (var i = 0; i < parts.Length; i++)
            {
                var (x, y) = place(((i % count) + 0.5f) * ScenePair.PartStep, ((i / count) + 0.5f) * ScenePair.PartStep);
                var name = map.At(x, y);
                if (!numbers.TryGetValue(name, out var number))
                {
                    numbers[name] = number = (ushort)numbers.Count;
                }

                parts[i] = number;
            }

            return parts;
        }

        return new()
        {
            Side = side,
            A = Opaque(a.Picture.GetPixelSpan()),
            B = warp.Apply(b.Picture.GetPixelSpan(), side),
            Points = [.. points],
            SameScene = sameScene,
            PartsA = Parts(a.Parts, (x, y) => (x, y)),
            PartsB = Parts(b.Parts, warp.Source),
        };
    }

    private static byte[] Opaque(ReadOnlySpan<byte> rgba)
    {
        var rgb = new byte[rgba.Length / 4 * 3];
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += 3)
        {
            rgba.Slice(from, 3).CopyTo(rgb.AsSpan(to));
        }

        return rgb;
    }
}
