using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Energies;

/// <summary>The pull of a GPU, computed on the CPU by the same operations, beside the CPU's own.</summary>
public sealed class TensorPullTests
{
    [Fact]
    public void Energies_and_gradients_are_those_of_the_loops()
    {
        var cases =
            from seed in Gen.Choose(0, 1_000_000)
            from size in Gen.Choose(1, 3)
            from stride in Gen.Choose(1, 3)
            from side in Gen.Choose(size, size + 7).Two()
            from zoom in Gen.Choose(1, 2)
            from wraps in ArbMap.Default.GeneratorFor<bool>()
            from averaged in ArbMap.Default.GeneratorFor<bool>()
            from threshold in Gen.Elements(-1.0, 0.5, 2.0)
            select (seed, size, stride, side, zoom, wraps, averaged, threshold);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            using var scope = NewDisposeScope();
            var random = new Random(one.seed);
            var (height, width) = one.side;
            var grid = PatchGrid.Create(height, width, one.size, one.stride, one.wraps);
            using var pool = new StylePool([Style(5, 7), Style(6, 4)]);
            int[] index = [.. Enumerable.Range(0, grid.Count).Select(_ => random.Next(pool.PatchCount))];
            var field = new PatchField(grid, index, [.. index.Select(_ => random.NextSingle())]);
            using var query = Map(height * one.zoom, width * one.zoom);
            FeatureMap[] styles = [Map(5 * one.zoom, 7 * one.zoom), Map(6 * one.zoom, 4 * one.zoom)];
            using var pull = new PatchPull(grid, query.Height, query.Width, one.zoom);
            foreach (var threshold in new[] { -1, one.threshold, 0 })
            {
                // What was laid out the first time is used again.
                var loops = pull.Evaluate(query, styles, pool, field, one.averaged, threshold, 2);
                var tensors = pull.EvaluateByTensors(query, styles, pool, field, one.averaged, threshold);
                Assert.Equal(loops.Raw, tensors.Raw, 1e-9);
                Assert.Equal(loops.Averaged, tensors.Averaged, 1e-9);
                Assert.True((loops.Gradient - tensors.Gradient).abs().max().item<double>() < 1e-12);
            }

            Array.ForEach(styles, s => s.Dispose());

            FeatureMap Map(int h, int w) => new(tensor(Enumerable.Range(0, h * w * 3).Select(_ => random.NextDouble()).ToArray()).view(h, w, 3));

            StyleMap Style(int h, int w)
            {
                var map = Map(h, w);
                return new(map, map.Grid(one.size, 1));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }
}
