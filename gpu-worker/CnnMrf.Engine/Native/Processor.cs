using System.Runtime.Intrinsics.X86;

namespace CnnMrf.Engine.Native;

/// <summary>What .NET does not say of the processor.</summary>
internal static class Processor
{
    private const int FeatureLeaf = 7;
    private const int AmxBfloat16 = 1 << 22;
    private const int Avx512Bfloat16 = 1 << 5;

    /// <summary>Whether it has instructions that multiply bfloat16 numbers: AVX512_BF16 or AMX_BF16, of x86.</summary>
    public static bool MultipliesBfloat16 { get; } = Avx512F.IsSupported && Look();

    private static bool Look()
    {
        var (leaves, _, _, features) = X86Base.CpuId(FeatureLeaf, 0);
        return (features & AmxBfloat16) != 0 || (leaves >= 1 && (X86Base.CpuId(FeatureLeaf, 1).Eax & Avx512Bfloat16) != 0);
    }
}
