using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Styles;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>
/// One level with everything computed that stays the same over its iterations: style features, content features, the energy.
/// </summary>
internal sealed class LevelProblem : IDisposable
{
    private readonly StyleFeatures _styles;
    private readonly IPatchMatcher _matcher;

    public LevelProblem(
        EngineContext context, SpacePair spaces, SynthesisSettings settings, LevelPlan level,
        SynthesisInput prepared, int? leastCopy = null, IPatchMatcher? matcher = null)
    {
        var (styles, content, labels) = (prepared.Styles, prepared.Content, prepared.Labels);
        using var scope = NewDisposeScope();
        (Level, Settings) = (level, settings);
        var scaled = styles.Select((s, i) => !settings.TakesPart(i) ? null : spaces.Input.FromPicture(
            s.Resize(level.Styles[i].Width, level.Styles[i].Height), context.Type, context.Device)).ToArray();
        _styles = new(spaces, settings, scaled, MatchLayer.Of(settings), labels, leastCopy, prepared.Mirrored);
        _matcher = PatchMatchers.Searching(
            settings.Search, matcher ?? PatchMatchers.ForLevel(context.Type, context.Device, context.Threads), context.Threads);
        var canvas = content is null ? null : OnCanvas(
            spaces.Input.FromPicture(content.Resize(level.Size.Width, level.Size.Height), context.Type, context.Device), level.Canvas);
        var positionWeight = settings.PositionBy == PositionReference.Place || prepared.Places is not null ? level.PositionWeight : 0;
        Energy = new(settings, _styles, canvas, level.ContentWeight, positionWeight, _matcher, context.Threads, level.Guidance,
            labels is null ? null : new(labels.Content, level.Size),
            prepared.Places?.On(level.Size, level.Canvas));
    }

    /// <summary>
    /// As much of a level as its matches at the shallowest MRF layer need: what the hand-over to the next level asks for when only the
    /// level's result is at hand. They are those of the whole problem, bit for bit.
    /// </summary>
    public static LevelProblem ForMatches(
        EngineContext context, SpacePair spaces, SynthesisSettings settings, LevelPlan level, SynthesisInput prepared)
    {
        var guide = MatchLayer.Of(settings).MinBy(m => m.Layer)!;
        return new(context, new(spaces.Match, spaces.Match, spaces.Input), settings with
        {
            MrfLayers = new(new LayerWeight(guide.Layer, 1)),
            PatchSize = [guide.PatchSize],
            Stride = [guide.Stride],
            StyleStride = [guide.StyleStride],
            InducedLayers = LayerWeights.None,
            // Nothing is pulled: no deeper layer, and no variance.
            ContentLayer = guide.Layer.ToString(),
            Objective = ObjectiveKind.Sum,
        }, level, prepared, PyramidPlan.LeastSide(settings), PatchMatchers.For(context.Type, context.Device, context.Threads));
    }

    public LevelPlan Level { get; }

    public SynthesisSettings Settings { get; }

    public LevelEnergy Energy { get; }

    public StyleFeatures Styles => _styles;

    /// <summary>Extends a picture [1, 3, h, w] to the canvas: reflected to the right and below.</summary>
    public static Tensor OnCanvas(Tensor picture, PixelSize canvas)
    {
        var (right, below) = (canvas.Width - picture.shape[3], canvas.Height - picture.shape[2]);
        if (right == 0 && below == 0)
        {
            return picture;
        }

        var mode = right < picture.shape[3] && below < picture.shape[2] ? PaddingModes.Reflect : PaddingModes.Replicate;
        return nn.functional.pad(picture, [0, right, 0, below], mode);
    }

    public void Dispose()
    {
        Energy.Dispose();
        _styles.Dispose();
        _matcher.Dispose();
        NativeHeap.LevelDone();
    }
}
