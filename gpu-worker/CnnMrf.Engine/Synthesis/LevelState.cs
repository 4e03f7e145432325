using System.Globalization;
using System.Text.Json;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>
/// Everything that the rest of a level depends on, as a safetensors file: image, gradient, L-BFGS pairs, iteration. A run continued
/// from it ends byte for byte as one that was never interrupted. Where that would be too large the file holds the image alone: a run
/// continued from it collects curvature anew.
/// </summary>
/// <param name="Bytes">The file.</param>
/// <param name="Iteration">Iterations done.</param>
public sealed record LevelState(ReadOnlyMemory<byte> Bytes, int Iteration)
{
    // What a file in memory can hold, but for its header.
    private const long MostBytes = 2_000_000_000;

    private const string Format = "cnnmrf-level-state-1";
    private const string Image = "image";
    private const string Gradient = "gradient";
    private const string Match = "match.";
    private const string Ncc = "ncc.";
    private const string Mirror = "mirrored";

    /// <summary>False when the file holds the image alone.</summary>
    public bool IsWhole { get; private init; } = true;

    /// <summary>For each style picture whether its copies were taken mirrored too; null where the settings alone say so.</summary>
    internal IReadOnlyList<bool>? Mirrored { get; private init; }

    /// <summary>A state that was stored.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="SafetensorsException">Not a level's state.</exception>
    public static LevelState Open(ReadOnlyMemory<byte> bytes)
    {
        var file = Parse(bytes);
        var text = file.Metadata.GetValueOrDefault("iteration");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var iteration)
            ? new(bytes, iteration)
            {
                IsWhole = file.Names.Contains(Gradient),
                Mirrored = file.Metadata.TryGetValue(Mirror, out var mirrored) ? [.. mirrored.Select(c => c == '1')] : null,
            }
            : throw new SafetensorsException("The level state is damaged: it does not say its iteration.");
    }

    internal static LevelState From(
        LbfgsMemory memory, LevelHistory history, IReadOnlyDictionary<LayerName, PatchField> kept, long mostBytes = long.MaxValue,
        IReadOnlyDictionary<string, string>? about = null, IReadOnlyList<bool>? mirrored = null)
    {
        var bytes = memory.X.numel() * memory.X.element_size() * (2 + (2 * memory.S.Count));
        var whole = bytes <= mostBytes && bytes + kept.Values.Sum(field => 8L * field.Index.Length) <= MostBytes;
        var tensors = new List<TensorData> { Data(Image, memory.X) };
        if (whole)
        {
            tensors.Add(Data(Gradient, memory.Gradient));
            for (var k = 0; k < memory.S.Count; k++)
            {
                tensors.Add(Data($"s{k}", memory.S[k]));
                tensors.Add(Data($"y{k}", memory.Y[k]));
            }

            foreach (var (layer, field) in kept)
            {
                tensors.Add(TensorData.FromIntegers(Match + layer, [field.Index.Length], field.Index));
                tensors.Add(TensorData.FromSingles(Ncc + layer, [field.Score.Length], field.Score));
            }
        }

        var iteration = history.Before + memory.Iteration;
        var metadata = new Dictionary<string, string>(about ?? new Dictionary<string, string>())
        {
            ["format"] = Format,
            ["iteration"] = iteration.ToString(CultureInfo.InvariantCulture),
            ["objective"] = memory.Value.ToString("R", CultureInfo.InvariantCulture),
            ["damping"] = memory.Damping.ToString("R", CultureInfo.InvariantCulture),
            ["history"] = JsonSerializer.Serialize(history, ReportJsonContext.Default.LevelHistory),
        };
        if (mirrored is not null)
        {
            metadata[Mirror] = string.Concat(mirrored.Select(m => m ? '1' : '0'));
        }

        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return new(stream.ToArray(), iteration) { IsWhole = whole, Mirrored = mirrored };
    }

    /// <summary>Reads the file back. There is no memory where the file holds the image alone.</summary>
    /// <exception cref="SafetensorsException">Not a level's state.</exception>
    internal (LbfgsMemory? Memory, Tensor Image, LevelHistory History, IReadOnlyDictionary<LayerName, (int[] Index, float[] Score)> Kept)
        Read(Device device)
    {
        var file = Parse(Bytes);
        try
        {
            var history = JsonSerializer.Deserialize(file.Metadata["history"], ReportJsonContext.Default.LevelHistory)!;
            var image = Tensor(file, Image, device);
            if (!file.Names.Contains(Gradient))
            {
                return (null, image, history, new Dictionary<LayerName, (int[] Index, float[] Score)>());
            }

            var layers = file.Names.Where(name => name.StartsWith(Match, StringComparison.Ordinal)).Select(name => name[Match.Length..]);
            var kept = layers.ToDictionary(layer => LayerName.Parse(layer, "layer"), layer => (
                file.ReadIntegers(Match + layer), file.ReadSingles(Ncc + layer)));
            var pairs = (file.Names.Count - 2 - (2 * kept.Count)) / 2;
            var memory = new LbfgsMemory(
                int.Parse(file.Metadata["iteration"], CultureInfo.InvariantCulture) - history.Before,
                double.Parse(file.Metadata["objective"], CultureInfo.InvariantCulture),
                double.Parse(file.Metadata["damping"], CultureInfo.InvariantCulture),
                image,
                Tensor(file, Gradient, device),
                [.. Enumerable.Range(0, pairs).Select(k => Tensor(file, $"s{k}", device))],
                [.. Enumerable.Range(0, pairs).Select(k => Tensor(file, $"y{k}", device))]);
            return memory.S.Concat(memory.Y).Append(memory.Gradient).All(t => t.shape.SequenceEqual(image.shape))
                ? (memory, image, history, kept)
                : throw new SafetensorsException("The level state is damaged: its tensors differ in shape.");
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or JsonException or SettingsException)
        {
            throw new SafetensorsException($"The level state is damaged: {e.Message}");
        }
    }

    private static SafetensorsFile Parse(ReadOnlyMemory<byte> bytes)
    {
        var file = SafetensorsFile.Read(bytes, "level state");
        return file.Metadata.GetValueOrDefault("format") == Format ? file
            : throw new SafetensorsException($"The file is no level state: its metadata lacks format = {Format}.");
    }

    private static unsafe TensorData Data(string name, Tensor tensor)
    {
        using var onHost = tensor.detach().cpu().contiguous();
        var type = tensor.dtype == ScalarType.Float64 ? TensorType.F64 : TensorType.F32;
        var bytes = new ReadOnlySpan<byte>(FloatBuffer.PointerTo<byte>(onHost), checked((int)(onHost.numel() * onHost.element_size())));
        return new(name, type, tensor.shape, bytes.ToArray());
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
/// <param name="Before">Iterations done before the L-BFGS memory was last begun anew.</param>
internal sealed record LevelHistory(
    EnergyTerms First, EnergyTerms Last, IReadOnlyList<ObjectiveSample> Trace, int Evaluations, double Seconds, int Before = 0);
