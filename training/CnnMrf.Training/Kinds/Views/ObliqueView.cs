using SkiaSharp;

namespace CnnMrf.Training.Kinds.Views;

/// <summary>
/// Where the viewer of a vehicle stands: from its metres to the picture. x goes from its front to its back, y from its middle to the side
/// that faces the viewer, z up from the ground. Its front points left at yaw 0 and at the viewer at 90°; at −90° its back does.
/// </summary>
internal sealed class ObliqueView
{
    private readonly float _sinYaw;
    private readonly float _cosYaw;
    private readonly float _sinPitch;
    private readonly float _cosPitch;
    private readonly float _distance;
    private readonly float _middle;
    private readonly float _pivot;
    private readonly SKPoint _offset;

    /// <summary>A view in which the thing fills a share of the picture.</summary>
    /// <param name="size">The thing's length, half width and height, m.</param>
    /// <param name="yaw">Degrees.</param>
    /// <param name="distance">How far the viewer is from its middle, m: more than its size.</param>
    /// <param name="eye">How high the viewer's eye is, m.</param>
    /// <param name="frame">From the width and height of its outline in metres: units a metre, its middle and
    /// its foot in the picture.</param>
    public ObliqueView(
        (float Length, float HalfWidth, float Height) size,
        float yaw,
        float distance,
        float eye,
        Func<SKSize, (float Scale, float Middle, float Foot)> frame)
    {
        (Yaw, _distance, Scale) = (yaw, distance, 1);
        (_middle, _pivot) = (size.Length / 2, size.Height * 0.42f);
        (_sinYaw, _cosYaw) = MathF.SinCos(yaw * MathF.PI / 180);
        (_sinPitch, _cosPitch) = MathF.SinCos(MathF.Atan((eye - _pivot) / distance));
        var box = Box(size);
        var (scale, middle, foot) = frame(box.Size);
        (Scale, _offset) = (scale, new(middle - (box.MidX * scale), foot - (box.Bottom * scale)));
    }

    /// <summary>Degrees.</summary>
    public float Yaw { get; }

    /// <summary>The picture's units in a metre, about.</summary>
    public float Scale { get; }

    /// <summary>The row in which the ground ends, if it ends nowhere.</summary>
    public float Horizon => _offset.Y - (Scale * _distance * _sinPitch / _cosPitch);

    /// <summary>From metres to the picture.</summary>
    public SKPoint Project(float x, float y, float z)
    {
        var (forward, up) = (_middle - x, z - _pivot);
        var right = (y * _sinYaw) - (forward * _cosYaw);
        var near = (forward * _sinYaw) + (y * _cosYaw);
        var depth = (near * _cosPitch) + (up * _sinPitch);
        // What is nearer than the viewer's toes would come out upside down.
        var k = Scale * _distance / MathF.Max(_distance - depth, _distance * 0.15f);
        return new(_offset.X + (right * k), _offset.Y + (((near * _sinPitch) - (up * _cosPitch)) * k));
    }

    private SKRect Box((float Length, float HalfWidth, float Height) size)
    {
        var box = SKRect.Empty;
        for (var i = 0; i < 8; i++)
        {
            var place = Project((i & 1) * size.Length, ((i & 2) - 1) * size.HalfWidth, (i & 4) / 4 * size.Height);
            box = i == 0 ? new(place.X, place.Y, place.X, place.Y) : SKRect.Union(box, new(place.X, place.Y, place.X, place.Y));
        }

        return box;
    }
}
