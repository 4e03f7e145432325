using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>
/// A head in space: slices, each half an ellipse in front of the ears, on which features are laid before they are turned and projected.
/// Units: half the head's height. x to the right, y down, z to the viewer; the crown lies at y = −1, the chin at 1.
/// </summary>
internal sealed class Head
{
    private const float SkullDepth = 0.88f;

    private readonly float _cos;
    private readonly float _sin;
    private readonly float _cosNod;
    private readonly float _sinNod;
    private readonly float _perspective;
    private readonly float _crownPower;
    private readonly float _cheek;
    private readonly float _jaw;
    private readonly float _chin;

    /// <summary>A head by chance.</summary>
    public Head(SceneRandom random, bool cartoon)
    {
        var side = random.Chance(0.5) ? 1 : -1;
        var degrees = side * random.Below(100) switch
        {
            < 40 => random.Between(0, 9),
            < 76 => random.Between(9, 34),
            < 93 => random.Between(34, 50),
            _ => random.Between(50, 72),
        };
        Turn = degrees * MathF.PI / 180;
        (_sin, _cos) = MathF.SinCos(Turn);
        (_sinNod, _cosNod) = MathF.SinCos(Math.Clamp(random.Normal(0, 6), -15, 15) * MathF.PI / 180);
        _perspective = random.Between(0, 0.13f);
        var young = random.Chance(0.2);
        Width = cartoon ? random.Between(0.52f, random.Chance(0.3) ? 1 : 0.82f) : random.Between(0.55f, 0.8f);
        EyeLine = random.Between(-0.05f, 0.1f) + (young ? random.Between(0.05f, 0.15f) : 0);
        _crownPower = random.Between(2, 2.7f);
        _cheek = random.Between(0.93f, 1.02f);
        _jaw = random.Between(0.7f, 0.96f);
        _chin = random.Between(0.2f, 0.52f) * _jaw;
        var nose = random.Between(0.34f, 0.5f);
        BrowLine = EyeLine - (Lower * random.Between(0.15f, 0.25f));
        NoseLine = EyeLine + (Lower * nose);
        MouthLine = EyeLine + (Lower * Math.Max(nose + random.Between(0.13f, 0.19f), random.Between(0.54f, 0.69f)));
        Hairline = EyeLine - (Lower * random.Between(0.5f, 0.74f));
        EyeX = Width * random.Between(0.39f, 0.5f);
        Age = young ? 0 : random.Next();
        Splay = random.Between(0.35f, cartoon ? 0.9f : 0.7f);
    }

    /// <summary>How far the head is turned to the picture's right, in radians.</summary>
    public float Turn { get; }

    /// <summary>Half the width at the eyes.</summary>
    public float Width { get; }

    /// <summary>The height of the eyes.</summary>
    public float EyeLine { get; }

    /// <summary>From the eyes to the chin.</summary>
    public float Lower => 1 - EyeLine;

    /// <summary>The height of the brows.</summary>
    public float BrowLine { get; }

    /// <summary>The height of the nose's base.</summary>
    public float NoseLine { get; }

    /// <summary>The height between the lips.</summary>
    public float MouthLine { get; }

    /// <summary>Where hair begins above the forehead.</summary>
    public float Hairline { get; }

    /// <summary>How far the eyes lie from the middle.</summary>
    public float EyeX { get; }

    /// <summary>0 young … 1 old.</summary>
    public float Age { get; }

    /// <summary>How much the ears stand out, 0…1.</summary>
    public float Splay { get; }

    /// <summary>Whether the side (−1 the picture's left, 1 its right) is the one turned away.</summary>
    public bool IsFar(int side) => side * Turn > 0.14f;

    /// <summary>Whether the side is the one turned towards the viewer.</summary>
    public bool IsNear(int side) => side * Turn < -0.14f;

