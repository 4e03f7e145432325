using CnnMrf.Core.Settings;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Places;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Styles;

/// <summary>A rotation about the centre followed by a scaling, of the picture or of its mirror image.</summary>
/// <param name="Degrees">Angle.</param>
/// <param name="Scale">Factor.</param>
/// <param name="Mirrored">Whether left and right are exchanged first.</param>
public readonly record struct CopyTransform(double Degrees, double Scale, bool Mirrored = false)
{
    /// <summary>The picture itself.</summary>
    public static CopyTransform Identity { get; } = new(0, 1);
}

/// <summary>
/// Rotated and scaled copies of a style picture (DESIGN §1): the identity first, then rotations × scales ascending, then the same
/// mirrored.
/// </summary>
public static class StyleCopies
{
    /// <summary>The transforms that the settings ask for, in the order of j.</summary>
    /// <param name="settings">Rotations and scales.</param>
    /// <param name="mirrored">Whether all come mirrored too.</param>
    public static IReadOnlyList<CopyTransform> Transforms(SynthesisSettings settings, bool mirrored)
    {
        var rotations = Enumerable.Range(-settings.Rotations, (2 * settings.Rotations) + 1).Select(n => n * settings.RotationStep);
        var scales = Enumerable.Range(-settings.Scales, (2 * settings.Scales) + 1).Select(n =>
            settings.ScaleSpacing == ScaleSpacing.Linear ? 1 + (n * settings.ScaleStep) : Math.Pow(settings.ScaleStep, n)).ToArray();
        var others = from rotation in rotations
                     from scale in scales
                     where rotation != 0 || scale != 1
                     select new CopyTransform(rotation, scale);
        CopyTransform[] all = [CopyTransform.Identity, .. others];
        return mirrored ? [.. all, .. all.Select(t => t with { Mirrored = true })] : all;
    }

    /// <summary>Width and height of a copy: of a rotated one the largest upright rectangle inscribed in it.</summary>
    public static (int Width, int Height) Size(int width, int height, CopyTransform transform)
    {
        var (w, h) = (width * transform.Scale, height * transform.Scale);
        if (transform.Degrees == 0)
        {
            return ((int)Math.Floor(w + 0.5), (int)Math.Floor(h + 0.5));
        }

        var angle = double.DegreesToRadians(transform.Degrees);
        var (sin, cos) = (Math.Abs(Math.Sin(angle)), Math.Abs(Math.Cos(angle)));
        var (longSide, shortSide) = (Math.Max(w, h), Math.Min(w, h));
        if (shortSide <= 2 * sin * cos * longSide || Math.Abs(sin - cos) < 1e-10)
        {
            // Half-constrained: two corners of the rectangle touch the long sides.
            var half = 0.5 * shortSide;
            return w >= h
                ? ((int)Math.Floor(half / sin), (int)Math.Floor(half / cos))
                : ((int)Math.Floor(half / cos), (int)Math.Floor(half / sin));
        }

        var cos2 = (cos * cos) - (sin * sin);
        return ((int)Math.Floor(((w * cos) - (h * sin)) / cos2), (int)Math.Floor(((h * cos) - (w * sin)) / cos2));
    }

    /// <summary>The place of the picture that a place of its copy shows; (0, 0) is the upper left corner of both, not a pixel's
    /// centre.</summary>
    /// <param name="width">Width of the picture, px.</param>
    /// <param name="height">Height, px.</param>
    /// <param name="transform">The transform.</param>
    /// <param name="x">From the copy's left edge, px.</param>
    /// <param name="y">From its upper edge, px.</param>
    public static (double X, double Y) Source(int width, int height, CopyTransform transform, double x, double y)
    {
        var (w, h) = Size(width, height, transform);
        var angle = double.DegreesToRadians(transform.Degrees);
        var (sin, cos) = (Math.Sin(angle), Math.Cos(angle));
        var (dx, dy) = (x - (w / 2.0), y - (h / 2.0));
        var across = ((dx * cos) + (dy * sin)) / transform.Scale;
        return (
            (transform.Mirrored ? -across : across) + (width / 2.0),
            (((dy * cos) - (dx * sin)) / transform.Scale) + (height / 2.0));
    }

    /// <summary>Where the places of a picture lie in its copy, both in extents: the inverse of <see cref="Source"/>.</summary>
    internal static Affine Frame(int width, int height, CopyTransform transform)
    {
        var (w, h) = Size(width, height, transform);
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(transform.Degrees));
        var (across, down) = (width * transform.Scale * (transform.Mirrored ? -1 : 1), height * transform.Scale);
        return new(
            0.5, 0.5,
            0.5, across * cos / w, -down * sin / w,
            0.5, across * sin / h, down * cos / h);
    }

    /// <summary>Makes a copy, bilinear, without a prefilter.</summary>
    /// <param name="picture">[1, 3, H, W].</param>
    /// <param name="transform">The transform.</param>
    /// <returns>[1, 3, h, w], of the same type.</returns>
    public static Tensor Apply(Tensor picture, CopyTransform transform)
    {
        if (transform == CopyTransform.Identity)
        {
            return picture.alias();
        }

        using var scope = NewDisposeScope();
        picture = transform.Mirrored ? picture.flip(3) : picture;
        if (transform with { Mirrored = false } == CopyTransform.Identity)
        {
            return picture.MoveToOuterDisposeScope();
        }

        var (height, width) = ((int)picture.shape[2], (int)picture.shape[3]);
        var (w, h) = Size(width, height, transform);
        var angle = double.DegreesToRadians(transform.Degrees);
        var (sin, cos) = (Math.Sin(angle), Math.Cos(angle));
        var dx = TensorArithmetic.Range(w, ScalarType.Float64).Plus(0.5 - (w / 2.0)).unsqueeze(0);
        var dy = TensorArithmetic.Range(h, ScalarType.Float64).Plus(0.5 - (h / 2.0)).unsqueeze(1);
        var (c, s, scale) = (Scalars.Of(cos), Scalars.Of(sin), Scalars.Of(transform.Scale));
        var sx = Clamp(((dx * c).Plus(dy * s) / scale).Plus((width / 2.0) - 0.5), width - 1);
        var sy = Clamp((((dy * c) - (dx * s)) / scale).Plus((height / 2.0) - 0.5), height - 1);
        var x0 = Clamp(sx.floor(), Math.Max(0, width - 2));
        var y0 = Clamp(sy.floor(), Math.Max(0, height - 2));
        var fx = (sx - x0).to(picture.dtype, picture.device);
        var fy = (sy - y0).to(picture.dtype, picture.device);
        var right = width > 1 ? 1 : 0;
        var down = height > 1 ? width : 0;
        var corner = (y0 * Scalars.Of(width)).Plus(x0).to(ScalarType.Int64).to(picture.device).flatten();
        var flat = picture.reshape(3, -1);
        static Tensor Clamp(Tensor x, double most) => x.clamp(Scalars.Of(0), Scalars.Of(most));
        Tensor At(int offset) => flat.index_select(1, corner.Plus(offset)).reshape(1, 3, h, w);
        var top = At(0).Plus((At(right) - At(0)) * fx);
        var bottom = At(down).Plus((At(down + right) - At(down)) * fx);
        return top.Plus((bottom - top) * fy).contiguous().MoveToOuterDisposeScope();
    }
}
