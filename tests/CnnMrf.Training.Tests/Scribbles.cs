using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds;
using CnnMrf.Training.Pairs;
using SkiaSharp;

namespace CnnMrf.Training.Tests;

/// <summary>A small world for tests: some ellipses on a ground; one of them, the eye, has landmarks.</summary>
internal sealed class Scribbles : ISceneKind
{
    public string Name => "scribbles";

    public static PairArtist Artist(ulong seed = 1, double sameScene = 1, double twoIndividuals = 1) =>
        new(
            seed, new([new(new Scribbles(), sameScene, twoIndividuals)]),
            (random, _) => (new Tinted(random.NextBits()), new Tinted(random.NextBits())));

    public void Draw(Painter painter, SceneRandom random)
    {
        painter.Background("ground", new(200, 190, 160));
        for (var i = 0; i < 30; i++)
        {
            painter.Ellipse(
                random.Next(), random.Next(), random.Between(0.02f, 0.12f), random.Between(0.02f, 0.12f), $"stone.{i}",
                new((byte)random.Below(256), (byte)random.Below(256), (byte)random.Below(256)));
        }

        var (x, y) = (random.Between(0.3f, 0.7f), random.Between(0.3f, 0.7f));
        painter.Ellipse(x, y, 0.15f, 0.08f, "eye.white", SKColors.White);
        painter.Ellipse(x, y, 0.05f, 0.05f, "pupil", SKColors.Black);
        painter.Landmark("eye.middle", x, y, "pupil");
        painter.Landmark("eye.left", x - 0.15f, y, "eye.white");
        painter.Landmark("eye.right", x + 0.15f, y, "eye.white");
    }

    private sealed class Tinted(ulong seed) : ILook
    {
        private readonly PlainLook _plain = new();

        public SKColor Colour(string part, SKColor natural) =>
            new((byte)(natural.Red ^ (byte)(seed & 0x7F)), natural.Green, (byte)(natural.Blue ^ (byte)((seed >> 8) & 0x7F)));

        public void Fill(SKCanvas canvas, SKPath area, string part, SKColor natural) =>
            _plain.Fill(canvas, area, part, Colour(part, natural));

        public void Line(SKCanvas canvas, SKPath line, float width, string part, SKColor natural) =>
            _plain.Line(canvas, line, width, part, Colour(part, natural));

        public void Finish(SKBitmap picture, PartMap parts) => _plain.Finish(picture, parts);
    }
}
