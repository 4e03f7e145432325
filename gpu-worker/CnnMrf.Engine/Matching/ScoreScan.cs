using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// The pass over correlations: for consecutive candidates it adds up the shifted rows, multiplies by their weights, and keeps the best
/// score with its number, and the second best score, in each of 16 lanes. Sum, normalisation and argmax are one reading of memory.
/// </summary>
internal static unsafe class ScoreScan
{
    /// <summary>Candidates taken at once: their number is a multiple of it.</summary>
    internal const int Step = 64;

    /// <summary>Lanes of a running best.</summary>
    internal const int Lanes = 16;

    /// <summary>Floats that one query's running bests take: scores, second scores and, as integers, numbers.</summary>
    internal const int State = 3 * Lanes;

    /// <summary>What a scan has to know of its query.</summary>
    /// <param name="Scale">The inverse norm.</param>
    /// <param name="X">√λ times the horizontal centre.</param>
    /// <param name="Y">√λ times the vertical centre.</param>
    internal readonly record struct Query(float Scale, float X, float Y);

    /// <summary>What it has to know of the candidates.</summary>
    /// <param name="weight">Preference times inverse norm.</param>
    /// <param name="bias">0, or −∞ where nothing may win.</param>
    /// <param name="x">√λ times the horizontal centres, or null where position does not count.</param>
    /// <param name="y">√λ times the vertical centres.</param>
    internal readonly struct Table(float* weight, float* bias, float* x, float* y)
    {
        internal readonly float* Weight = weight;
        internal readonly float* Bias = bias;
        internal readonly float* X = x;
        internal readonly float* Y = y;
    }

    /// <summary>Empties the running bests of some queries.</summary>
    internal static void Reset(float* state, int queries) => new Span<float>(state, queries * State).Fill(float.NegativeInfinity);

    /// <summary>
    /// Scans candidates <paramref name="from"/> … <paramref name="to"/>, multiples of <see cref="Step"/>. Scores that are −∞ or not a
    /// number never win, and of equals in a lane the first stays.
    /// </summary>
    internal static void Run(float** rows, int count, int from, int to, in Table table, in Query query, float* state)
    {
        if (Vector512.IsHardwareAccelerated) Run512(rows, count, from, to, table, query, state);
        else Run256(rows, count, from, to, table, query, state);
    }

    /// <summary>Lets the running bests of later candidates join those of earlier ones.</summary>
    internal static void Join(float* state, float* later)
    {
        for (var i = 0; i < Lanes; i += 8)
        {
            var (top, laterTop) = (Vector256.Load(state + i), Vector256.Load(later + i));
            var second = Vector256.MaxNative(Vector256.Load(state + Lanes + i), Vector256.Load(later + Lanes + i));
            var better = Vector256.GreaterThan(laterTop, top);
            Vector256.MaxNative(second, Vector256.MinNative(top, laterTop)).Store(state + Lanes + i);
            Vector256.ConditionalSelect(better, laterTop, top).Store(state + i);
            Vector256.ConditionalSelect(
                better, Vector256.Load(later + (2 * Lanes) + i), Vector256.Load(state + (2 * Lanes) + i)).Store(state + (2 * Lanes) + i);
        }
    }

    /// <summary>The best of all lanes (of equals the lowest number), and the second best score.</summary>
    internal static (float Score, int Number, float Second) Reduce(float* state)
    {
        var seconds = state + Lanes;
        var numbers = (int*)(state + (2 * Lanes));
        var winner = 0;
        var second = seconds[0];
        for (var i = 1; i < Lanes; i++)
        {
            var loser = i;
            if (state[i] > state[winner] || (state[i] == state[winner] && numbers[i] < numbers[winner])) (winner, loser) = (i, winner);
            second = Math.Max(second, Math.Max(seconds[i], state[loser]));
        }

        return (state[winner], numbers[winner], second);
    }

