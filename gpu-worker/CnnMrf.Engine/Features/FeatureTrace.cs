using CnnMrf.Core.Settings;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>
/// Features of a picture with all that their gradient needs. The network is one chain of convolutions, rectifiers and pooling, so the
/// gradient is written down instead of left to autograd: no border is copied in and out of padded maps, and maps are used up in place.
/// </summary>
internal sealed class FeatureTrace(
    IReadOnlyDictionary<LayerName, Tensor> features, IReadOnlyList<FeatureTrace.Step> steps, WorkerTeam team, MapPool maps)
    : IDisposable
{
    /// <summary>[1, C, H/scale, W/scale] by layer, channels-last in memory. Valid until <see cref="Gradient"/>.</summary>
    public IReadOnlyDictionary<LayerName, Tensor> Features => features;

    /// <summary>
    /// Carries slopes back to the picture. To be called once: it uses the features up, and frees each map when it was the last to need it,
    /// so that the next one takes its place in memory.
    /// </summary>
    /// <param name="slopes">Of the features' shapes, by layer; not changed.</param>
    /// <returns>[1, 3, H, W].</returns>
    public Tensor Gradient(IReadOnlyDictionary<LayerName, Tensor> slopes)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Tensor? slope = null;
        for (var n = steps.Count - 1; n >= 0; n--)
        {
            var step = steps[n];
            var type = step.Convolution.Type;
            if (slope is not null && slope.dtype != type)
            {
                Become(slope.to(type));
            }

            if (slopes.TryGetValue(step.Layer, out var own))
            {
                // A copy at first: what comes back is freed, and this is the caller's.
                Become(slope is null ? own.to(type, copy: true) : slope.Accumulate(own));
            }

            if (slope is null)
            {
                continue;
            }

            // A copy where it is a view: its values lie as the map's then.
            if (!slope.permute(0, 2, 3, 1).is_contiguous())
            {
                Become(FeatureNetwork.ChannelsLast(slope));
            }

            step.Rectifier.Pull(slope, team);
            Become(step.Convolution.Adjoint(slope, team, maps));
            if (step.Pooling is { } pooling)
            {
                Become(pooling.Pull(slope, team, maps));
            }
        }

        Dispose();

        // Of three channels: never the pool's.
        return (slope ?? throw new ArgumentException("There is no slope by any of the layers.", nameof(slopes)))
            .contiguous().MoveToOuterDisposeScope();

        void Become(Tensor next)
        {
            if (!ReferenceEquals(next, slope))
            {
                if (slope is not null)
                {
                    maps.Return(slope);
                }

                slope = next;
            }
        }
    }

    /// <summary>Lets go of what the gradient needs.</summary>
    public void Dispose()
    {
        foreach (var step in steps)
        {
            step.Dispose();
        }
    }

    /// <summary>A convolution, its rectifier, and the pooling before it.</summary>
    internal sealed record Step(LayerName Layer, PaddedConvolution Convolution, Rectifier Rectifier, Pooling? Pooling) : IDisposable
    {
        /// <summary>Lets go of what the gradient needs; the convolution is its network's.</summary>
        public void Dispose()
        {
            Rectifier.Dispose();
            Pooling?.Dispose();
        }
    }
}
