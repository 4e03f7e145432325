using CnnMrf.Core.Settings;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Engine.Synthesis;

/// <summary>What <c>auto</c> means for <c>matchSpace</c> and <c>pullSpace</c>: decided here alone.</summary>
internal static class AutomaticSpaces
{
    // Our own features know what a thing is and little of its colour: narrow random ones beside them know colour and place.
    private static readonly NetworkMix OwnMatch = NetworkMix.Parse("weights,narrow");

    // As a space to pull in they leave fringes of colour: most of the pull is that of random features. At full width these make no
    // better picture, in twice the time.
    private static readonly NetworkMix OwnPull = NetworkMix.Parse("weights,narrow:2/3/4/6");

    /// <summary>The spaces of a preset with weights of a kind. The published presets match and pull in one network, as published.</summary>
    public static (NetworkMix Match, NetworkMix Pull) For(Preset preset, WeightsKind weights) =>
        preset == Preset.Balanced && weights == WeightsKind.Own ? (OwnMatch, OwnPull) : (NetworkMix.Weights, NetworkMix.Weights);
}
