using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// The pass over correlations: for consecutive candidates it adds up the shifted rows, multiplies by their weights, and keeps the best
/// score with its number in each of 16 lanes. Sum, normalisation and argmax are one reading of memory.
/// </summary>
internal static unsafe class ScoreScan
{
    /// <summary>Candidates taken at once: their number is a multiple of it.</summary>
    internal const int Step = 64;

    /// <summary>Lanes of a running best.</summary>
    internal const int Lanes = 16;

    /// <summary>One query's side of the position term; without <see cref="X"/> there is none.</summary>
    /// <param name="X">√λ times the candidates' horizontal centres, or null.</param>
    /// <param name="Y">√λ times their vertical centres.</param>
    /// <param name="QueryX">√λ times the query's horizontal centre.</param>
    /// <param name="QueryY">√λ times its vertical centre.</param>
    /// <param name="Scale">The query's inverse norm.</param>
    internal readonly record struct Position(nint X, nint Y, float QueryX, float QueryY, float Scale);

    /// <summary>Empties the running bests of some queries.</summary>
    internal static void Reset(float* best, int* index, int queries)
    {
        new Span<float>(best, queries * Lanes).Fill(float.NegativeInfinity);
        new Span<int>(index, queries * Lanes).Clear();
    }

    /// <summary>
    /// Scans candidates <paramref name="from"/> … <paramref name="to"/>, multiples of <see cref="Step"/>. Scores that are −∞ or not a number
    /// never win, and of equals in a lane the first stays.
    /// </summary>
    internal static void Run(
        float** rows, int count, int from, int to, float* weight, float* bias, in Position position, float* best, int* index)
    {
        if (Vector512.IsHardwareAccelerated) Run512(rows, count, from, to, weight, bias, position, best, index);
        else Run256(rows, count, from, to, weight, bias, position, best, index);
    }

