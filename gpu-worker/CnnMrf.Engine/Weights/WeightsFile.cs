using System.Security.Cryptography;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Weights;

/// <summary>Checked weights of a network of VGG-19's shape: every convolution from conv1_1 on without a gap, all numbers finite.</summary>
public sealed record WeightsFile
{
    private WeightsFile()
    {
    }

    /// <summary>What reports call the weights: the metadata's name, else the file's.</summary>
    public required string Name { get; init; }

    /// <summary>The convolutions in order, starting with conv1_1; never empty.</summary>
    public required IReadOnlyList<ConvolutionWeights> Convolutions { get; init; }

    /// <summary>What the first convolution expects.</summary>
    public required InputConvention Input { get; init; }

    /// <summary>The pooling that the weights were trained with.</summary>
    public required PoolingKind Pooling { get; init; }

    /// <summary>The padding that the weights were trained with, as their metadata says; zero where it does not.</summary>
    public PaddingChoice Padding { get; init; } = PaddingChoice.Zero;

    /// <summary>What they learnt from; never <see cref="WeightsKind.Random"/>.</summary>
    public WeightsKind Kind { get; init; } = WeightsKind.Trained;

    /// <summary>SHA-256 of the whole file, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size of the whole file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The file's metadata as it is.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The deepest layer that can be computed: the rectifier after the last convolution.</summary>
    public VggLayer Deepest => VggArchitecture.Parse(Convolutions[^1].Layer.Rectifier);

    /// <summary>Output channels of every convolution, in order.</summary>
    public IReadOnlyList<int> Widths => [.. Convolutions.Select(convolution => convolution.Outputs)];

    /// <summary>Reads and checks a file. Tensors that are not wanted, a classifier for instance, are skipped.</summary>
    /// <param name="path">A safetensors file with torchvision's names.</param>
    /// <param name="options">What its metadata may lack, and how deep to read.</param>
    /// <exception cref="WeightsException">The file is missing, not valid, or does not hold what is wanted.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static WeightsFile Load(string path, WeightsOptions? options = null)
    {
        if (!File.Exists(path)) throw new WeightsException($"{path}: there is no such file. Give the path of a safetensors file.");
        using var stream = File.OpenRead(path);
        return Load(stream, path, options);
    }

    /// <summary>Reads and checks weights from a seekable stream, such as an embedded resource.</summary>
    /// <param name="stream">Seekable, read from its start.</param>
    /// <param name="source">What messages call it; without folder and extension also the name where the metadata has none.</param>
    /// <param name="options">What its metadata may lack, and how deep to read.</param>
    /// <exception cref="WeightsException">The content is not valid, or does not hold what is wanted.</exception>
    public static WeightsFile Load(Stream stream, string source, WeightsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var header = SafetensorsHeader.Read(stream, source);
            var convolutions = WeightsReader.Read(header, options?.Deepest, Bytes);
            stream.Position = 0;
            return new WeightsFile
            {
                Name = header.Metadata.GetValueOrDefault(WeightsMetadata.Name) ?? Path.GetFileNameWithoutExtension(source),
                Convolutions = convolutions,
                Input = WeightsMetadata.Resolve(header.Metadata, WeightsMetadata.Input, options?.Input, source),
                Pooling = WeightsMetadata.Resolve(header.Metadata, WeightsMetadata.Pooling, options?.Pooling, source),
                Padding = WeightsMetadata.PaddingOf(header.Metadata, source),
                Kind = header.Metadata.ContainsKey(WeightsMetadata.Generator) ? WeightsKind.Own : WeightsKind.Trained,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(stream)),
                Size = stream.Length,
                Metadata = header.Metadata,
            };

            byte[] Bytes(TensorInfo info)
            {
                var bytes = new byte[info.Length];
                stream.Position = header.DataStart + info.Offset;
                stream.ReadExactly(bytes);
                return bytes;
            }
        }
        catch (SafetensorsException e)
        {
            throw new WeightsException(e.Message, e);
        }
    }

    /// <summary>Refuses weights that end before a layer.</summary>
    /// <exception cref="WeightsException">They do; the message says how to get deeper ones.</exception>
    public void Require(VggLayer layer)
    {
        var needed = VggArchitecture.ConvolutionsUpTo(layer);
        if (needed.Count > Convolutions.Count)
        {
            throw new WeightsException(
                $"The weights '{Name}' end at {Deepest}, but {layer} is wanted. "
                + $"Choose shallower layers or other weights, for instance by: cnnmrf weights pull --deepest {layer}");
        }
    }
}