    /// <summary>
    /// The first candidates, in ascending order, that score at least the threshold; computed as <see cref="Run"/> does, bit by bit.
    /// </summary>
    /// <returns>How many were written to <paramref name="found"/>, at most its length.</returns>
    internal static int Collect(float** rows, int count, int to, in Table table, in Query query, float threshold, Span<(int, float)> found)
    {
        var least = Vector256.Create(threshold);
        var n = 0;
        for (var start = 0; start < to; start += 8)
        {
            var sum = Vector256.Load(rows[0] + start);
            for (var i = 1; i < count; i++) sum += Vector256.Load(rows[i] + start);
            var score = Score256(sum, table, start, query);
            var bits = Vector256.GreaterThanOrEqual(score, least).ExtractMostSignificantBits();
            for (; bits != 0; bits &= bits - 1)
            {
                if (n == found.Length) return n;
                var lane = BitOperations.TrailingZeroCount(bits);
                found[n++] = (start + lane, score[lane]);
            }
        }

        return n;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run512(float** rows, int count, int from, int to, in Table table, in Query query, float* state)
    {
        var top = Vector512.Load(state);
        var second = Vector512.Load(state + Lanes);
        var topNumber = Vector512.Load((int*)(state + (2 * Lanes)));
        var number = Vector512.Create(from) + Vector512<int>.Indices;
        var advance = Vector512.Create(16);
        for (var n = from; n < to; n += Step)
        {
            var row = rows[0] + n;
            var s0 = Vector512.Load(row);
            var s1 = Vector512.Load(row + 16);
            var s2 = Vector512.Load(row + 32);
            var s3 = Vector512.Load(row + 48);
            for (var i = 1; i < count; i++)
            {
                row = rows[i] + n;
                s0 += Vector512.Load(row);
                s1 += Vector512.Load(row + 16);
                s2 += Vector512.Load(row + 32);
                s3 += Vector512.Load(row + 48);
            }

            Keep512(Score512(s0, table, n, query), ref number, advance, ref top, ref second, ref topNumber);
            Keep512(Score512(s1, table, n + 16, query), ref number, advance, ref top, ref second, ref topNumber);
            Keep512(Score512(s2, table, n + 32, query), ref number, advance, ref top, ref second, ref topNumber);
            Keep512(Score512(s3, table, n + 48, query), ref number, advance, ref top, ref second, ref topNumber);
        }

        top.Store(state);
        second.Store(state + Lanes);
        topNumber.Store((int*)(state + (2 * Lanes)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run256(float** rows, int count, int from, int to, in Table table, in Query query, float* state)
    {
        // Lanes 0 … 7 and 8 … 15, so that the result is the one of wide vectors.
        var topA = Vector256.Load(state);
        var topB = Vector256.Load(state + 8);
        var secondA = Vector256.Load(state + Lanes);
        var secondB = Vector256.Load(state + Lanes + 8);
        var numbers = (int*)(state + (2 * Lanes));
        var numberA = Vector256.Load(numbers);
        var numberB = Vector256.Load(numbers + 8);
        var number = Vector256.Create(from) + Vector256<int>.Indices;
        var advance = Vector256.Create(8);
        for (var n = from; n < to; n += 32)
        {
            var row = rows[0] + n;
            var s0 = Vector256.Load(row);
            var s1 = Vector256.Load(row + 8);
            var s2 = Vector256.Load(row + 16);
            var s3 = Vector256.Load(row + 24);
            for (var i = 1; i < count; i++)
            {
                row = rows[i] + n;
                s0 += Vector256.Load(row);
                s1 += Vector256.Load(row + 8);
                s2 += Vector256.Load(row + 16);
                s3 += Vector256.Load(row + 24);
            }

            Keep256(Score256(s0, table, n, query), ref number, advance, ref topA, ref secondA, ref numberA);
            Keep256(Score256(s1, table, n + 8, query), ref number, advance, ref topB, ref secondB, ref numberB);
            Keep256(Score256(s2, table, n + 16, query), ref number, advance, ref topA, ref secondA, ref numberA);
            Keep256(Score256(s3, table, n + 24, query), ref number, advance, ref topB, ref secondB, ref numberB);
        }

        topA.Store(state);
        topB.Store(state + 8);
        secondA.Store(state + Lanes);
        secondB.Store(state + Lanes + 8);
        numberA.Store(numbers);
        numberB.Store(numbers + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Score512(Vector512<float> sum, in Table table, int n, in Query query)
    {
        var score = Vector512.FusedMultiplyAdd(
            sum * Vector512.Create(query.Scale), Vector512.Load(table.Weight + n), Vector512.Load(table.Bias + n));
        if (table.X == null) return score;
        var dx = Vector512.Load(table.X + n) - Vector512.Create(query.X);
        var dy = Vector512.Load(table.Y + n) - Vector512.Create(query.Y);
        return score - ((dx * dx) + (dy * dy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Score256(Vector256<float> sum, in Table table, int n, in Query query)
    {
        var score = Vector256.FusedMultiplyAdd(
            sum * Vector256.Create(query.Scale), Vector256.Load(table.Weight + n), Vector256.Load(table.Bias + n));
        if (table.X == null) return score;
        var dx = Vector256.Load(table.X + n) - Vector256.Create(query.X);
        var dy = Vector256.Load(table.Y + n) - Vector256.Create(query.Y);
        return score - ((dx * dx) + (dy * dy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep512(
        Vector512<float> score, ref Vector512<int> number, Vector512<int> advance,
        ref Vector512<float> top, ref Vector512<float> second, ref Vector512<int> topNumber)
    {
        second = Vector512.MaxNative(Vector512.MinNative(score, top), second);
        var better = Vector512.GreaterThan(score, top);
        top = Vector512.ConditionalSelect(better, score, top);
        topNumber = Vector512.ConditionalSelect(better.AsInt32(), number, topNumber);
        number += advance;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep256(
        Vector256<float> score, ref Vector256<int> number, Vector256<int> advance,
        ref Vector256<float> top, ref Vector256<float> second, ref Vector256<int> topNumber)
    {
        second = Vector256.MaxNative(Vector256.MinNative(score, top), second);
        var better = Vector256.GreaterThan(score, top);
        top = Vector256.ConditionalSelect(better, score, top);
        topNumber = Vector256.ConditionalSelect(better.AsInt32(), number, topNumber);
        number += advance;
    }
}
