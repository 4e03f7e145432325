using System.Runtime.InteropServices;

namespace CnnMrf.Engine.Native;

/// <summary>
/// Work in pieces as large as memory allows: libtorch does not tell how much a device still has, but it says when there is not enough, and
/// has given back by then what it kept for later.
/// </summary>
internal static class Pieces
{
    /// <summary>Does some work piece after piece. Where memory runs out, the piece is done again in halves, and so are those after it.</summary>
    /// <param name="total">Units of work.</param>
    /// <param name="atOnce">Units in a piece at first, 1 or more.</param>
    /// <param name="piece">Does the units from one on, so many; what it leaves behind when it fails has to be nothing.</param>
    /// <returns>Units in a piece at last.</returns>
    /// <exception cref="ExternalException">Memory does not suffice for a single unit, or something else went wrong.</exception>
    internal static int Run(int total, int atOnce, Action<int, int> piece)
    {
        for (var start = 0; start < total;)
        {
            var count = Math.Min(atOnce, total - start);
            try
            {
                piece(start, count);
                start += count;
            }
            catch (ExternalException e) when (count > 1 && NativeMemory.IsLacking(e))
            {
                atOnce = (count + 1) / 2;
            }
        }

        return atOnce;
    }
}
