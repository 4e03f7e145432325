using System.Globalization;
using System.Text.Json;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>
/// Everything that the rest of a level depends on, as a safetensors file: image, gradient, L-BFGS pairs, iteration. A run continued
/// from it ends byte for byte as one that was never interrupted.
/// </summary>
/// <param name="Bytes">The file.</param>
/// <param name="Iteration">Iterations done.</param>
public sealed record LevelState(ReadOnlyMemory<byte> Bytes, int Iteration)
{
    private const string Format = "cnnmrf-level-state-1";

    internal static LevelState From(LbfgsMemory memory, LevelHistory history)
    {
        var tensors = new List<TensorData> { Data("image", memory.X), Data("gradient", memory.Gradient) };
        for (var k = 0; k < memory.S.Count; k++)
        {
            tensors.Add(Data($"s{k}", memory.S[k]));
            tensors.Add(Data($"y{k}", memory.Y[k]));
        }

        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, new Dictionary<string, string>
        {
            ["format"] = Format,
            ["iteration"] = memory.Iteration.ToString(CultureInfo.InvariantCulture),
            ["objective"] = memory.Value.ToString("R", CultureInfo.InvariantCulture),
            ["damping"] = memory.Damping.ToString("R", CultureInfo.InvariantCulture),
            ["history"] = JsonSerializer.Serialize(history, ReportJsonContext.Default.LevelHistory),
        });
        return new(stream.ToArray(), memory.Iteration);
    }

    /// <summary>Reads the file back.</summary>
    /// <exception cref="SafetensorsException">Not a level's state.</exception>
    internal (LbfgsMemory Memory, LevelHistory History) Read(Device device)
    {
        var file = SafetensorsFile.Read(Bytes, "level state");
        if (file.Metadata.GetValueOrDefault("format") != Format)
        {
            throw new SafetensorsException($"The file is no level state: its metadata lacks format = {Format}.");
        }

        try
        {
            var pairs = (file.Names.Count - 2) / 2;
            var memory = new LbfgsMemory(
                int.Parse(file.Metadata["iteration"], CultureInfo.InvariantCulture),
                double.Parse(file.Metadata["objective"], CultureInfo.InvariantCulture),
                double.Parse(file.Metadata["damping"], CultureInfo.InvariantCulture),
                Tensor(file, "image", device),
                Tensor(file, "gradient", device),
                [.. Enumerable.Range(0, pairs).Select(k => Tensor(file, $"s{k}", device))],
                [.. Enumerable.Range(0, pairs).Select(k => Tensor(file, $"y{k}", device))]);
            return (memory, JsonSerializer.Deserialize(file.Metadata["history"], ReportJsonContext.Default.LevelHistory)!);
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or JsonException)
        {
            throw new SafetensorsException($"The level state is damaged: {e.Message}");
        }
    }

    private static TensorData Data(string name, Tensor tensor)
    {
        using var onHost = tensor.detach().cpu().contiguous();
        var type = tensor.dtype == ScalarType.Float64 ? TensorType.F64 : TensorType.F32;
        return new(name, type, tensor.shape, onHost.bytes.ToArray());
    }

    private static Tensor Tensor(SafetensorsFile file, string name, Device device) =>
        (file[name].Type == TensorType.F64
            ? tensor(file.ReadDoubles(name), [.. file[name].Shape])
            : tensor(file.ReadSingles(name), [.. file[name].Shape])).to(device);
}

/// <summary>What a level's report needs of the past.</summary>
/// <param name="First">Energies at the start.</param>
/// <param name="Last">Energies now.</param>
/// <param name="Trace">The objective after every iteration.</param>
/// <param name="Evaluations">Evaluations done.</param>
/// <param name="Seconds">Seconds spent.</param>
internal sealed record LevelHistory(
    EnergyTerms First, EnergyTerms Last, IReadOnlyList<ObjectiveSample> Trace, int Evaluations, double Seconds);
