using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>The face itself: its area, what light and age do to it, and the landmarks of its bare places.</summary>
internal sealed class Skin(Painter painter, Head head, Palette palette, Manner manner, SceneRandom random)
{
    /// <summary>Fills and shades the face.</summary>
    /// <param name="area">What is to be seen of it; disposed of here.</param>
    /// <param name="beardCoversChin">Whether a beard is drawn over the chin later.</param>
    public void Draw(SKPath area, bool beardCoversChin)
    {
        using (area)
        {
            painter.Fill(area, "skin", palette.Skin);
            using (painter.Inside(area))
            {
                Shade();
            }
        }

        Landmarks(beardCoversChin);
    }

    private void Shade()
    {
        var soft = random.Fork();
        if (manner.Shaded)
        {
            // From the edge inwards, in steps, as a soft shadow.
            for (var step = 0; step < 3; step++)
            {
                Side(-manner.Light, 0.93f - (0.13f * step) - (0.1f * manner.Depth),
                    Tone.Mix(palette.Skin, palette.Shadow, 0.4f + (0.3f * step)), step);
            }

            Side(manner.Light, 0.96f, Tone.Mix(palette.Skin, palette.Shadow, 0.35f), 0);
            var glow = Tone.Mix(palette.Skin, palette.Glow, soft.Between(0, 0.6f));
            var at = head.At(manner.Light * head.Width * 0.25f, (head.Hairline + head.BrowLine) / 2, 0);
            painter.Ellipse(at.X, at.Y, head.Width * 0.32f, 0.11f, "skin", glow);
            at = head.At(manner.Light * head.Width * 0.52f, head.Down(0.34f));
            painter.Ellipse(at.X, at.Y, head.Width * 0.16f, 0.1f, "skin", glow);
            // Below the mouth and beside the nose.
            at = head.At(0, head.Down(0.82f));
            painter.Ellipse(at.X, at.Y, head.Width * 0.22f, 0.035f, "skin", Tone.Mix(palette.Skin, palette.Shadow, 0.6f));
        }

        if (manner.TwoTone)
        {
            var side = -manner.Light;
            var inner = soft.Between(-0.06f, 0.16f);
            var colour = soft.Chance(0.25) ? Tone.Any(soft, 10, 60, 30, 70) : Tone.Mix(palette.Skin, palette.Shadow, 1);
            SKPoint[] terminator =
            [
                head.At(side * (inner + 0.1f) * head.Width, -0.95f), head.At(side * (inner + 0.18f) * head.Width, head.BrowLine),
                head.At(side * (inner + 0.02f) * head.Width, head.EyeLine), head.At(side * (inner + 0.12f) * head.Width, head.NoseLine),
                head.At(side * (inner + 0.05f) * head.Width, head.MouthLine), head.At(side * (inner + 0.1f) * head.Width, 1),
            ];
            Beyond(side, terminator, colour);
        }

        if (soft.Chance(0.28))
        {
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                var at = head.At(side * head.Width * 0.55f, head.Down(0.4f));
                painter.Ellipse(at.X, at.Y, head.Width * soft.Between(0.12f, 0.22f), soft.Between(0.06f, 0.13f), "skin",
                    Tone.Mix(palette.Skin, new(214, 84, 80), soft.Between(0.12f, manner.Cartoon ? 0.5f : 0.28f)));
            }
        }

        if (head.Age > 0.6f && soft.Chance(manner.Cartoon ? 0.25 : 0.6))
        {
            Wrinkles(soft);
        }
    }

    private void Side(int side, float from, SKColor colour, int step)
    {
        SKPoint[] edge =
        [
            head.Around(side * from, -0.8f), head.Around(side * (from + 0.02f), head.BrowLine),
            head.Around(side * (from - 0.03f), head.Down(0.15f)),
            head.Around(side * (from - 0.12f), head.Down(0.4f)), head.Around(side * (from - 0.2f), head.Down(0.62f)),
            head.Around(side * (from - 0.3f), head.Down(0.85f)), head.Around(side * 0.1f * step, 1),
        ];
        Beyond(side, edge, colour);
    }

    /// <summary>Fills what lies between a line down the face and the picture's far side.</summary>
    private void Beyond(int side, SKPoint[] line, SKColor colour)
    {
        using var path = Curves.Open(line);
        path.LineTo(side * 2, 1.4f);
        path.LineTo(side * 2, -1.4f);
        path.Close();
        painter.Fill(path, "skin", colour);
    }

    private void Wrinkles(SceneRandom soft)
    {
        var colour = Tone.Mix(palette.Skin, palette.Deep, soft.Between(0.25f, 0.6f));
        for (var i = 0; i < 2 + soft.Below(2); i++)
        {
            var y = head.BrowLine - 0.1f - (0.09f * i);
            painter.Curve("skin", manner.Ink * 0.5f, colour,
                head.At(-0.45f * head.Width, y), head.At(0, y - 0.02f), head.At(0.45f * head.Width, y));
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            painter.Curve("skin", manner.Ink * 0.7f, colour,
                head.At(side * 0.24f * head.Width, head.NoseLine - 0.04f), head.At(side * 0.42f * head.Width, head.NoseLine + 0.08f),
                head.At(side * 0.48f * head.Width, head.MouthLine + 0.02f));
        }
    }

    private void Landmarks(bool beardCoversChin)
    {
        var low = beardCoversChin ? "beard" : "skin";
        Mark("forehead.middle", head.At(0, (head.Hairline + head.BrowLine) / 2), "skin");
        Mark("chin.middle", head.At(0, head.Down(0.88f)), low);
        Mark("chin.bottom", head.At(0, 1), low);
        foreach (var (side, word) in Sides.Both)
        {
            if (head.Sees(side * head.Width * 0.55f, head.Hairline))
            {
                Mark($"forehead.{word}", head.At(side * head.Width * 0.5f, (head.Hairline + head.BrowLine) / 2), "skin");
            }

            if (head.Sees(side * head.Width * 0.6f, head.Down(0.4f)))
            {
                Mark($"cheek.{word}", head.At(side * head.Width * 0.58f, head.Down(0.42f)), "skin");
            }

            // The corner of the jaw on the near side, the edge of the face on the far one.
            Mark($"jaw.{word}", head.Edge(side, head.Down(0.66f)), low);
            Mark($"jaw.{word}.lower", head.Edge(side, head.Down(0.87f)), low);
            Mark($"temple.{word}", head.Around(side * 0.86f, head.EyeLine - 0.06f), "skin");
        }
    }

    private void Mark(string name, SKPoint place, string part) => painter.Landmark(name, place.X, place.Y, part);
}
