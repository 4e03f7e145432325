namespace CnnMrf.Engine.Weights;

/// <summary>What weights learnt from: what is good for one kind is not for another, colour matching for instance.</summary>
public enum WeightsKind
{
    /// <summary>Nothing: they are drawn from a seed.</summary>
    Random,

    /// <summary>Scenes that a program draws: the weights embedded in the engine, and files whose metadata says <c>generator</c>.</summary>
    Own,

    /// <summary>Photographs, as VGG-19, or what nothing is known of.</summary>
    Trained,
}
