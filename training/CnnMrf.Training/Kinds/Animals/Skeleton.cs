using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>What it is doing.</summary>
internal enum Pose
{
    Stand,
    Walk,
    Run,
    Graze,
    Sit,
    Lie,
}

/// <summary>A leg's joints from above: shoulder or hip, elbow or stifle, knee or hock, ankle.</summary>
internal readonly record struct Joints(SKPoint Top, SKPoint Upper, SKPoint Lower, SKPoint Ankle)
{
    /// <summary>The same leg elsewhere.</summary>
    public Joints Moved(float x, float y) =>
        new(Shapes.Add(Top, x, y), Shapes.Add(Upper, x, y), Shapes.Add(Lower, x, y), Shapes.Add(Ankle, x, y));
}

/// <summary>
/// Where everything is: x to the front, y down, the ground at 0, the trunk 1 long around x = 0, in whatever pose.
/// </summary>
internal sealed class Skeleton
{
    private readonly float _pitch;
    private readonly SKPoint _hip;
    private readonly float _drop;

    public Skeleton(Build build, Pose pose, SceneRandom random)
    {
        (Build, Pose) = (build, pose);
        var height = pose == Pose.Lie ? random.Between(0.02f, 0.06f) : build.Leg;
        var top = -(height + build.Depth);
        var croup = top - build.Rump;
        var unturnedHip = new SKPoint(-0.36f, croup + (0.42f * build.Groin));
        _hip = unturnedHip;
        _pitch = pose switch
        {
            Pose.Sit => random.Between(38, 58),
            Pose.Run => random.Between(-6, 8),
            _ => 0,
        };
        _drop = pose == Pose.Sit ? -(0.6f * build.Groin) - unturnedHip.Y : pose == Pose.Run ? -random.Between(0, 0.15f) : 0;

        Withers = At(0.34f, top);
        Back = At(0, top + build.Sway + 0.01f);
        Croup = At(-0.36f, croup);
        Rump = At(-0.5f, croup + (0.22f * build.Groin));
        Buttock = At(-0.53f, croup + (0.55f * build.Groin));
        var groin = croup + build.Groin;
        ThighBack = At(-0.43f, groin + 0.02f);
        Flank = At(-0.2f, groin);
        Belly = At(0.06f, ((groin + -height) / 2) + (0.1f * (build.Depth - build.Groin)) + random.Between(0, 0.05f));
        Girth = At(0.3f, -height);
        Chest = At(0.47f, -height - (0.25f * build.Depth));
        Breast = At(0.53f, -height - (0.58f * build.Depth));
        NeckFront = At(0.47f, top + (0.2f * build.Depth));
        Hip = At(unturnedHip.X, unturnedHip.Y);
        Shoulder = At(0.35f, -height - (0.38f * build.Depth));
        Middle = At(0, (top + -height) / 2);
        Neck(random, top);
        Legs(random, height);
        TailJoints(random, croup);
    }

    public Build Build { get; }

    public Pose Pose { get; }

    public SKPoint Withers { get; }

    public SKPoint Back { get; }

    public SKPoint Croup { get; }

    public SKPoint Rump { get; }

    public SKPoint Buttock { get; }

    public SKPoint ThighBack { get; }

    public SKPoint Flank { get; }

    public SKPoint Belly { get; }

    public SKPoint Girth { get; }

    public SKPoint Chest { get; }

    public SKPoint Breast { get; }

    public SKPoint NeckFront { get; }

    public SKPoint Hip { get; }

    public SKPoint Shoulder { get; }

    public SKPoint Middle { get; }

    /// <summary>The neck's middle line, from the trunk to the head.</summary>
    public SKPoint[] NeckLine { get; private set; } = [];

    /// <summary>Half the neck's thickness along that line.</summary>
    public float[] NeckRadii { get; private set; } = [];

    /// <summary>The middle of the skull.</summary>
    public SKPoint Skull { get; private set; }

    /// <summary>Degrees by which the muzzle points down.</summary>
    public float HeadAngle { get; private set; }

    public Joints FrontNear { get; private set; }

    public Joints FrontFar { get; private set; }

    public Joints HindNear { get; private set; }

    public Joints HindFar { get; private set; }

    public SKPoint[] Tail { get; private set; } = [];

    /// <summary>The trunk's outline.</summary>
    public SKPath Trunk() => Curves.Closed([Withers, Back, Croup, Rump, Buttock, ThighBack, Flank, Belly, Girth, Chest, Breast, NeckFront]);

