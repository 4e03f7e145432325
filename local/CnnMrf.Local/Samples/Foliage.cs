using System.Numerics;

namespace CnnMrf.Local.Samples;

/// <summary>Trees made of their leaves, lit from the upper right.</summary>
internal sealed class Foliage(Canvas canvas, Random random)
{
    private static readonly Vector3 Light = Vector3.Normalize(new Vector3(0.62f, -0.62f, 0.48f));

    // Where on the trunk a branch begins, and where it goes from there, in heights of the tree.
    private static readonly (float From, float X, float Y)[] Branches =
        [(0.30f, -0.22f, 0.26f), (0.36f, 0.24f, 0.22f), (0.42f, -0.12f, 0.34f), (0.45f, 0.13f, 0.33f)];

    /// <summary>A tree of the given height that stands at a point; leaves are counted over the whole crown.</summary>
    public void Broadleaf(float x, float ground, float height, int leaves)
    {
        Trunk(x, ground, height);
        var clumps = new List<(Vector3 Centre, float Radius)>();
        for (var i = 0; i < 24; i++)
        {
            var angle = (i * 2.39996f) + random.Next(-0.3f, 0.3f);
            var reach = MathF.Sqrt((i + 0.4f) / 24) * 0.31f * height;
            clumps.Add((
                new Vector3(
                    x + (reach * MathF.Cos(angle) * 1.12f),
                    ground - (0.63f * height) + (reach * MathF.Sin(angle) * 0.92f),
                    random.Next(-0.12f, 0.12f) * height),
                height * random.Next(0.075f, 0.13f)));
        }

        var all = new List<(float Depth, Vector3 Place, float Tone)>(leaves);
        for (var i = 0; i < leaves; i++)
        {
            var (centre, radius) = clumps[i % clumps.Count];
            var normal = Vector3.Normalize(new Vector3(random.Normal(), random.Normal() - 0.15f, random.Normal() + 0.35f));
            var distance = radius * MathF.Pow(random.NextSingle(), 0.4f);
            var place = centre + (normal * distance);
            var outward = Vector3.Normalize(place - new Vector3(x, ground - (0.6f * height), -0.1f * height));
            var tone = (0.36f * Vector3.Dot(normal, Light)) + (0.42f * Vector3.Dot(outward, Light)) + (0.13f * random.Normal());
            all.Add((place.Z + (0.3f * distance), place, 0.34f + tone - (0.30f * (1 - (distance / radius)))));
        }

        var size = MathF.Max(0.0032f, 0.0062f * MathF.Sqrt(height / 0.6f));
        foreach (var (_, place, tone) in all.OrderBy(leaf => leaf.Depth))
        {
            var color = Paint.Scale(tone, 0x121F0E, 0x27401B, 0x486628, 0x7D9239, 0xC3C468);
            canvas.Ellipse(place.X, place.Y, size * random.Next(0.55f, 1.1f), size * random.Next(0.4f, 0.8f), color, 0.86f, 0.15f);
        }
    }

    /// <summary>A fir: tiers of drooping twigs about a straight stem.</summary>
    public void Conifer(float x, float ground, float height, float halfWidth, int twigs)
    {
        canvas.Line(x, ground, x, ground - height, 0.012f, Paint.Rgb(0x4A3A2B), 1, 0.9f);
        for (var i = 0; i < twigs; i++)
        {
            var up = MathF.Pow((i + random.NextSingle()) / twigs, 0.85f);
            var tier = 0.75f + (0.25f * MathF.Abs(MathF.Sin(up * 26)));
            var reach = halfWidth * MathF.Pow(1 - up, 0.9f) * tier;
            var side = random.Next(-1f, 1f);
            var (px, py) = (x + (side * reach), ground - (0.06f * height) - (up * height * 0.94f) + (MathF.Abs(side) * reach * 0.55f));
            var tone = 0.38f + (side * 0.34f) + (0.12f * random.Normal()) + (0.16f * up);
            var color = Paint.Scale(tone, 0x13241B, 0x274031, 0x4C6B46, 0x93A56B);
            canvas.Line(px, py, px + (side * 0.013f), py + random.Next(0.004f, 0.012f), 0.0042f, color, 0.9f, 0.7f);
        }
    }

    private void Trunk(float x, float ground, float height)
    {
        var bark = Paint.Rgb(0x5B4634);
        var half = 0.030f * height;
        for (var i = -6; i <= 6; i++)
        {
            var side = i / 6f;
            var tone = 0.55f + (0.5f * (side + 1) / 2) + random.Next(-0.1f, 0.1f);
            var foot = new Vector2(x + (side * half * 1.35f), ground + (0.008f * height * (1 - (side * side))));
            var fork = new Vector2(x + (side * half * 0.7f) + (0.015f * height), ground - (0.55f * height));
            canvas.Line(foot.X, foot.Y, fork.X, fork.Y, half * 0.5f, bark * tone, 0.95f, 0.35f);
        }

        foreach (var (from, dx, dy) in Branches)
        {
            var (startX, startY) = (x + (0.01f * height), ground - (from * height));
            var (endX, endY) = (x + (dx * height), ground - ((from + dy) * height));
            canvas.Line(startX, startY, endX, endY, 0.028f * height, bark * (dx > 0 ? 1.05f : 0.75f), 1, 0.8f);
        }
    }
}
