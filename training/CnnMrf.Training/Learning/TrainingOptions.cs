using CnnMrf.Training.Networks;
using TorchSharp;

namespace CnnMrf.Training.Learning;

/// <summary>Pairs of one step.</summary>
/// <param name="Side">Pixels a side; a multiple of 8.</param>
/// <param name="Pairs">Pairs in the batch.</param>
/// <param name="Fresh">Of these, pairs never used before; the others are drawn from the last ones.</param>
public sealed record Batch(int Side, int Pairs, int Fresh);

/// <summary>What decides how training goes.</summary>
public sealed record TrainingOptions
{
    /// <summary>Of weights, scenes and choices.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Widths.</summary>
    public NetworkShape Shape { get; init; } = NetworkShape.Own;

    /// <summary>
    /// The deepest rectified layer that stays as it is, e.g. <c>relu3_1</c>; null: all learn. Only losses of deeper layers are minimised.
    /// </summary>
    public string? Frozen { get; init; }

    /// <summary>Batches in turn.</summary>
    public IReadOnlyList<Batch> Batches { get; init; } = Small;

    /// <summary>Batches for a processor.</summary>
    public static IReadOnlyList<Batch> Small { get; } = [new(104, 6, 2), new(104, 6, 2), new(176, 2, 1)];

    /// <summary>Batches for a graphics processor, and pictures up to the size at which matching is hardest.</summary>
    public static IReadOnlyList<Batch> Large { get; } = [new(104, 24, 8), new(176, 12, 4), new(104, 24, 8), new(272, 6, 2)];

    /// <summary>
    /// Batches for training deep layers alone: many small pictures, in which a deep layer's window sees the most of a thing, and most of
    /// them new, because deep layers soon know by heart what they see again.
    /// </summary>
    public static IReadOnlyList<Batch> Deep { get; } = [new(104, 24, 16), new(104, 24, 16), new(104, 24, 16), new(176, 8, 6)];

    /// <summary>Pairs that are kept to be used again.</summary>
    public int Keep { get; init; } = 1200;

    /// <summary>Where is computed. Scenes are always drawn by the processor.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>Threads that draw; they change nothing but the pace.</summary>
    public int Drawers { get; init; } = 1;

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Steps over which the learning rate rises.</summary>
    public int WarmUp { get; init; } = 100;

    /// <summary>
    /// Share of the steps, at the end, over which the learning rate falls to 0, as 1 − √. What comes before does not depend on the number
    /// of steps: a run can be prolonged from a checkpoint before the decay.
    /// </summary>
    public double DecayShare { get; init; } = 0.25;

    /// <summary>float32, or bfloat16 for the convolutions: twice as fast where the processor has it.</summary>
    public torch.ScalarType Precision { get; init; } = torch.ScalarType.Float32;

    /// <summary>Contrast of patches by layer.</summary>
    public IReadOnlyList<PatchContrast> Contrasts { get; init; } =
    [
        new("relu3_1", 4, 3, 128, 2, 0.7),
        new("relu4_1", 8, 3, 80, 1, 1),
        new("relu4_2", 8, 1, 64, 0.3, 0.3),
    ];

    /// <summary>Contrast of parts.</summary>
    public PartContrast Parts { get; init; } = new("relu4_1", 48, 0.3);

    /// <summary>Inverse temperature of the contrasts at the start; learnt.</summary>
    public double Scale { get; init; } = 14;

    /// <summary>Weight of the linear decoder from noisy relu3_1 to pixels, which keeps appearance in the features.</summary>
    public double DecoderWeight { get; init; } = 0.3;

    /// <summary>
    /// The same for a network that is trained already: a lower learning rate that falls from early on, and temperatures near those that
    /// training ends with.
    /// </summary>
    public TrainingOptions Refining() => this with { LearningRate = 5e-4, DecayShare = 0.8, Scale = 30 };

    /// <summary>How many convolutions stay as they are.</summary>
    public int FrozenConvolutions => Frozen is null ? 0 : 1 + Shape.IndexOf(Frozen);

    /// <summary>The step with which the decay begins.</summary>
    /// <param name="steps">Steps in all.</param>
    public int DecayStart(int steps) => (int)Math.Ceiling(steps * (1 - DecayShare));

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">0 … <paramref name="steps"/> − 1.</param>
    /// <param name="steps">Steps in all; null while that is open.</param>
    public double RateAt(int step, int? steps)
    {
        var left = steps is { } all && step >= DecayStart(all) ? (double)(all - step) / (all - DecayStart(all)) : 1;
        return LearningRate * Math.Min(1, (step + 1.0) / WarmUp) * (1 - Math.Sqrt(1 - Math.Clamp(left, 0, 1)));
    }
}