    /// <summary>A place on the head.</summary>
    /// <param name="x">Heads from the skull's middle towards the muzzle.</param>
    /// <param name="y">Heads downwards.</param>
    public SKPoint OnHead(float x, float y) =>
        Shapes.Turn(new(Skull.X + (x * Build.Head), Skull.Y + (y * Build.Head)), Skull, -HeadAngle);

    /// <summary>A place on the neck.</summary>
    /// <param name="along">0: at the trunk; 1: at the head.</param>
    /// <param name="across">−1: the throat; 1: the nape.</param>
    public SKPoint OnNeck(float along, float across)
    {
        var place = along * (NeckLine.Length - 1);
        var i = Math.Clamp((int)place, 0, NeckLine.Length - 2);
        var (from, to) = (NeckLine[i], NeckLine[i + 1]);
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = MathF.Max(MathF.Sqrt((dx * dx) + (dy * dy)), 1e-4f);
        var radius = (NeckRadii[i] + ((NeckRadii[i + 1] - NeckRadii[i]) * (place - i))) * across;
        var middle = Shapes.Mix(from, to, place - i);
        return new(middle.X + (dy / length * radius), middle.Y - (dx / length * radius));
    }

    /// <summary>What it takes up.</summary>
    public SKRect Bounds()
    {
        List<SKPoint> points =
        [
            Withers, Back, Croup, Rump, Buttock, Girth, Breast, .. NeckLine, .. Tail, OnHead(1.05f, -0.2f), OnHead(1.05f, 0.2f),
            OnHead(0, -Build.Skull), OnHead(0, Build.Skull), OnHead(-0.3f, -Build.Skull - (Build.EarSize * 0.7f)),
            FrontNear.Ankle, FrontFar.Ankle, HindNear.Ankle, HindFar.Ankle, new(Hip.X, 0),
        ];
        if (Build.Horns == Horns.Antlers)
        {
            points.Add(OnHead(-0.5f, -Build.Skull - 1));
        }

        var (left, top) = (points.Min(p => p.X), points.Min(p => p.Y));
        return new(left, top, points.Max(p => p.X), MathF.Max(0, points.Max(p => p.Y)));
    }

    private SKPoint At(float x, float y) => Shapes.Add(Shapes.Turn(new(x, y), _hip, _pitch), 0, _drop);

    private void Neck(SceneRandom random, float top)
    {
        var from = At(0.38f, top + (0.32f * Build.Depth));
        var length = Build.NeckLength + 0.1f;
        var angle = Build.NeckAngle;
        HeadAngle = Build.HeadAngle;
        switch (Pose)
        {
            case Pose.Graze:
                angle = -MathF.Asin(Math.Clamp((-from.Y - (Build.Head * random.Between(0.75f, 1.1f))) / length, -0.3f,
                    0.93f)) * 180 / MathF.PI;
                HeadAngle = random.Between(45, 75);
                break;
            case Pose.Run:
                angle -= random.Between(0, 20);
                HeadAngle -= random.Between(0, 15);
                break;
            case Pose.Sit:
                angle += random.Between(12, 35);
                break;
            case Pose.Lie:
                angle += random.Between(0, 25);
                break;
            default:
                angle += random.Normal(0, 7);
                HeadAngle += random.Normal(0, 7);
                break;
        }

        var end = Shapes.Polar(from, angle, length);
        // Held up, a neck is arched: its middle lies behind the straight line.
        var arch = Build.NeckLength * (angle > 20 ? -0.1f : 0.06f);
        var middle = Shapes.Polar(Shapes.Mix(from, end, 0.5f), angle - 90, -arch * 0.8f);
        NeckLine = [from, middle, end];
        NeckRadii = [Build.NeckBase, (Build.NeckBase * 0.45f) + (Build.NeckTop * 0.55f), Build.NeckTop];
        Skull = Shapes.Polar(end, -HeadAngle, Build.Head * 0.1f);
    }