    /// <summary>The picture's place of a point in space.</summary>
    public SKPoint Project(float x, float y, float z)
    {
        var across = (x * _cos) + (z * _sin);
        var towards = (z * _cos) - (x * _sin);
        var down = (y * _cosNod) + (towards * _sinNod);
        var scale = 1 / (1 - (_perspective * ((towards * _cosNod) - (y * _sinNod))));
        return new(across * scale, down * scale);
    }

    /// <summary>How far the face's middle line stands to the front.</summary>
    public float Front(float y) => Slice(y).Front;

    /// <summary>A point of the face.</summary>
    /// <param name="x">Sideways; beyond the edge that is seen it stays at the edge.</param>
    /// <param name="y">Height.</param>
    /// <param name="lift">How far in front of the surface.</param>
    public SKPoint At(float x, float y, float lift = 0) =>
        OnSlice(MathF.Asin(Math.Clamp(x / Math.Max(0.01f, Slice(y).Width), -1, 1)), y, lift);

    /// <summary>A point of the face by its angle about the head's axis.</summary>
    /// <param name="share">−1 the left side … 0 the front … 1 the right side.</param>
    /// <param name="y">Height.</param>
    /// <param name="lift">How far in front of the surface.</param>
    public SKPoint Around(float share, float y, float lift = 0) => OnSlice(share * MathF.PI / 2, y, lift);

    /// <summary>Whether a point of the face can be seen in this view.</summary>
    public bool Sees(float x, float y)
    {
        var angle = MathF.Asin(Math.Clamp(x / Math.Max(0.01f, Slice(y).Width), -1, 1));
        var (least, most) = Seen(y);
        return angle > least - 0.05f && angle < most + 0.05f;
    }

    /// <summary>The edge of the face as it is seen.</summary>
    /// <param name="side">−1 the picture's left, 1 its right.</param>
    /// <param name="y">Height.</param>
    public SKPoint Edge(int side, float y) => OnSlice(side * MathF.PI / 2, y, 0);

    /// <summary>The height at a share of the way from the eyes (0) to the chin (1).</summary>
    public float Down(float share) => EyeLine + (Lower * share);

    /// <summary>The edge of the skull as it is seen, hair's volume added.</summary>
    /// <param name="degrees">0 the crown, 90 the right, −90 the left.</param>
    /// <param name="volume">Outwards.</param>
    public SKPoint Skull(float degrees, float volume)
    {
        var centre = EyeLine - 0.2f;
        var height = centre + 1;
        var middle = Project(0, centre, -0.1f);
        var halfWidth = MathF.Sqrt((Width * Width * _cos * _cos) + (SkullDepth * SkullDepth * _sin * _sin));
        var halfHeight = MathF.Sqrt((height * height * _cosNod * _cosNod) + (SkullDepth * SkullDepth * _sinNod * _sinNod));
        var (sine, cosine) = MathF.SinCos(degrees * MathF.PI / 180);
        // The crown is a little squarer than an ellipse.
        var power = 2 / _crownPower;
        sine = MathF.CopySign(MathF.Pow(MathF.Abs(sine), power), sine);
        cosine = cosine < 0 ? cosine : MathF.Pow(cosine, power);
        return new(middle.X + ((halfWidth + volume) * sine), middle.Y - ((halfHeight + volume) * cosine));
    }

    /// <summary>The edge of the face from the left of the eyes by the chin to the right of them.</summary>
    /// <param name="from">Where to begin and end, as a share of the way from the eyes to the chin.</param>
    public SKPoint[] JawLine(float from = 0)
    {
        float[] shares = [.. new[] { 0, 0.15f, 0.3f, 0.45f, 0.6f, 0.75f, 0.87f, 0.955f }.Where(s => s >= from)];
        return
        [
            .. shares.Select(s => Edge(-1, Down(s))),
            At(0, 1),
            .. shares.Reverse().Select(s => Edge(1, Down(s))),
        ];
    }

    /// <summary>The whole head without ears, as one area: what lies inside it belongs to the head.</summary>
    public SKPath Silhouette()
    {
        using var face = Curves.Closed([.. JawLine(), .. HairEdge(-0.97f, 0)]);
        using var skull = SkullArea(0);
        return skull.Op(face, SKPathOp.Union);
    }

