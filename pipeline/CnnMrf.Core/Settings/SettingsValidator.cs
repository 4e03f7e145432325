using System.Globalization;

namespace CnnMrf.Core.Settings;

/// <summary>Ranges of the settings, and what contradicts what.</summary>
public static class SettingsValidator
{
    /// <summary>Greatest long side of a result, px.</summary>
    public const int MaxSize = 8192;

    /// <summary>Most pyramid levels.</summary>
    public const int MaxLevels = 8;

    /// <summary>Checks that a setting has one value for all style pictures, or one for each.</summary>
    /// <param name="field">The setting's JSON name.</param>
    /// <param name="values">The setting.</param>
    /// <param name="count">How many style pictures there are.</param>
    /// <exception cref="SettingsException">It has another number of values.</exception>
    public static void FitsStyles(string field, Values<double> values, int count)
    {
        if (!values.Fits(count))
        {
            throw new SettingsException(field, $"has {values.Count} values for {count} style pictures: give one value, or one a picture");
        }
    }

    /// <summary>Checks everything that can be checked without the pictures.</summary>
    /// <exception cref="SettingsException">Lists all problems at once.</exception>
    public static void Validate(SynthesisSettings s)
    {
        var problems = new List<SettingsProblem>();
        var layers = s.MrfLayers.Count;

        Within("size", s.Size.Width, 32, MaxSize);
        if (s.Size.IsExact)
        {
            Within("size", s.Size.Height, 32, MaxSize);
        }

        Within("levels", s.Levels ?? 1, 1, MaxLevels);
        Each("iterations", s.Iterations, 0, 10_000);
        if (s.Iterations.Count > MaxLevels)
        {
            Add("iterations", $"has {s.Iterations.Count} values; there are at most {MaxLevels} levels");
        }

        Within("levelFactor", s.LevelFactor ?? 2, 1.2, 4);
        Within("coarsestSize", s.CoarsestSize, 16, 4096);
        if (s.CanvasMultiple is not (1 or 2 or 4 or 8 or 16))
        {
            Add("canvasMultiple", $"is {s.CanvasMultiple}; expects 1, 2, 4, 8 or 16");
        }

        if (layers == 0)
        {
            Add("mrfLayers", "names no layer; the MRF needs at least one, e.g. relu3_1:1,relu4_1:1");
        }

        foreach (var repeated in s.MrfLayers.Layers.GroupBy(l => l).Where(g => g.Count() > 1))
        {
            Add("mrfLayers", $"names {repeated.Key} twice");
        }

        foreach (var layer in s.MrfLayers)
        {
            Within("mrfLayers", layer.Weight, 0, 1e12);
        }

        OneALayer("patchSize", s.PatchSize, 9);
        OneALayer("stride", s.Stride, 9);
        OneALayer("matchEvery", s.MatchEvery, 100);
        if (s.StyleStride is { } styleStride)
        {
            OneALayer("styleStride", styleStride, 9);
        }

        if (!LayerName.TryParse(s.ContentLayer, out _))
        {
            Add("contentLayer", $"'{s.ContentLayer}' is no layer of VGG-19: name one like relu4_2");
        }

        Each("contentWeight", s.ContentWeight, 0, 1e12);
        Within("styleWeight", s.StyleWeight, 0, 1e12);
        Each("styleWeights", s.StyleWeights, 0, 1e12);
        if (s.StyleWeights.Count > 0 && s.StyleWeights.All(w => w == 0))
        {
            Add("styleWeights", "are all 0: no style picture is left");
        }

        Each("styleScale", s.StyleScale, 0.1, 8);
        Within("smoothnessWeight", s.SmoothnessWeight, 0, 1e12);
        Within("rotations", s.Rotations, 0, 12);
        Within("rotationStep", s.RotationStep, 0, 90);
        if (s.Rotations * s.RotationStep > 180)
        {
            Add("rotationStep", $"takes {s.Rotations} rotations beyond 180°");
        }

        Within("scales", s.Scales, 0, 10);
        if (s.Scales > 0)
        {
            var (low, high) = s.ScaleSpacing == ScaleSpacing.Linear ? (0.001, 0.95 / s.Scales) : (1.001, Math.Pow(8, 1.0 / s.Scales));
            if (!(s.ScaleStep >= low && s.ScaleStep <= high))
            {
                Add("scaleStep", string.Create(CultureInfo.InvariantCulture,
                    $"is {s.ScaleStep}; {s.Scales} {(s.ScaleSpacing == ScaleSpacing.Linear ? "linear" : "geometric")} "
                    + $"scales need {low:0.###} … {high:0.###}"));
            }
        }

        Each("positionWeight", s.PositionWeight, 0, 1e6);
        Each("guidance", s.Guidance, 0, 8);
        Within("coherence", s.Coherence, 0, 1);
        Within("confidenceThreshold", s.ConfidenceThreshold, -1, 1);
        foreach (var layer in s.InducedLayers)
        {
            Within("inducedLayers", layer.Weight, 0, 1e12);
            if (layers > 0 && layer.Layer.Block > s.MrfLayers.Layers.Min().Block)
            {
                Add("inducedLayers", $"{layer.Layer} is deeper than the shallowest MRF layer, whose matches it would follow");
            }
        }

        Within("tolerance", s.Tolerance, 0, 1);
        Within("history", s.History, 1, 100);
        Within("firstStep", s.FirstStep, 0, 0.5);
        Within("finishFactor", s.FinishFactor, 1, 8);
        if (s.FinishFactor > 1 && s.Finish == Finish.None)
        {
            Add("finishFactor", "is above 1 but finish is none: nothing would enlarge the result; set finish to vote");
        }

        Within("minimumFit", s.MinimumFit, 0, 1);
        if (s.Tileable && s.LevelFactor is not 2 and not null)
        {
            Add("levelFactor", "must be 2 for a tileable texture");
        }

        if (string.IsNullOrWhiteSpace(s.Weights))
        {
            Add("weights", "is empty; expects auto, own, vgg19, random or a file");
        }

        Space("matchSpace", s.MatchSpace);
        Space("pullSpace", s.PullSpace);
        Within("threads", s.Threads ?? 1, 1, 1024);

        if (problems.Count > 0)
        {
            throw new SettingsException(problems);
        }

        void Add(string field, string message) => problems.Add(new(field, message));

        void Within(string field, double value, double low, double high)
        {
            if (!(value >= low && value <= high))
            {
                Add(field, string.Create(CultureInfo.InvariantCulture, $"is {value}; expects {low} … {high}"));
            }
        }

        void Each<T>(string field, Values<T> values, double low, double high)
            where T : struct, IConvertible
        {
            if (values.Count == 0)
            {
                Add(field, "is an empty list");
            }

            foreach (var value in values)
            {
                Within(field, value.ToDouble(CultureInfo.InvariantCulture), low, high);
            }
        }

        void Space(string field, NetworkMix mix)
        {
            foreach (var repeated in mix.GroupBy(share => share.Network).Where(g => g.Count() > 1))
            {
                Add(field, $"names {NetworkMix.Word(repeated.Key)} twice");
            }

            foreach (var share in mix)
            {
                Each(field, share.Weights, 0, 1e6);
                if (share.Weights.Count > MaxLevels)
                {
                    Add(field, $"has {share.Weights.Count} weights of {NetworkMix.Word(share.Network)}; "
                        + $"there are at most {MaxLevels} levels");
                }
            }

            var levels = mix.IsAuto || mix.Any(share => share.Weights.Count == 0) ? 0 : mix.Max(share => share.Weights.Count);
            var left = Enumerable.Range(0, levels).Where(level => mix.All(share => share.At(level) == 0)).Take(1);
            problems.AddRange(left.Select(level => new SettingsProblem(
                field, $"leaves level {level + 1} without a network: all weights there are 0")));
        }

        void OneALayer(string field, Values<int> values, int high)
        {
            Each(field, values, 1, high);
            if (layers > 0 && values.Count > 0 && !values.Fits(layers))
            {
                Add(field, $"has {values.Count} values for {layers} MRF layers: give one, or one a layer");
            }
        }
    }
}
