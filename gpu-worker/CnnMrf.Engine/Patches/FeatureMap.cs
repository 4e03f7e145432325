using TorchSharp;

namespace CnnMrf.Engine.Patches;

/// <summary>The features of one picture at one layer: a contiguous [H, W, C] tensor, the channels of a cell side by side.</summary>
public sealed class FeatureMap : IDisposable
{
    /// <summary>Takes over a tensor; it is disposed with the map, and no longer by a surrounding dispose scope.</summary>
    /// <param name="values">[H, W, C], float32 or float64, contiguous.</param>
    /// <exception cref="ArgumentException">The tensor has another shape, type or layout.</exception>
    public FeatureMap(torch.Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.dim() != 3 || !values.is_contiguous() || values.numel() == 0)
        {
            throw new ArgumentException(
                $"A feature map is a contiguous, non-empty [H, W, C] tensor, not [{string.Join(", ", values.shape)}].", nameof(values));
        }

        if (values.dtype is not (torch.ScalarType.Float32 or torch.ScalarType.Float64))
            throw new ArgumentException($"A feature map is float32 or float64, not {values.dtype}.", nameof(values));
        Values = values.DetachFromDisposeScope();
        (Height, Width, Channels) = ((int)values.shape[0], (int)values.shape[1], (int)values.shape[2]);
    }

    /// <summary>[H, W, C], contiguous.</summary>
    public torch.Tensor Values { get; }

    /// <summary>H, in cells.</summary>
    public int Height { get; }

    /// <summary>W, in cells.</summary>
    public int Width { get; }

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>
    /// The features as a network gives them, in the layout of patches. Values of a channels-last tensor are shared, others copied; the
    /// given tensor stays the caller's.
    /// </summary>
    /// <param name="features">[1, C, H, W].</param>
    /// <exception cref="ArgumentException">The tensor has another shape or type.</exception>
    public static FeatureMap FromNchw(torch.Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.dim() != 4 || features.shape[0] != 1)
        {
            throw new ArgumentException(
                $"Features of one picture are a [1, C, H, W] tensor, not [{string.Join(", ", features.shape)}].", nameof(features));
        }

        using var scope = torch.NewDisposeScope();
        return new FeatureMap(features.detach().permute(0, 2, 3, 1).contiguous().squeeze(0));
    }

    /// <summary>Lays a grid of patches over this map.</summary>
    /// <inheritdoc cref="PatchGrid.Create" path="/exception"/>
    public PatchGrid Grid(int size, int stride, bool wraps = false) => PatchGrid.Create(Height, Width, size, stride, wraps);

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();
}
