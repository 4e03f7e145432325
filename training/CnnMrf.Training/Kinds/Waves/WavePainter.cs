using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Waves;

/// <summary>How a wave is filled.</summary>
/// <param name="Water">Its colour.</param>
/// <param name="Dark">Colour of stripes and of the hollow.</param>
/// <param name="Foam">White water.</param>
/// <param name="Stripes">Lines that follow its form.</param>
/// <param name="Claws">0: lumps of foam; 1: claws, as woodcuts have them.</param>
/// <param name="Flat">Whether shading is left away.</param>
internal sealed record WaveManner(SKColor Water, SKColor Dark, SKColor Foam, int Stripes, float Claws, bool Flat);

/// <summary>Paints waves. Parts: <c>wave</c>, <c>wave.hollow</c>, <c>wave.stripe</c>, <c>water.foam</c>.</summary>
internal sealed class WavePainter(Painter painter, SceneRandom random, WaveManner manner)
{
    /// <summary>A wave with its foam.</summary>
    /// <param name="wave">Its shape.</param>
    /// <param name="name">What its landmarks begin with.</param>
    public void Draw(WaveShape wave, string name)
    {
        using var whole = wave.Whole();
        painter.Fill(whole, "wave", manner.Water);
        using (painter.Inside(whole))
        {
            if (!manner.Flat)
            {
                using var hollow = wave.Hollow(random.Between(0.15f, 0.4f));
                painter.Fill(hollow, "wave.hollow", manner.Dark);
                using var deep = wave.Hollow(random.Between(0.04f, 0.12f));
                painter.Fill(deep, "wave.hollow", Tint.Shade(manner.Dark, 0.8f));
            }

            Stripes(wave);
        }

        Foam(wave);
        Spray(wave);
        Name(wave, name);
    }

    private void Stripes(WaveShape wave)
    {
        Span<SKPoint> line = stackalloc SKPoint[5];
        for (var i = 0; i < manner.Stripes; i++)
        {
            // From the crest down along the back of the face, fanning out towards the trough.
            var share = (i + 0.5f) / manner.Stripes;
            for (var k = 0; k < line.Length; k++)
            {
                var down = 0.12f + (0.8f * k / 4f);
                var (face, back) = (wave.Face(down), wave.Back(0.8f - (down * 0.75f)));
                var inward = 0.08f + (0.75f * share);
                line[k] = new(face.X + ((back.X - face.X) * inward), face.Y + ((back.Y - face.Y) * inward));
            }

            painter.Curve("wave.stripe", wave.Size * random.Between(0.012f, 0.04f), i % 3 == 2 ? manner.Foam : manner.Dark, line);
        }
    }

    private void Foam(WaveShape wave)
    {
        var (from, to) = (random.Between(0.45f, 0.62f), 1f);
        var thick = wave.Size * random.Between(0.05f, 0.1f);
        const int Count = 22;
        using var foam = new SKPath { FillType = SKPathFillType.Winding };
        using var shade = new SKPath { FillType = SKPathFillType.Winding };
        for (var i = 0; i < Count; i++)
        {
            var share = (float)i / (Count - 1);
            var place = wave.Back(from + ((to - from) * share));
            var r = thick * (0.45f + (0.75f * share)) * random.Between(0.7f, 1.25f);
            place = new(place.X + (random.Normal(0, 0.2f) * r), place.Y + (random.Normal(0.15f, 0.25f) * r));
            foam.AddCircle(place.X, place.Y, r);
            shade.AddCircle(place.X + (r * 0.1f), place.Y + (r * 0.45f), r * 1.05f);
        }

        if (!manner.Flat)
        {
            painter.Fill(shade, "water.foam", Tint.Mix(manner.Foam, manner.Water, 0.45f));
        }

        painter.Fill(foam, "water.foam", manner.Foam);
        if (manner.Claws > 0.3f)
        {
            Claws(wave, thick);
        }

        if (!manner.Flat && random.Chance(0.5))
        {
            for (var i = 0; i < 6; i++)
            {
                var place = wave.Face(random.Between(0.6f, 0.95f));
                painter.Ellipse(place.X, place.Y + (wave.Size * random.Between(0.02f, 0.1f)), wave.Size * random.Between(0.05f, 0.16f),
                    wave.Size * random.Between(0.01f, 0.03f), "water.foam", manner.Foam);
            }
        }
    }

