using System.Numerics;
using CnnMrf.Training.Drawing;
using CnnMrf.Training.Looks.Finishing;
using SkiaSharp;

namespace CnnMrf.Training.Looks;

/// <summary>
/// A look drawn at random: colours, filling, outlines and what is done to the finished picture, each sampled on its own. One part of a
/// picture keeps one colour (with its shading), whatever is drawn when; the same look draws the same scene the same way each time.
/// </summary>
public sealed class SceneLook : ILook
{
    private readonly ulong _seed;
    private readonly ColourScheme _colours;
    private readonly FillScheme _fill;
    private readonly IReadOnlyList<IEffect> _effects;
    private readonly Dictionary<string, PartState> _parts = [];
    private SceneRandom _paths;
    private float _unit;

    internal SceneLook(ulong seed, ColourScheme colours, FillScheme fill, IReadOnlyList<IEffect> effects)
    {
        (_seed, _colours, _fill, _effects) = (seed, colours, fill, effects);
        _paths = SceneRandom.For(seed, 1);
    }

    /// <summary>
    /// A look by a seed: about a third like photos, a seventh flat cartoons with outlines, a seventh painted, the rest anything.
    /// </summary>
    /// <param name="random">Decides everything; a handful of numbers are drawn from it.</param>
    public static SceneLook Random(SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return LookSampler.Sample(random.Fork());
    }

    /// <summary>A look of a family.</summary>
    /// <param name="kind">The family.</param>
    /// <param name="random">Decides everything else.</param>
    public static SceneLook Of(LookKind kind, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var choices = random.Fork();
        return kind switch
        {
            LookKind.Photo => LookSampler.Photo(choices.NextBits(), choices),
            LookKind.Cartoon => LookSampler.Cartoon(choices.NextBits(), choices),
            LookKind.Painting => LookSampler.Painted(choices.NextBits(), choices),
            _ => LookSampler.Sample(choices),
        };
    }

    /// <summary>
    /// The looks of a pair. Of one scene, half are a look and the same after a further treatment, as a picture and its copy by another
    /// hand; the others, and those of two individuals, have little or nothing in common.
    /// </summary>
    /// <param name="random">Decides everything; a handful of numbers are drawn from it.</param>
    /// <param name="sameScene">Whether both pictures show one scene.</param>
    public static (SceneLook A, SceneLook B) Pair(SceneRandom random, bool sameScene)
    {
        ArgumentNullException.ThrowIfNull(random);
        var choices = random.Fork();
        var which = choices.Next();
        var (a, b) = (sameScene, which) switch
        {
            (true, < 0.5f) => LookSampler.Kin(choices),
            (true, < 0.75f) => (LookSampler.Photo(choices.NextBits(), choices), LookSampler.Sample(choices)),
            (false, < 0.3f) => (LookSampler.Photo(choices.NextBits(), choices), LookSampler.Recognisable(choices)),
            _ => (LookSampler.Sample(choices), LookSampler.Sample(choices)),
        };
        return choices.Chance(0.5) ? (a, b) : (b, a);
    }

    /// <inheritdoc/>
    public SKColor Colour(string part, SKColor natural) => Colours.ToSkia(ColourOf(part, natural).Colour);

    /// <inheritdoc/>
    public void Fill(SKCanvas canvas, SKPath area, string part, SKColor natural)
    {
        var (style, colour, repeated) = ColourOf(part, natural);
        var matrix = canvas.TotalMatrix;
        var scale = Scale(matrix);
        var size = matrix.MapRect(area.Bounds);
        using var paint = new SKPaint { IsAntialias = true, Color = Colours.ToSkia(colour) };
        using var shader = Shading(style, colour, matrix, size);
        using var uneven = Uneven(scale, size);
        paint.Shader = shader;
        paint.PathEffect = uneven;
        using var soft = IsWithin(part, size) ? Soft(part, natural, MathF.Min(size.Width, size.Height), scale) : null;
        paint.MaskFilter = soft;
        canvas.DrawPath(area, paint);
        if (style.Outline < _fill.Outlined && (_fill.OutlineAll || !repeated))
        {
            Outline(canvas, area, colour, scale, MathF.Min(size.Width, size.Height));
        }
    }

    /// <inheritdoc/>
    public void Line(SKCanvas canvas, SKPath line, float width, string part, SKColor natural)
    {
        var (style, colour, repeated) = ColourOf(part, natural);
        var scale = Scale(canvas.TotalMatrix);
        using var paint = new SKPaint
        {
            IsAntialias = true,
            IsStroke = true,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        width *= _fill.LineScale;
        if (width * scale > 3.5f && style.Outline < _fill.Outlined && (_fill.OutlineAll || !repeated))
        {
            paint.StrokeWidth = width + (OutlineWidth(width * scale) / scale);
            paint.Color = OutlineColour(colour);
            canvas.DrawPath(line, paint);
        }

        using var soft = repeated ? Soft(part, natural, 3 * width * scale, scale) : null;
        paint.MaskFilter = soft;
        paint.StrokeWidth = width;
        paint.Color = Colours.ToSkia(colour);
        canvas.DrawPath(line, paint);
    }

    /// <summary>This look, treated further: other tones, perhaps outlines, and one or two effects more.</summary>
    internal SceneLook Treated(Func<ColourScheme, ColourScheme> colours, Func<FillScheme, FillScheme> fill, IEnumerable<IEffect> effects) =>
        new(_seed, colours(_colours), fill(_fill), [.. _effects, .. effects]);

    /// <inheritdoc/>
    public void Finish(SKBitmap picture, PartMap parts)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(parts);
        var pixels = Pixels.From(picture);
        for (var i = 0; i < _effects.Count; i++)
        {
            _effects[i].Apply(pixels, parts, SceneRandom.For(_seed, 16 + (ulong)i));
        }

        Visible.Keep(pixels);
        pixels.To(picture);

        // The next drawing begins as this one did.
        _parts.Clear();
        _paths = SceneRandom.For(_seed, 1);
        _unit = 0;
    }