    /// <summary>The skull's area, hair's volume added.</summary>
    public SKPath SkullArea(float volume) => Curves.Closed([.. Enumerable.Range(0, 24).Select(i => Skull(i * 15, volume))]);

    /// <summary>The edge between forehead and hair from the right ear to the left one.</summary>
    /// <param name="height">Its height in the middle.</param>
    /// <param name="corners">How far it goes back at the corners of the forehead; may be negative.</param>
    /// <param name="peak">How far it comes down in the middle.</param>
    public SKPoint[] HairEdge(float height, float corners, float peak = 0)
    {
        var temple = EyeLine - (0.3f * (EyeLine - height));
        ReadOnlySpan<(float Share, float Y)> half =
        [
            (0.96f, temple), (0.84f, temple + (0.55f * (height - temple))), (0.66f, height + 0.05f - corners),
            (0.33f, height - (corners * 0.6f)),
        ];
        var points = new List<SKPoint>();
        foreach (var (share, y) in half)
        {
            points.Add(Around(share, Math.Max(y, -0.985f)));
        }

        points.Add(Around(0, Math.Max(height + peak, -0.985f)));
        for (var i = half.Length - 1; i >= 0; i--)
        {
            points.Add(Around(-half[i].Share, Math.Max(half[i].Y, -0.985f)));
        }

        return [.. points];
    }

    private static float Table(float at, ReadOnlySpan<(float At, float Value)> entries)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (at <= entries[i].At)
            {
                var share = Math.Max(0, (at - entries[i - 1].At) / (entries[i].At - entries[i - 1].At));
                return entries[i - 1].Value + (share * (entries[i].Value - entries[i - 1].Value));
            }
        }

        return entries[^1].Value;
    }

    private (float Width, float Front, float Side) Slice(float y)
    {
        var share = (y - EyeLine) / Lower;
        if (share >= 0)
        {
            var width = Table(
                share,
                [
                    (0, 1), (0.3f, _cheek), (0.6f, _jaw + (0.3f * (_cheek - _jaw))), (0.75f, _jaw * 0.86f),
                    (0.87f, (_jaw * 0.46f) + (_chin * 0.42f)), (0.955f, _chin), (1, 0),
                ]);
            var front = Table(share, [(0, 0.72f), (0.15f, 0.76f), (0.4f, 0.8f), (0.7f, 0.79f), (0.9f, 0.79f), (1, 0.7f)]);
            var side = Table(share, [(0, 0), (0.35f, -0.04f), (0.6f, 0.06f), (0.8f, 0.3f), (0.955f, 0.52f), (1, 0.66f)]);
            return (Width * width, front, side);
        }

        var middle = EyeLine - 0.15f;
        if (y >= middle)
        {
            var part = (EyeLine - y) / 0.15f;
            return (Width, 0.72f + (0.08f * part), 0.02f * part);
        }

        var up = Math.Min(1, (middle - y) / (middle + 1));
        var round = MathF.Pow(1 - MathF.Pow(up, _crownPower), 1 / _crownPower);
        return (Width * round, 0.8f * MathF.Pow(1 - MathF.Pow(up, 2.6f), 1 / 2.6f), 0.02f * round);
    }

    private (float Least, float Most) Seen(float y)
    {
        var (width, front, side) = Slice(y);
        var edge = MathF.Atan2(width * _cos, Math.Max(1e-4f, (front - side) * MathF.Abs(_sin)));
        return Turn > 0 ? (-MathF.PI / 2, edge) : (-edge, MathF.PI / 2);
    }

    private SKPoint OnSlice(float angle, float y, float lift)
    {
        var (least, most) = Seen(y);
        var (width, front, side) = Slice(y);
        var (sine, cosine) = MathF.SinCos(Math.Clamp(angle, least, most));
        return Project((width + lift) * sine, y, side + ((front - side + lift) * cosine));
    }
}