    private void Claws(WaveShape wave, float thick)
    {
        using var claws = new SKPath { FillType = SKPathFillType.Winding };
        Span<SKPoint> claw = stackalloc SKPoint[5];
        var count = 6 + random.Below(8);
        for (var i = 0; i < count; i++)
        {
            var share = (i + random.Next()) / count;
            var place = share < 0.55f ? wave.Back(0.72f + (share * 0.5f)) : wave.Face((share - 0.55f) * 0.4f);
            var length = thick * random.Between(1.2f, 2.6f) * manner.Claws;
            var (sin, cos) = MathF.SinCos(0.2f + (1.5f * share) + random.Normal(0, 0.25f));
            var half = thick * 0.4f;
            claw[0] = new(place.X - (sin * half), place.Y + (cos * half));
            claw[1] = new(place.X + (cos * length * 0.6f) - (sin * half * 0.4f), place.Y + (sin * length * 0.6f) + (cos * half * 0.4f));
            claw[2] = new(place.X + (cos * length) - (sin * length * 0.25f), place.Y + (sin * length) + (cos * length * 0.25f));
            claw[3] = new(place.X + (cos * length * 0.75f) + (sin * half * 0.7f), place.Y + (sin * length * 0.75f) - (cos * half * 0.7f));
            claw[4] = new(place.X + (sin * half), place.Y - (cos * half));
            if (Area(claw) < 0)
            {
                claw.Reverse();
            }

            using var one = Curves.Closed(claw);
            claws.AddPath(one);
        }

        painter.Fill(claws, "water.foam", manner.Foam);
    }

    private void Spray(WaveShape wave)
    {
        if (random.Chance(0.35))
        {
            return;
        }

        using var drops = new SKPath();
        for (var i = 8 + random.Below(25); i > 0; i--)
        {
            var place = wave.Back(random.Between(0.7f, 1));
            var r = wave.Size * random.Between(0.004f, 0.016f);
            drops.AddCircle(place.X + (wave.Size * random.Between(-0.08f, 0.35f)), place.Y + (wave.Size * random.Between(-0.15f, 0.25f)),
                r);
        }

        painter.Fill(drops, "spray", manner.Foam);
    }

    private void Name(WaveShape wave, string name)
    {
        void Add(string word, SKPoint place, string part) => painter.Landmark($"{name}.{word}", place.X, place.Y, part);
        var (crest, tip) = (wave.Crest, wave.Tip);
        Add("crest", wave.Back(0.68f), "water.foam");
        Add("crest.back", wave.Back(0.76f), "water.foam");
        Add("lip.front", wave.Back(0.94f), "water.foam");
        Add("lip", wave.Back(0.88f), "water.foam");
        Add("tip", tip, "water.foam");
        Add("back.high", new(wave.Back(0.5f).X, wave.Back(0.5f).Y + (wave.Size * 0.12f)), "wave");
        Add("back.edge", wave.Back(0.38f), "wave");
        Add("back.middle", new(wave.Back(0.33f).X, wave.Back(0.33f).Y + (wave.Size * 0.2f)), "wave");
        Add("back.low", new(wave.Back(0.2f).X, wave.Back(0.2f).Y + (wave.Size * 0.1f)), "wave");
        var hollow = manner.Flat ? "wave" : "wave.hollow";
        Add("hollow.high", wave.Face(0.27f), hollow);
        Add("hollow.middle", wave.Face(0.42f), hollow);
        Add("hollow.low", wave.Face(0.58f), hollow);
        Add("front.near", wave.Face(0.72f), "wave");
        Add("front.far", wave.Face(0.92f), "wave");
        Add("body.high", new((crest.X * 0.7f) + (wave.Back(0.4f).X * 0.3f), crest.Y + (wave.Size * 0.25f)), "wave");
        Add("body.low", new((crest.X + wave.Back(0.4f).X) / 2, crest.Y + (wave.Size * 0.75f)), "wave");
        Add("trough", wave.Trough, "wave");
        Add("body.middle", new((crest.X + wave.Back(0.4f).X) / 2, crest.Y + (wave.Size * 0.5f)), "wave");
        Add("foot.middle", new(crest.X, wave.Trough.Y - (wave.Size * 0.03f)), "wave");
    }

    private static float Area(ReadOnlySpan<SKPoint> corners)
    {
        var sum = 0f;
        for (var i = 0; i < corners.Length; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Length]);
            sum += (a.X * b.Y) - (b.X * a.Y);
        }

        return sum;
    }
}
