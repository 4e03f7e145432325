using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Both ears; hair, scarf or hat may cover them later.</summary>
internal sealed class Ears
{
    private readonly Painter _painter;
    private readonly Head _head;
    private readonly Palette _palette;
    private readonly Manner _manner;
    private readonly float _width;
    private readonly float _top;
    private readonly float _height;
    private readonly int _inside;
    private readonly bool _ring;
    private readonly bool _pointed;
    private readonly SKColor _ringColour;

    public Ears(Painter painter, Head head, Palette palette, Manner manner, SceneRandom random)
    {
        (_painter, _head, _palette, _manner) = (painter, head, palette, manner);
        _width = random.Between(0.24f, manner.Cartoon ? 0.42f : 0.34f);
        _top = head.EyeLine - random.Between(0.03f, 0.2f);
        _height = Math.Max(0.3f, head.NoseLine + random.Between(-0.06f, 0.08f) - _top) * (manner.Cartoon ? random.Between(0.7f, 1.1f) : 1);
        _inside = random.Below(3);
        _ring = random.Chance(0.12);
        _pointed = random.Chance(manner.Cartoon ? 0.08 : 0.01);
        _ringColour = random.Pick(new SKColor(226, 190, 80), new SKColor(220, 222, 228), new SKColor(190, 40, 60),
            new SKColor(40, 120, 140));
    }

    /// <summary>Draws the ears of the near side, or those that the face partly hides.</summary>
    public void Draw(bool near)
    {
        foreach (var (side, word) in Sides.Both)
        {
            if (_head.IsNear(side) == near)
            {
                DrawOne(side, word);
            }
        }
    }

    private void DrawOne(int side, string word)
    {
        var outwards = _head.Splay;
        var back = MathF.Sqrt(1 - (outwards * outwards));
        SKPoint At(float across, float down) => _head.Project(
            side * ((_head.Width * 0.97f) + (_width * outwards * across)), _top + (_height * down), -0.03f - (_width * back * across));
        SKPoint[] rim =
        [
            At(-0.1f, 0.12f), At(0.25f, -0.02f), At(_pointed ? 0.9f : 0.7f, _pointed ? -0.25f : -0.01f), At(1, 0.2f), At(0.93f, 0.48f),
            At(0.66f, 0.72f), At(0.42f, 0.97f), At(0.1f, 1), At(-0.1f, 0.85f),
        ];
        var shadowed = _manner.Shaded && side == -_manner.Light;
        var colour = shadowed ? Tone.Mix(_palette.Skin, _palette.Shadow, 0.5f) : _palette.Skin;
        _painter.Blob("ear", Tone.Mix(colour, new(210, 90, 80), 0.08f), rim);
        var dark = Tone.Mix(colour, _manner.Cartoon ? _palette.Ink : _palette.Deep, _manner.Cartoon ? 0.8f : 0.6f);
        if (_inside == 0)
        {
            _painter.Blob("ear", Tone.Mix(colour, _palette.Deep, 0.45f), At(0.2f, 0.22f), At(0.62f, 0.16f), At(0.72f, 0.4f),
                At(0.42f, 0.62f), At(0.2f, 0.6f));
            _painter.Curve("ear", _manner.Ink * 0.7f, dark, At(0.25f, 0.2f), At(0.5f, 0.36f), At(0.36f, 0.58f));
        }
        else if (_inside == 1)
        {
            _painter.Curve("ear", _manner.Ink * 0.8f, dark, At(0.15f, 0.26f), At(0.6f, 0.14f), At(0.74f, 0.36f), At(0.45f, 0.66f),
                At(0.25f, 0.68f));
        }

        if (_ring && !_head.IsFar(side))
        {
            var lobe = At(0.35f, 1.04f);
            _painter.Ellipse(lobe.X, lobe.Y, 0.035f, 0.05f, "ring", _ringColour);
        }

        if (Math.Abs(At(1, 0.3f).X) > Math.Abs(_head.Edge(side, _top).X) || _head.IsNear(side))
        {
            Mark($"ear.{word}.top", At(0.62f, 0.02f));
            Mark($"ear.{word}.middle", At(0.6f, 0.42f));
            Mark($"ear.{word}.lobe", At(0.3f, 0.93f));
        }
    }

    private void Mark(string name, SKPoint place) => _painter.Landmark(name, place.X, place.Y, "ear");
}
