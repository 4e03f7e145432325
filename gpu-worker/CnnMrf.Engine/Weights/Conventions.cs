namespace CnnMrf.Engine.Weights;

/// <summary>What a network's first convolution expects.</summary>
public enum InputConvention
{
    /// <summary>RGB, (x/255 − mean)/deviation with ImageNet's mean and deviation.</summary>
    Torchvision,

    /// <summary>BGR, 0 … 255, minus the mean.</summary>
    Caffe,
}

/// <summary>How a network pools 2×2 positions.</summary>
public enum PoolingKind
{
    /// <summary>The largest.</summary>
    Max,

    /// <summary>The mean.</summary>
    Average,
}
