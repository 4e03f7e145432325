namespace CnnMrf.Training.Looks.Finishing;

/// <summary>Colours, haze and tone curves drawn apart may leave a picture of nearly one colour: then what there is is stretched.</summary>
internal static class Visible
{
    /// <summary>Least standard deviation of some channel.</summary>
    private const float Least = 0.035f;

    public static void Keep(Pixels pixels)
    {
        var greatest = 0f;
        Span<float> means = stackalloc float[3];
        for (var c = 0; c < 3; c++)
        {
            float sum = 0, squares = 0;
            foreach (var value in pixels.Planes[c])
            {
                var clamped = Math.Clamp(value, 0, 1);
                sum += clamped;
                squares += clamped * clamped;
            }

            means[c] = sum / pixels.Planes[c].Length;
            greatest = MathF.Max(greatest, MathF.Sqrt(MathF.Max(0, (squares / pixels.Planes[c].Length) - (means[c] * means[c]))));
        }

        if (greatest >= Least)
        {
            return;
        }

        var scale = MathF.Min(Least / MathF.Max(greatest, 1e-4f), 12);
        for (var c = 0; c < 3; c++)
        {
            // The mean moves off the ends, where there is no room to stretch.
            var target = Math.Clamp(means[c], 0.1f, 0.9f);
            var plane = pixels.Planes[c];
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = target + (scale * (plane[i] - means[c]));
            }
        }
    }
}
