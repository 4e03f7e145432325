using CnnMrf.Core.Pictures;
using CnnMrf.Core.Tensors;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>The result of a level as the next one starts from it: the variable [1, 3, H, W] on the level's canvas, as a safetensors
/// file.</summary>
/// <param name="Bytes">The file.</param>
public sealed record LevelImage(ReadOnlyMemory<byte> Bytes)
{
    private const string Name = "image";

    internal static LevelImage Of(Tensor variable, IReadOnlyDictionary<string, string> metadata)
    {
        using var scope = NewDisposeScope();
        var values = variable.detach().cpu().contiguous();
        var data = values.dtype == ScalarType.Float64
            ? TensorData.FromDoubles(Name, variable.shape, values.data<double>().ToArray())
            : TensorData.FromSingles(Name, variable.shape, values.data<float>().ToArray());
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [data], metadata);
        return new(stream.ToArray());
    }

    internal Tensor Read(PixelSize canvas, ScalarType type, Device device)
    {
        var file = SafetensorsFile.Read(Bytes, "level image");
        if (!file.TryGet(Name, out var info) || !info.Shape.SequenceEqual([1L, 3, canvas.Height, canvas.Width]))
        {
            throw new SafetensorsException($"The file is no image of a level of {canvas} px: it lacks a tensor {Name} of "
                + $"[1, 3, {canvas.Height}, {canvas.Width}].");
        }

        using var scope = NewDisposeScope();
        var stored = info.Type == TensorType.F64 ? tensor(file.ReadDoubles(Name), [.. info.Shape])
            : tensor(file.ReadSingles(Name), [.. info.Shape]);
        var image = stored.to(type, device);
        return isfinite(image).all().item<bool>() ? image.MoveToOuterDisposeScope()
            : throw new SafetensorsException("The level image is damaged: it has values that are not finite.");
    }
}
