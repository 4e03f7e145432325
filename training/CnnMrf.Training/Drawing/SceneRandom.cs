namespace CnnMrf.Training.Drawing;

/// <summary>
/// A seeded stream of random numbers (SplitMix64) whose values are the same on every machine and in every version of .NET: scenes are
/// functions of their seed.
/// </summary>
/// <param name="seed">Any value.</param>
public sealed class SceneRandom(ulong seed)
{
    private ulong _state = seed;
    private double? _spare;

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>Uniform in 0…1, 1 excluded.</summary>
    public float Next() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform between two values.</summary>
    public float Between(float least, float greatest) => least + ((greatest - least) * Next());

    /// <summary>A whole number 0 … <paramref name="count"/> − 1.</summary>
    /// <param name="count">At least 1.</param>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)(((UInt128)NextBits() * (ulong)count) >> 64);
    }

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => Next() < probability;

    /// <summary>Normally distributed (Box and Muller).</summary>
    public float Normal(float mean = 0, float deviation = 1)
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return mean + (deviation * (float)spare);
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - ((NextBits() >> 11) * (1.0 / (1UL << 53)))));
        var angle = 2 * Math.PI * Next();
        _spare = radius * Math.Sin(angle);
        return mean + (deviation * (float)(radius * Math.Cos(angle)));
    }

    /// <summary>One of some things.</summary>
    public T Pick<T>(params ReadOnlySpan<T> things) => things[Below(things.Length)];

    /// <summary>A stream of its own for a purpose: what one purpose draws does not shift another's numbers.</summary>
    /// <param name="seed">Any value.</param>
    /// <param name="purpose">Any number.</param>
    public static SceneRandom For(ulong seed, ulong purpose) => new(Mix(seed ^ Mix(purpose + 0x632BE59BD9B4E019)));

    /// <summary>A child stream; drawing from it leaves this one as it is but for one step.</summary>
    public SceneRandom Fork() => new(NextBits());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