    private static float Scale(in SKMatrix matrix) =>
        MathF.Sqrt(MathF.Abs((matrix.ScaleX * matrix.ScaleY) - (matrix.SkewX * matrix.SkewY)));

    private (PartStyle Style, Vector3 Colour, bool Repeated) ColourOf(string part, SKColor natural)
    {
        var now = Colours.FromSkia(natural);
        var known = _parts.TryGetValue(part, out var state);
        if (state is null)
        {
            state = new(PartStyle.Of(_seed, part), now);
            _parts[part] = state;
        }

        return (state.Style, _colours.Colour(state.Style.Colour, now, state.First), known);
    }

    private SKShader? Shading(PartStyle style, Vector3 colour, in SKMatrix matrix, SKRect size)
    {
        if (style.Fill >= _fill.Gradients + _fill.Balls || MathF.Min(size.Width, size.Height) < 3 || !matrix.TryInvert(out var inverse))
        {
            return null;
        }

        var strength = _fill.Strength * style.Strength;
        var lit = Colours.ToSkia(Vector3.Lerp(colour, Vector3.One, strength * 0.6f));
        var dark = Colours.ToSkia(colour * (1 - strength));
        var (sin, cos) = MathF.SinCos(_fill.Light + style.Turn);
        if (style.Fill < _fill.Gradients)
        {
            var reach = ((MathF.Abs(cos) * size.Width) + (MathF.Abs(sin) * size.Height)) / 2;
            var from = inverse.MapPoint(size.MidX + (cos * reach), size.MidY + (sin * reach));
            var to = inverse.MapPoint(size.MidX - (cos * reach), size.MidY - (sin * reach));
            return SKShader.CreateLinearGradient(from, to, [lit, dark], SKShaderTileMode.Clamp);
        }

        // A unit circle onto the ellipse within the area's bounds, its middle moved towards the light.
        var ellipse = inverse.PreConcat(SKMatrix.CreateScaleTranslation(
            size.Width * 0.72f, size.Height * 0.72f, size.MidX + (cos * size.Width * 0.22f), size.MidY + (sin * size.Height * 0.22f)));
        return SKShader.CreateRadialGradient(
            default, 1, [lit, Colours.ToSkia(colour), dark], [0, 0.45f, 1], SKShaderTileMode.Clamp, ellipse);
    }

    private SKPathEffect? Uneven(float scale, SKRect size) => _fill.Uneven <= 0 || MathF.Min(size.Width, size.Height) < 8
        ? null
        : SKPathEffect.CreateDiscrete(5 * Unit(scale) / scale, _fill.Uneven * Unit(scale) / scale, (uint)_paths.NextBits());

    /// <summary>Whether an area is small beside the largest of its part so far; it is remembered.</summary>
    private bool IsWithin(string part, SKRect size)
    {
        var state = _parts[part];
        var area = size.Width * size.Height;
        var within = area < 0.4f * state.Largest;
        state.Largest = MathF.Max(state.Largest, area);
        return within;
    }

    /// <summary>
    /// What has its part's name and nearly its colour is shading, which has no sharp edge in photos. Blurs are dear, and of no use on what
    /// is a pixel or two large.
    /// </summary>
    private SKMaskFilter? Soft(string part, SKColor natural, float size, float scale)
    {
        if (_fill.Soft <= 0 || size < 3
            || MathF.Abs(Colours.Luminance(Colours.FromSkia(natural)) - Colours.Luminance(_parts[part].First)) > 0.3f)
        {
            return null;
        }

        return SKMaskFilter.CreateBlur(SKBlurStyle.Normal, Math.Clamp(_fill.Soft * size, 0.4f, 4) / scale);
    }

    private void Outline(SKCanvas canvas, SKPath area, Vector3 colour, float scale, float size)
    {
        using var paint = new SKPaint
        {
            IsAntialias = true,
            IsStroke = true,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round,
            StrokeWidth = OutlineWidth(size, Unit(scale)) / scale,
            Color = OutlineColour(colour),
        };
        using var gaps = _fill.Broken
            ? SKPathEffect.CreateDash(
                [_paths.Between(8, 30) / scale, _paths.Between(3, 8) / scale, _paths.Between(2, 12) / scale, _paths.Between(2, 6) / scale],
                _paths.Between(0, 40) / scale)
            : null;
        paint.PathEffect = gaps;
        canvas.DrawPath(area, paint);
    }

    /// <summary>Small things take thin outlines: they must remain to be seen.</summary>
    private float OutlineWidth(float size, float unit = 1) => MathF.Min(_fill.OutlineWidth * unit, 0.4f + (0.12f * size));

    private SKColor OutlineColour(Vector3 colour)
    {
        var shade = _fill.OutlineShade;
        return Colours.ToSkia(_fill.OutlineColour ?? (shade < 0 ? colour * (1 + shade) : Vector3.Lerp(colour, Vector3.One, shade)));
    }

    /// <summary>How large a pixel of a picture of 128 px is here: what is drawn first is drawn in the units of the whole.</summary>
    private float Unit(float scale)
    {
        if (_unit <= 0)
        {
            _unit = Math.Clamp(scale / 128, 0.6f, 4);
        }

        return _unit;
    }

    private sealed class PartState(PartStyle style, Vector3 first)
    {
        public PartStyle Style { get; } = style;

        public Vector3 First { get; } = first;

        /// <summary>The largest area so far, px².</summary>
        public float Largest { get; set; }
    }
}
