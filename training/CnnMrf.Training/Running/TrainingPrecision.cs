using System.Runtime.Intrinsics.X86;
using CnnMrf.Training.Learning;

namespace CnnMrf.Training.Running;

/// <summary>What convolutions are computed in; everything else is float32.</summary>
public enum TrainingPrecision
{
    /// <summary>bfloat16 where the device multiplies it itself, else float32.</summary>
    Auto,

#pragma warning disable CA1720 // It is the type's name in the field.
    /// <summary>float32.</summary>
    Float32,
#pragma warning restore CA1720

    /// <summary>bfloat16: about twice as fast with AVX512_BF16 or AMX, several times slower without.</summary>
    BFloat16,
}

/// <summary>Which batches a run takes.</summary>
public enum TrainingBatches
{
    /// <summary>
    /// <see cref="Deep"/> where layers are frozen; else <see cref="Large"/> on a graphics processor, and <see cref="Small"/> without.
    /// </summary>
    Auto,

    /// <summary><see cref="TrainingOptions.Small"/>.</summary>
    Small,

    /// <summary><see cref="TrainingOptions.Large"/>.</summary>
    Large,

    /// <summary><see cref="TrainingOptions.Deep"/>.</summary>
    Deep,
}

/// <summary>What the processor can do.</summary>
internal static class Processor
{
    /// <summary>Whether it has AVX512_BF16.</summary>
    public static bool HasBFloat16
    {
        get
        {
            if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7)
            {
                return false;
            }

            // CPUID.(EAX=7, ECX=1):EAX[5].
            return (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;
        }
    }
}
