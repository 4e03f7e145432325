using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Beards, stubble and moustaches.</summary>
internal sealed class Beard(Painter painter, Head head, Palette palette, Manner manner, Wardrobe wardrobe, SceneRandom random)
{
    private readonly bool _moustacheToo = random.Chance(0.85);

    /// <summary>Whether the chin lies under it.</summary>
    public bool CoversChin => wardrobe.Beard is BeardCut.Full or BeardCut.Goatee;

    /// <summary>Whether hair grows above the lip.</summary>
    public bool CoversLip => wardrobe.Beard == BeardCut.Moustache || (wardrobe.Beard is BeardCut.Full or BeardCut.Goatee && _moustacheToo);

    /// <summary>Draws what lies below the mouth.</summary>
    public void Draw()
    {
        switch (wardrobe.Beard)
        {
            case BeardCut.Full:
                Full("beard", palette.Beard, random.Chance(0.3) ? random.Between(0.12f, 0.5f) : random.Between(0.01f, 0.08f));
                break;
            case BeardCut.Stubble:
                Full("skin", Tone.Mix(palette.Skin, palette.Beard, random.Between(0.15f, 0.4f)), 0);
                break;
            case BeardCut.Goatee:
                Goatee();
                break;
            case BeardCut.Sideburns:
                foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                {
                    Burn(side, head.Down(random.Between(0.35f, 0.6f)), 0.74f);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Draws what lies above the mouth.</summary>
    public void DrawMoustache()
    {
        if (!CoversLip)
        {
            return;
        }

        var wide = head.Width * random.Between(0.3f, 0.5f);
        var droop = random.Between(-0.08f, 0.16f);
        var gap = head.MouthLine - head.NoseLine;
        var top = head.NoseLine + (gap * 0.3f);
        var low = head.MouthLine - (gap * 0.12f);
        painter.Blob("beard", palette.Beard,
            head.At(0, top + 0.01f, 0.03f), head.At(wide * 0.45f, top + 0.01f, 0.02f), head.At(wide, low + droop),
            head.At(wide * 0.5f, low, 0.03f), head.At(0, low - 0.01f, 0.04f), head.At(-wide * 0.5f, low, 0.03f),
            head.At(-wide, low + droop), head.At(-wide * 0.45f, top + 0.01f, 0.02f));
        var place = head.At(0, (top + low) / 2, 0.03f);
        painter.Landmark("moustache.middle", place.X, place.Y, "beard");
    }

    private void Burn(int side, float down, float inner) => painter.Polygon("beard", palette.Beard,
        head.Around(side, head.EyeLine - 0.15f), head.Around(side, down), head.Around(side * (inner + 0.06f), down - 0.02f),
        head.Around(side * inner, head.EyeLine), head.Around(side * (inner + 0.1f), head.EyeLine - 0.15f));

    private void Full(string part, SKColor colour, float reach)
    {
        var from = random.Between(0.02f, 0.2f);
        var cheek = random.Between(0.28f, 0.55f);
        var ragged = random.Chance(0.4) ? 0.03f : 0;
        var middle = head.At(0, head.Down(0.2f));
        var jaw = head.JawLine(from);
        var outer = new List<SKPoint>();
        for (var i = 0; i < jaw.Length; i++)
        {
            var share = 1 - Math.Abs((2f * i / (jaw.Length - 1)) - 1);
            var push = (reach * share * share) + 0.012f + random.Between(0, ragged);
            var away = jaw[i] - middle;
            var length = Math.Max(0.01f, away.Length);
            outer.Add(new(jaw[i].X + (away.X / length * push * 0.6f), jaw[i].Y + (away.Y / length * push)));
        }

        var mouth = head.MouthLine;
        var side = head.Width * random.Between(0.46f, 0.6f);
        var line = mouth - random.Between(0.02f, 0.16f);
        var bare = !_moustacheToo && part == "beard";
        SKPoint[] inner =
        [
            head.Around(0.9f, head.Down(from)), head.Around(0.8f, head.Down(cheek * 0.8f)),
            head.At(side * 1.1f, Math.Min(line, head.Down(cheek))), head.At(side, line),
            .. bare
                ? new[] { head.At(side * 0.75f, mouth + 0.06f), head.At(0, mouth + 0.15f), head.At(-side * 0.75f, mouth + 0.06f) }
                : [head.At(side * 0.5f, head.NoseLine + 0.06f), head.At(0, head.NoseLine + 0.035f),
                head.At(-side * 0.5f, head.NoseLine + 0.06f)],
            head.At(-side, line), head.At(-side * 1.1f, Math.Min(line, head.Down(cheek))), head.Around(-0.8f, head.Down(cheek * 0.8f)),
            head.Around(-0.9f, head.Down(from)),
        ];
        using var area = Curves.Closed([.. outer, .. inner]);
        painter.Fill(area, part, colour);
        using (painter.Inside(area))
        {
            if (manner.Shaded)
            {
                Below(part, Tone.Darker(colour, part == "beard" ? 0.3f : 0.12f));
            }

            if (part == "beard" && random.Chance(0.6))
            {
                Strands(jaw, middle);
            }
        }

        if (part == "beard")
        {
            foreach (var (which, word) in Sides.Both)
            {
                if (!head.IsFar(which))
                {
                    var place = head.Around(which * 0.62f, head.Down(0.72f));
                    painter.Landmark($"beard.{word}", place.X, place.Y, "beard");
                }
            }
        }
    }

    private void Below(string part, SKColor colour)
    {
        var dark = -manner.Light;
        painter.Blob(part, colour,
            head.Around(dark, head.Down(0.3f)), head.Around(dark * 0.8f, head.Down(0.5f)), head.Around(dark * 0.45f, head.Down(0.8f)),
            head.At(-dark * 0.1f, head.Down(0.97f)), head.At(0, 1.05f), head.Around(dark, head.Down(0.9f)));
    }

    private void Strands(SKPoint[] jaw, SKPoint middle)
    {
        for (var i = 0; i < 34; i++)
        {
            var at = random.Pick<SKPoint>(jaw);
            var share = random.Between(0.5f, 1);
            SKPoint from = new(middle.X + ((at.X - middle.X) * share) + random.Between(-0.08f, 0.08f),
                middle.Y + ((at.Y - middle.Y) * share));
            painter.Curve("beard", random.Between(0.008f, 0.02f), Tone.Near(random, palette.Beard, 0.3f),
                from, new(from.X + random.Between(-0.03f, 0.03f), from.Y + random.Between(0.05f, 0.13f)));
        }
    }

    private void Goatee()
    {
        var half = head.Width * random.Between(0.2f, 0.38f);
        var reach = random.Between(0, 0.22f);
        var chin = head.At(0, 1);
        painter.Blob("beard", palette.Beard,
            head.At(-half, head.MouthLine - 0.02f), head.At(-half * 0.6f, head.MouthLine + 0.12f), head.At(0, head.MouthLine + 0.13f),
            head.At(half * 0.6f, head.MouthLine + 0.12f),
            head.At(half, head.MouthLine - 0.02f), head.At(half * 1.1f, head.Down(0.85f)),
            new(chin.X + (half * 0.5f), chin.Y + (reach * 0.6f)),
            new(chin.X, chin.Y + reach + 0.015f), new(chin.X - (half * 0.5f), chin.Y + (reach * 0.6f)),
            head.At(-half * 1.1f, head.Down(0.85f)));
    }
}
