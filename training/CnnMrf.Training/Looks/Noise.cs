namespace CnnMrf.Training.Looks;

/// <summary>Value noise on a fixed lattice: what varies is where, how large and in which direction it is read.</summary>
internal static class Noise
{
    private const int Size = 128;
    private static readonly float[] Lattice = MakeLattice();

    /// <summary>Adds noise of −amplitude … amplitude to a square field.</summary>
    /// <param name="field">Row by row.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="along">Size of a lattice cell along the direction, px.</param>
    /// <param name="across">Size of a cell across it, px.</param>
    /// <param name="angle">The direction, radians.</param>
    /// <param name="amplitude">The greatest value.</param>
    /// <param name="random">Decides where in the lattice the field begins.</param>
    public static void Add(
        float[] field, int side, float along, float across, float angle, float amplitude, Drawing.SceneRandom random)
    {
        var (sin, cos) = MathF.SinCos(angle);
        float uX = cos / along, uY = sin / along, vX = -sin / across, vY = cos / across;
        // Far from zero for any picture, so that truncation is the floor.
        float u0 = 1024 + random.Between(0, Size), v0 = 1024 + random.Between(0, Size);
        var lattice = Lattice;
        for (var y = 0; y < side; y++)
        {
            var row = field.AsSpan(y * side, side);
            var (u, v) = (u0 + (y * uY), v0 + (y * vY));
            for (var x = 0; x < row.Length; x++)
            {
                int i = (int)u, j = (int)v;
                float a = u - i, b = v - j;
                a *= a * (3 - (2 * a));
                b *= b * (3 - (2 * b));
                int left = i & (Size - 1), right = (i + 1) & (Size - 1);
                int top = (j & (Size - 1)) * Size, bottom = ((j + 1) & (Size - 1)) * Size;
                var above = lattice[top + left] + (a * (lattice[top + right] - lattice[top + left]));
                var below = lattice[bottom + left] + (a * (lattice[bottom + right] - lattice[bottom + left]));
                row[x] += amplitude * (above + (b * (below - above)));
                u += uX;
                v += vX;
            }
        }
    }

    /// <summary>A field of noise in several octaves, each half as large as the one before; about −1 … 1.</summary>
    public static float[] Octaves(
        int side, float cell, float stretch, float angle, int octaves, float persistence, Drawing.SceneRandom random)
    {
        var field = new float[side * side];
        var (amplitude, sum) = (1f, 0f);
        for (var i = 0; i < octaves && cell >= 1; i++, cell /= 2, amplitude *= persistence)
        {
            Add(field, side, cell * stretch, cell, angle, amplitude, random);
            sum += amplitude * amplitude;
        }

        // Octaves are independent: their amplitudes add as squares.
        var scale = sum > 0 ? 1.2f / MathF.Sqrt(sum) : 1;
        for (var i = 0; i < field.Length; i++)
        {
            field[i] *= scale;
        }

        return field;
    }

    private static float[] MakeLattice()
    {
        var random = new Drawing.SceneRandom(0x6E6F697365);
        var lattice = new float[Size * Size];
        for (var i = 0; i < lattice.Length; i++)
        {
            lattice[i] = random.Between(-1, 1);
        }

        return lattice;
    }
}