    /// <summary>The best of all lanes; of equals the lowest number.</summary>
    internal static (float Score, int Index) Reduce(float* best, int* index)
    {
        var (score, number) = (best[0], index[0]);
        for (var i = 1; i < Lanes; i++)
        {
            if (best[i] > score || (best[i] == score && index[i] < number)) (score, number) = (best[i], index[i]);
        }

        return (score, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run512(
        float** rows, int count, int from, int to, float* weight, float* bias, in Position position, float* best, int* index)
    {
        var top = Vector512.Load(best);
        var topNumber = Vector512.Load(index);
        var number = Vector512.Create(from) + Vector512<int>.Indices;
        var advance = Vector512.Create(16);
        var x = (float*)position.X;
        var y = (float*)position.Y;
        var queryX = Vector512.Create(position.QueryX);
        var queryY = Vector512.Create(position.QueryY);
        var scale = Vector512.Create(position.Scale);
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

            var w = weight + n;
            var b = bias + n;
            if (x == null)
            {
                s0 = Vector512.FusedMultiplyAdd(s0, Vector512.Load(w), Vector512.Load(b));
                s1 = Vector512.FusedMultiplyAdd(s1, Vector512.Load(w + 16), Vector512.Load(b + 16));
                s2 = Vector512.FusedMultiplyAdd(s2, Vector512.Load(w + 32), Vector512.Load(b + 32));
                s3 = Vector512.FusedMultiplyAdd(s3, Vector512.Load(w + 48), Vector512.Load(b + 48));
            }
            else
            {
                s0 = Placed512(s0, w, b, x + n, y + n, queryX, queryY, scale);
                s1 = Placed512(s1, w + 16, b + 16, x + n + 16, y + n + 16, queryX, queryY, scale);
                s2 = Placed512(s2, w + 32, b + 32, x + n + 32, y + n + 32, queryX, queryY, scale);
                s3 = Placed512(s3, w + 48, b + 48, x + n + 48, y + n + 48, queryX, queryY, scale);
            }

            Keep512(s0, number, ref top, ref topNumber);
            number += advance;
            Keep512(s1, number, ref top, ref topNumber);
            number += advance;
            Keep512(s2, number, ref top, ref topNumber);
            number += advance;
            Keep512(s3, number, ref top, ref topNumber);
            number += advance;
        }

        top.Store(best);
        topNumber.Store(index);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run256(
        float** rows, int count, int from, int to, float* weight, float* bias, in Position position, float* best, int* index)
    {
        var topA = Vector256.Load(best);
        var topB = Vector256.Load(best + 8);
        var numberA = Vector256.Load(index);
        var numberB = Vector256.Load(index + 8);
        var number = Vector256.Create(from) + Vector256<int>.Indices;
        var advance = Vector256.Create(8);
        var x = (float*)position.X;
        var y = (float*)position.Y;
        var queryX = Vector256.Create(position.QueryX);
        var queryY = Vector256.Create(position.QueryY);
        var scale = Vector256.Create(position.Scale);
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

            var w = weight + n;
            var b = bias + n;
            if (x == null)
            {
                s0 = Vector256.FusedMultiplyAdd(s0, Vector256.Load(w), Vector256.Load(b));
                s1 = Vector256.FusedMultiplyAdd(s1, Vector256.Load(w + 8), Vector256.Load(b + 8));
                s2 = Vector256.FusedMultiplyAdd(s2, Vector256.Load(w + 16), Vector256.Load(b + 16));
                s3 = Vector256.FusedMultiplyAdd(s3, Vector256.Load(w + 24), Vector256.Load(b + 24));
            }
            else
            {
                s0 = Placed256(s0, w, b, x + n, y + n, queryX, queryY, scale);
                s1 = Placed256(s1, w + 8, b + 8, x + n + 8, y + n + 8, queryX, queryY, scale);
                s2 = Placed256(s2, w + 16, b + 16, x + n + 16, y + n + 16, queryX, queryY, scale);
                s3 = Placed256(s3, w + 24, b + 24, x + n + 24, y + n + 24, queryX, queryY, scale);
            }

            Keep256(s0, number, ref topA, ref numberA);
            number += advance;
            Keep256(s1, number, ref topB, ref numberB);
            number += advance;
            Keep256(s2, number, ref topA, ref numberA);
            number += advance;
            Keep256(s3, number, ref topB, ref numberB);
            number += advance;
        }

        topA.Store(best);
        topB.Store(best + 8);
        numberA.Store(index);
        numberB.Store(index + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Placed512(
        Vector512<float> sum, float* w, float* b, float* x, float* y, Vector512<float> queryX, Vector512<float> queryY, Vector512<float> scale)
    {
        var dx = Vector512.Load(x) - queryX;
        var dy = Vector512.Load(y) - queryY;
        return Vector512.FusedMultiplyAdd(sum * scale, Vector512.Load(w), Vector512.Load(b)) - ((dx * dx) + (dy * dy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Placed256(
        Vector256<float> sum, float* w, float* b, float* x, float* y, Vector256<float> queryX, Vector256<float> queryY, Vector256<float> scale)
    {
        var dx = Vector256.Load(x) - queryX;
        var dy = Vector256.Load(y) - queryY;
        return Vector256.FusedMultiplyAdd(sum * scale, Vector256.Load(w), Vector256.Load(b)) - ((dx * dx) + (dy * dy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep512(Vector512<float> score, Vector512<int> number, ref Vector512<float> top, ref Vector512<int> topNumber)
    {
        var better = Vector512.GreaterThan(score, top);
        top = Vector512.ConditionalSelect(better, score, top);
        topNumber = Vector512.ConditionalSelect(better.AsInt32(), number, topNumber);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep256(Vector256<float> score, Vector256<int> number, ref Vector256<float> top, ref Vector256<int> topNumber)
    {
        var better = Vector256.GreaterThan(score, top);
        top = Vector256.ConditionalSelect(better, score, top);
        topNumber = Vector256.ConditionalSelect(better.AsInt32(), number, topNumber);
    }
}
