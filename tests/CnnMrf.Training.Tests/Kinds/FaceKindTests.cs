using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Faces;
using SkiaSharp;

namespace CnnMrf.Training.Tests.Kinds;

public sealed class FaceKindTests
{
    private const int Side = 96;

    [Fact]
    public void A_face_is_in_order_from_brow_to_chin_and_from_left_to_right()
    {
        var compared = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var at = Landmarks(seed);
            string[] downwards = ["brow", "eye", "nose.tip", "mouth.middle", "chin.bottom"];
            if (at.TryGetValue("brow.left.inner", out var left) && at.TryGetValue("brow.right.inner", out var right)
                && at.TryGetValue("eye.left.pupil", out var eyeLeft) && at.TryGetValue("eye.right.pupil", out var eyeRight)
                && downwards[2..].All(at.ContainsKey))
            {
                float[] rows = [(left.Y + right.Y) / 2, (eyeLeft.Y + eyeRight.Y) / 2, .. downwards[2..].Select(name => at[name].Y)];
                Assert.Equal(rows.Order(), rows);
                Assert.True(eyeLeft.X < eyeRight.X, $"seed {seed}: the left eye lies right of the right one");
                compared++;
            }
        }

        Assert.True(compared >= 15, $"only {compared} of 40 faces showed all features");
    }

    [Fact]
    public void No_face_names_a_place_twice()
    {
        for (ulong seed = 0; seed < 40; seed++)
        {
            using var scene = Drawn(seed);
            Assert.Equal(scene.Landmarks.Count, scene.Landmarks.Select(l => l.Name).Distinct().Count());
        }
    }

    [Fact]
    public void Nose_and_far_edge_follow_the_turn_of_the_head()
    {
        var turned = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            var head = new Head(SceneRandom.For(3, seed), cartoon: false);
            var side = Math.Sign(head.Turn);
            if (Math.Abs(head.Turn) < 0.35f)
            {
                continue;
            }

            turned++;
            var middle = (head.At(-head.EyeX, head.EyeLine).X + head.At(head.EyeX, head.EyeLine).X) / 2;
            var nose = head.Project(0, head.NoseLine, head.Front(head.NoseLine)).X;
            Assert.True(side * nose > side * middle, $"seed {seed}: the nose stays behind");

            // The cheek that is turned away is seen narrower than the other one.
            var near = Math.Abs(head.Edge(-side, head.Down(0.4f)).X - nose);
            var far = Math.Abs(head.Edge(side, head.Down(0.4f)).X - nose);
            Assert.True(far < near, $"seed {seed}: far cheek {far}, near cheek {near}");
        }

        Assert.True(turned > 40);
    }

    private static DrawnScene Drawn(ulong seed)
    {
        using var painter = new Painter(Side, SKMatrix.Identity, new PlainLook());
        new FaceKind().Draw(painter, SceneRandom.For(11, seed));
        return painter.Finish();
    }

    private static Dictionary<string, Landmark> Landmarks(ulong seed)
    {
        using var scene = Drawn(seed);
        return scene.Landmarks.ToDictionary(l => l.Name);
    }
}
