using CnnMrf.Core.Figures;
using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Letters and words in the font that the sheets embed.</summary>
internal static class Lettering
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789&?!@%ÄÖßéçΩΔΣλπψ";

    private static readonly Lazy<SKTypeface> Regular = new(() => Load("DejaVuSans-subset.ttf"));
    private static readonly Lazy<SKTypeface> Bold = new(() => Load("DejaVuSans-Bold-subset.ttf"));

    /// <summary>Words and single letters of all sizes, some slanted, some in rows as on a page.</summary>
    public static void Draw(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        if (random.Chance(0.35))
        {
            DrawRows(scene, area, scene.NewPart(), scene.Colour());
            budget /= 2;
        }

        var count = Math.Clamp((int)(budget * random.Between(0.1f, 0.4f)), 2, 30);
        var words = random.Between(0, 1);
        for (var i = 0; i < count; i++)
        {
            var size = scene.Size(0.05f, random.Between(0.2f, 0.7f));
            using var path = Path(Word(random, random.Chance(words) ? 2 + random.Below(7) : 1), random, size);
            var bounds = path.Bounds;
            var at = scene.Place(area);
            var degrees = random.Chance(0.6) ? random.Normal(0, 4) : random.Between(0, 360);
            path.Transform(SKMatrix.CreateTranslation(at.X, at.Y)
                .PreConcat(SKMatrix.CreateRotationDegrees(degrees))
                .PreConcat(SKMatrix.CreateTranslation(-bounds.MidX, -bounds.MidY)));
            var colour = scene.Colour();
            if (random.Chance(0.25))
            {
                using var plate = new SKPath();
                var around = path.Bounds;
                around.Inflate(size * 0.3f, size * 0.3f);
                plate.AddRoundRect(around, size * 0.1f, size * 0.1f);
                scene.Painter.Fill(plate, scene.NewPart(), scene.Against(colour));
            }

            scene.Painter.Fill(path, scene.NewPart(), colour);
        }
    }

    /// <summary>Rows of small words over an area.</summary>
    public static void DrawRows(GenericScene scene, SKRect area, string part, SKColor ink)
    {
        var random = scene.Random;
        var size = Math.Clamp(area.Height / random.Between(4, 10), 0.03f, 0.12f);
        var rows = Math.Min(12, (int)(area.Height / (size * 1.3f)));
        for (var row = 0; row < rows; row++)
        {
            var text = string.Join(' ', Enumerable.Range(0, 6).Select(_ => Word(random, 2 + random.Below(7))));
            text = text[..Math.Clamp((int)(area.Width / (size * 0.55f)), 1, text.Length)];
            using var path = Path(text, random, size);
            path.Transform(SKMatrix.CreateTranslation(area.Left, area.Top + (size * 1.3f * (row + 0.9f))));
            scene.Painter.Fill(path, part, ink);
        }
    }

    /// <summary>One letter about the origin, of about radius 1.</summary>
    public static SKPath Letter(SceneRandom random)
    {
        var path = Path(Word(random, 1), random, 2.2f);
        var bounds = path.Bounds;
        path.Transform(SKMatrix.CreateTranslation(-bounds.MidX, -bounds.MidY));
        return path;
    }

    private static string Word(SceneRandom random, int length)
    {
        Span<char> letters = stackalloc char[length];
        var small = random.Chance(0.6);
        for (var i = 0; i < length; i++)
        {
            letters[i] = small && i > 0 ? (char)('a' + random.Below(26)) : Letters[random.Below(Letters.Length)];
        }

        return new(letters);
    }

    private static SKPath Path(string text, SceneRandom random, float size)
    {
        // Glyphs are made large and shrunk: tiny sizes would be rounded.
        using var font = new SKFont(random.Chance(0.5) ? Bold.Value : Regular.Value, 64)
        {
            Hinting = SKFontHinting.None,
            Subpixel = true,
            SkewX = random.Chance(0.25) ? -0.25f : 0,
            ScaleX = random.Chance(0.3) ? random.Between(0.6f, 1.4f) : 1,
        };
        var path = font.GetTextPath(text, SKPoint.Empty);
        path.Transform(SKMatrix.CreateScale(size / 64, size / 64));
        return path;
    }

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(Sheet).Assembly.GetManifestResourceStream("CnnMrf.Core.Figures.Fonts." + name)
            ?? throw new InvalidOperationException($"The assembly CnnMrf.Core lacks its font {name}. Build it again.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The embedded font {name} cannot be read.");
    }
}
