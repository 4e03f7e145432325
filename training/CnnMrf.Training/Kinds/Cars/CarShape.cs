using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>The sort of body.</summary>
internal enum BodyStyle
{
    Saloon,
    Hatchback,
    Estate,
    Suv,
    Van,
    Bus,
    Pickup,
    Sports,
    Beetle,
    Vintage,
}

/// <summary>The bands of a car's skin along its middle line, from the front over the roof to the back.</summary>
internal enum Panel
{
    Fascia,
    Bonnet,
    Windscreen,
    Roof,
    RearScreen,
    Boot,
    Tail,
}

/// <summary>
/// A car's body in metres: x from the front end to the back, y from the middle to the side (positive: the side that faces the viewer),
/// z up from the ground. The skin is a profile (the middle line), drawn out to both sides with rounded ends and narrower windows.
/// </summary>
internal sealed class CarShape
{
    private readonly SKPoint[] _nodes;
    private readonly float[] _sags;
    private readonly float[] _bows;
    private readonly float _crown;
    private readonly float _tumble;
    private readonly float _taper;
    private readonly float _roundness;

    private CarShape(SceneRandom random, CarPlan plan)
    {
        Style = plan.Style;
        var toon = random.Chance(0.22);
        var stretch = toon ? random.Between(0.62f, 0.9f) : random.Between(0.93f, 1.06f);
        var rise = toon ? random.Between(0.98f, 1.2f) : random.Between(0.94f, 1.06f);
        WheelRadius = plan.WheelRadius * (toon ? random.Between(0.95f, 1.35f) : random.Between(0.93f, 1.1f));
        HalfWidth = plan.HalfWidth * random.Between(0.95f, 1.06f) * (toon ? random.Between(0.85f, 1) : 1);
        _nodes = [.. plan.Nodes.Select((n, i) => Jitter(random, n, i))];
        for (var i = 0; i < _nodes.Length; i++)
        {
            _nodes[i] = new(_nodes[i].X * stretch, _nodes[i].Y * rise);
        }

        Length = _nodes.Max(n => n.X) + 0.05f;
        Height = _nodes.Max(n => n.Y);
        _sags = [.. plan.Sags.Select(s => (s * random.Between(0.6f, 1.5f)) + (toon ? random.Between(0, 0.06f) : 0))];
        var bow = random.Between(0.7f, 1.4f) * plan.Roundness;
        _bows = [0.22f * bow, 0.24f * bow, 0.2f * bow, 0.16f * bow, -0.08f * bow, -0.14f * bow, -0.17f * bow, -0.2f * bow];
        _crown = random.Between(0.04f, 0.09f) * plan.Roundness;
        _tumble = plan.Tumble * random.Between(0.8f, 1.25f);
        _taper = random.Between(0.03f, 0.1f) * plan.Roundness;
        _roundness = random.Between(2.2f, 4.5f);
        FrontAxle = (plan.FrontAxle * stretch) + random.Normal(0, 0.03f);
        RearAxle = (plan.RearAxle * stretch) + random.Normal(0, 0.05f);
        Sill = MathF.Min(_nodes[0].Y, _nodes[7].Y) - random.Between(-0.03f, 0.05f);
        ArchRadius = WheelRadius * random.Between(1.08f, 1.22f);
        Fenders = plan.Fenders;
        Doors = Style switch
        {
            BodyStyle.Sports or BodyStyle.Beetle => 1,
            BodyStyle.Van or BodyStyle.Bus => random.Chance(0.5) ? 1 : 2,
            BodyStyle.Hatchback or BodyStyle.Pickup or BodyStyle.Vintage => random.Chance(0.45) ? 1 : 2,
            _ => 2,
        };
    }

    /// <summary>The sort of body.</summary>
    public BodyStyle Style { get; }

    /// <summary>From end to end.</summary>
    public float Length { get; }

    /// <summary>From the ground to the roof.</summary>
    public float Height { get; }

    /// <summary>Half the greatest width.</summary>
    public float HalfWidth { get; }

    /// <summary>Of the tyres.</summary>
    public float WheelRadius { get; }

    /// <summary>Of the openings around the wheels.</summary>
    public float ArchRadius { get; }

    /// <summary>Where the front wheels are.</summary>
    public float FrontAxle { get; }

    /// <summary>Where the rear wheels are.</summary>
    public float RearAxle { get; }

    /// <summary>The body's lower edge.</summary>
    public float Sill { get; }

    /// <summary>Whether mudguards stand out from the body.</summary>
    public bool Fenders { get; }

    /// <summary>Doors a side.</summary>
    public int Doors { get; }

    /// <summary>A body of any style.</summary>
    public static CarShape Any(SceneRandom random) => new(random, CarPlan.Any(random));

    /// <summary>The lower edge of the side windows.</summary>
    public float Belt(float x)
    {
        var (front, back) = (_nodes[2], _nodes[5]);
        var share = Math.Clamp((x - front.X) / (back.X - front.X), -0.5f, 1.3f);
        return MathF.Min(front.Y, Height - 0.35f) - 0.05f + (share * (back.Y - front.Y));
    }

    /// <summary>Half the width at a place of the side.</summary>
    public float HalfWidthAt(float x, float z)
    {
        var front = MathF.Max(0, (1.2f - x) / 1.2f);
        var back = MathF.Max(0, (x - Length + 1.2f) / 1.2f);
        var width = HalfWidth * (1 - (_taper * ((front * front) + (back * back * 0.7f))));
        var belt = Belt(x);
        return z > belt ? width * (1 - (_tumble * (z - belt) / MathF.Max(0.3f, Height - belt))) : width;
    }

    /// <summary>A place of the skin.</summary>
    /// <param name="panel">Which band.</param>
    /// <param name="q">Along the profile: 0 at the band's front (or lower) end, 1 at its back.</param>
    /// <param name="t">Across: −1 at the far side, 0 in the middle, 1 at the side that faces the viewer.</param>
    public (float X, float Y, float Z) On(Panel panel, float q, float t)
    {
        var i = (int)panel;
        var (from, to) = (_nodes[i], _nodes[i + 1]);
        var bulge = 4 * q * (1 - q) * _sags[i];
        var x = from.X + ((to.X - from.X) * q) - ((to.Y - from.Y) * bulge);
        var z = from.Y + ((to.Y - from.Y) * q) + ((to.X - from.X) * bulge);
        x += (_bows[i] + ((_bows[i + 1] - _bows[i]) * q)) * MathF.Pow(MathF.Abs(t), _roundness);
        var crown = panel switch
        {
            Panel.Fascia => q,
            Panel.Tail => 1 - q,
            _ => 1,
        };
        z -= _crown * crown * t * t;
        return (x, t * HalfWidthAt(x, z), z);
    }

    /// <summary>A band's length along the profile.</summary>
    public float Extent(Panel panel) => SKPoint.Distance(_nodes[(int)panel], _nodes[(int)panel + 1]);

    private static SKPoint Jitter(SceneRandom random, SKPoint node, int index) => index switch
    {
        0 or 7 => new(node.X, node.Y * random.Between(0.85f, 1.15f)),
        _ => new(node.X + random.Normal(0, 0.05f), node.Y + random.Normal(0, 0.02f)),
    };
}
