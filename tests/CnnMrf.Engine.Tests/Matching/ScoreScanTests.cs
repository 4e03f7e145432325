using CnnMrf.Engine.Matching;

namespace CnnMrf.Engine.Tests.Matching;

public sealed unsafe class ScoreScanTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Both_widths_of_vectors_find_what_a_loop_finds(bool positions)
    {
        const int Rows = 5, From = 64, To = 256;
        var random = new Random(1);
        var values = Enumerable.Range(0, Rows * (To + 7)).Select(_ => (float)random.Next(-3, 4)).ToArray();
        var weight = Enumerable.Range(0, To).Select(_ => MathF.ScaleB(1, random.Next(0, 3))).ToArray();
        var bias = Enumerable.Range(0, To).Select(n => n % 3 == 0 ? float.NegativeInfinity : 0).ToArray();
        var x = Enumerable.Range(0, To).Select(_ => (float)random.Next(0, 4)).ToArray();
        var y = Enumerable.Range(0, To).Select(_ => (float)random.Next(0, 4)).ToArray();
        values[100] = float.NaN;
        fixed (float* v = values, w = weight, b = bias, px = x, py = y)
        {
            var rows = stackalloc float*[Rows];
            for (var i = 0; i < Rows; i++) rows[i] = v + (i * To) + i;
            var table = positions ? new ScoreScan.Table(w, b, px, py) : new ScoreScan.Table(w, b, null, null);
            var query = new ScoreScan.Query(2, 1, 2);
            var scores = new List<(int Number, float Score)>();
            for (var n = From; n < To; n++)
            {
                var sum = 0f;
                for (var i = 0; i < Rows; i++) sum += rows[i][n];
                var score = (sum * 2 * w[n]) + b[n];
                if (positions) score -= ((px[n] - 1) * (px[n] - 1)) + ((py[n] - 2) * (py[n] - 2));
                if (score > float.NegativeInfinity) scores.Add((n, score));
            }

            var best = scores.MaxBy(p => p.Score);
            var expected = (best.Score, best.Number, scores.Where(p => p != best).Max(p => p.Score));
            var state = stackalloc float[ScoreScan.State];
            ScoreScan.Reset(state, 1);
            ScoreScan.Run512(rows, Rows, From, To, table, query, state);
            Assert.Equal(expected, ScoreScan.Reduce(state));
            ScoreScan.Reset(state, 1);
            ScoreScan.Run256(rows, Rows, From, To, table, query, state);
            Assert.Equal(expected, ScoreScan.Reduce(state));

            var found = new (int, float)[8];
            var threshold = scores.Select(p => p.Score).Order().ElementAt(scores.Count - 6);
            var near = scores.Where(p => p.Score >= threshold).Take(8).ToArray();
            new Span<float>(b, From).Fill(float.NegativeInfinity);
            Assert.Equal(near.Length, ScoreScan.Collect(rows, Rows, To, table, query, threshold, found));
            Assert.Equal(near, found[..near.Length]);
        }
    }

    [Theory]
    [InlineData(94, 96, 2, 94, 96, 2, 1, 2)]
    [InlineData(47, 48, 1, 47, 48, 1, 4, 2)]
    [InlineData(94, 96, 2, 94, 96, 2, 1, 16)]
    [InlineData(250, 256, 2, 250, 256, 2, 1, 2)]
    [InlineData(1, 1, 0, 1, 1, 0, 1, 8)]
    [InlineData(5, 13, 8, 5, 13, 8, 1, 2)]
    public void A_plan_keeps_to_its_memory_and_keeps_what_the_next_band_needs(
        int queryRows, int queryWidth, int queryHalo, int styleRows, int styleWidth, int styleHalo, int pairs, int threads)
    {
        const long Floats = FusedMatcher.DefaultMemory / sizeof(float);
        var plan = BandPlan.Choose(queryRows, queryWidth, queryHalo, styleRows, styleWidth, styleHalo, pairs, threads, Floats);
        var block = (styleRows + plan.Blocks - 1) / plan.Blocks;
        var row = pairs * queryWidth * BandPlan.RowStride((long)(block + styleHalo) * styleWidth);
        Assert.InRange((long)plan.Band * plan.Bands * row, 1, Floats / threads);
        Assert.True((plan.Bands - 1) * plan.Band >= queryHalo);
    }
}
