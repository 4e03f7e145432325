using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Weights;

/// <summary>What is known of a weights file beside its content.</summary>
public sealed record WeightsOptions
{
    /// <summary>The input convention, for a file whose metadata lacks it. A contradiction with the metadata is refused.</summary>
    public InputConvention? Input { get; init; }

    /// <summary>The pooling, for a file whose metadata lacks it. A contradiction with the metadata is refused.</summary>
    public PoolingKind? Pooling { get; init; }

    /// <summary>The deepest layer wanted: nothing deeper is read, and a file that ends before it is refused. Null: all there is.</summary>
    public VggLayer? Deepest { get; init; }
}
