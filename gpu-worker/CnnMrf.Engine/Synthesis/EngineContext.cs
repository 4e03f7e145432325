using System.Reflection;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>What a run computes with: device, threads, element type and weights.</summary>
public sealed class EngineContext : IDisposable
{
    /// <summary>Loads the native libraries and takes the weights.</summary>
    /// <param name="settings">Device, threads and seed.</param>
    /// <param name="weights">Which ones; random ones are drawn as deep as the settings need.</param>
    /// <param name="type">float32, or float64 for checks.</param>
    /// <exception cref="SettingsException">The device asked for is not there.</exception>
    /// <exception cref="TorchUnavailableException">The native libraries cannot be loaded.</exception>
    public EngineContext(SynthesisSettings settings, WeightsChoice weights, ScalarType type = ScalarType.Float32)
        : this(settings, Load(settings, weights.File), type) => WeightsWhy = weights.Why;

    internal EngineContext(SynthesisSettings settings, NetworkWeights weights, ScalarType type)
    {
        Device = Choose(settings);
        Threads = settings.Threads ?? Environment.ProcessorCount;
        UseThreads();
        Type = type;
        Arithmetic = settings.Precision == Precision.Bfloat16 ? ScalarType.BFloat16 : type;
        Weights = weights;
    }

    /// <summary>Refuses settings that this machine cannot follow, before any picture is looked at.</summary>
    /// <param name="settings">Device and precision.</param>
    /// <exception cref="SettingsException">The device asked for is not there, or does not multiply such numbers.</exception>
    /// <exception cref="TorchUnavailableException">The native libraries cannot be loaded.</exception>
    public static void CheckDevice(SynthesisSettings settings) => Choose(settings);

    /// <summary>Where tensors live.</summary>
    public Device Device { get; }

    /// <summary>Threads on the CPU.</summary>
    public int Threads { get; }

    /// <summary>Element type of pictures, features and everything that is computed from these.</summary>
    public ScalarType Type { get; }

    /// <summary>Element type within the networks: <see cref="Type"/>, or bfloat16.</summary>
    public ScalarType Arithmetic { get; }

    /// <summary>The network's weights.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>Why these weights, for reports.</summary>
    public string WeightsWhy { get; } = WeightsChoice.Random.Why;

    /// <summary>Library versions, for reports.</summary>
    public static IReadOnlyDictionary<string, string> Versions { get; } = new SortedDictionary<string, string>
    {
        ["CnnMrf.Engine"] = Version(typeof(EngineContext)),
        ["TorchSharp"] = Version(typeof(torch)),
        ["libtorch"] = torch.__version__,
        [".NET"] = Environment.Version.ToString(),
    };

    /// <summary>Sets the number of threads for the calling thread: OpenMP keeps it one by one.</summary>
    public void UseThreads() => set_num_threads(Threads);

    /// <inheritdoc/>
    public void Dispose() => Weights.Dispose();

    /// <summary>The deepest layer that the settings need.</summary>
    public static LayerName Deepest(SynthesisSettings settings) =>
        settings.MrfLayers.Layers.Append(LayerName.Parse(settings.ContentLayer, "contentLayer"))
            .Concat(settings.InducedLayers.Layers).Max();

    private static NetworkWeights Load(SynthesisSettings settings, WeightsFile? file)
    {
        TorchRuntime.EnsureLoaded();
        return file is null ? NetworkWeights.Random(settings.Seed, Deepest(settings)) : NetworkWeights.FromFile(file);
    }

    private static Device Choose(SynthesisSettings settings)
    {
        TorchRuntime.EnsureLoaded();
        var cuda = settings.Device != DeviceChoice.Cpu && torch.cuda.is_available();
        if (settings.Device == DeviceChoice.Cuda && !cuda)
        {
            throw new SettingsException("device", "is cuda, but this build finds no CUDA GPU: build with -p:TorchBackend=cuda on a machine "
                + "with an NVIDIA driver, or use device cpu");
        }

        if (settings.Precision == Precision.Bfloat16 && !cuda && !Processor.MultipliesBfloat16)
        {
            throw new SettingsException("precision", "is bfloat16, but this processor multiplies no such numbers (AVX512_BF16 or AMX_BF16 is "
                + "needed), and would be slower with them: use float32");
        }

        return cuda ? CUDA : CPU;
    }

    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