    private void Legs(SceneRandom random, float height)
    {
        var swing = Pose switch
        {
            Pose.Walk => height * random.Between(0.15f, 0.4f),
            Pose.Run => height * random.Between(0.45f, 0.8f),
            _ => height * random.Between(0, 0.08f),
        };
        var phase = random.Chance(0.5) ? 1 : -1;
        var far = random.Between(0.03f, 0.1f);
        if (Pose == Pose.Lie)
        {
            var paws = Build.Foot == Foot.Paw;
            var reach = Build.Leg * random.Between(0.7f, 0.9f);
            FrontNear = paws
                ? new(Shoulder, new(0.3f, -0.06f), new(0.32f + (reach * 0.5f), -0.06f), new(0.32f + reach, -0.05f))
                : new(Shoulder, new(0.3f, -0.08f), new(0.32f + (reach * 0.45f), -0.07f), new(0.22f + (reach * 0.2f), -0.04f));
            HindNear = new(Hip, new(-0.06f, -0.2f), new(-0.36f, -0.07f), new(-0.08f, -0.05f));
            (FrontFar, HindFar) = (FrontNear.Moved(far, -0.03f), HindNear.Moved(far, -0.02f));
            return;
        }

        FrontNear = Front(random, 0, swing * phase, height, lifted: Pose == Pose.Run || (Pose == Pose.Walk && phase > 0));
        FrontFar = Front(random, far, -swing * phase, height, lifted: Pose == Pose.Run);
        if (Pose == Pose.Sit)
        {
            HindNear = new(Hip, Shapes.Add(Hip, 0.27f, -0.04f + (0.1f * Build.Groin)), new(Hip.X - 0.02f, -0.08f),
                new(Hip.X + 0.24f, -Lift()));
            HindFar = HindNear.Moved(far, -0.02f);
            return;
        }

        // In a run both hind feet swing one way, the front feet the other.
        HindNear = Hind(random, 0, Pose == Pose.Run ? -swing * phase : swing * -phase, lifted: Pose == Pose.Run);
        HindFar = Hind(random, far, Pose == Pose.Run ? -swing * phase * 0.6f : swing * phase, lifted: Pose == Pose.Run);
    }

    private float Lift() => Build.Shin * 1.25f;

    private Joints Front(SceneRandom random, float far, float swing, float height, bool lifted)
    {
        var top = Shapes.Add(Shoulder, far, 0);
        var up = lifted ? height * random.Between(0.02f, Pose == Pose.Run ? 0.45f : 0.18f) : 0;
        var ankle = new SKPoint(top.X + 0.01f + swing, -Lift() - up - (far * 0.25f));
        var elbow = Pose == Pose.Sit
            ? Shapes.Add(Shapes.Mix(top, ankle, 0.3f), -0.02f, 0)
            : Shapes.Add(top, -0.05f + (swing * 0.15f), 0.38f * Build.Depth);
        var bone = ((Pose == Pose.Sit ? -elbow.Y : height) - Lift()) * (Build.Pillar ? 0.5f : 0.505f);
        return new(top, elbow, Shapes.Knee(elbow, ankle, bone, bone, 1), ankle);
    }

    private Joints Hind(SceneRandom random, float far, float swing, bool lifted)
    {
        var top = Shapes.Add(Hip, far, 0);
        var height = -top.Y;
        var up = lifted ? height * random.Between(0.02f, 0.3f) : 0;
        var ankle = new SKPoint(top.X - 0.03f + swing, -Lift() - up - (far * 0.25f));
        if (Build.Pillar)
        {
            var knee = Shapes.Add(Shapes.Mix(top, ankle, 0.45f), 0.04f, 0);
            return new(top, knee, Shapes.Add(Shapes.Mix(knee, ankle, 0.6f), -0.02f, 0), ankle);
        }

        var cannon = Build.Leg * (Build.Foot == Foot.Hoof ? 0.47f : 0.4f);
        var lean = 98 - (swing / height * 25) + (lifted ? 10 : 0);
        var hock = Shapes.Polar(ankle, lean, cannon);
        var bones = (height - cannon) * 0.525f;
        return new(top, Shapes.Knee(top, hock, bones, bones, 1), Shapes.Add(hock, -0.02f, 0), ankle);
    }

    private void TailJoints(SceneRandom random, float croup)
    {
        var from = At(-0.49f, croup + (0.12f * Build.Groin));
        var length = Build.TailLength;
        var lift = Pose == Pose.Sit ? random.Between(50, 95) : Build.TailLift + (Pose == Pose.Run ? random.Between(20, 60) : 0);
        var bend = random.Normal(0, 22);
        var first = Shapes.Polar(from, -90 - lift - bend, length * 0.36f);
        var second = Shapes.Polar(first, -90 - lift, length * 0.34f);
        var tip = Shapes.Polar(second, -90 - lift + (bend * 1.3f), length * 0.32f);
        Tail = Pose is Pose.Lie or Pose.Sit
            ? [from, Floor(first), Floor(second), Floor(tip)]
            : [from, first, second, tip];
    }

    private static SKPoint Floor(SKPoint point) => new(point.X, MathF.Min(point.Y, -0.04f));
}
