using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>What a scan has to know of consecutive style patches; between them and after them are places that never win.</summary>
internal sealed unsafe class Candidates : IDisposable
{
    private readonly FloatBuffer memory = new();
    private int[] numbers = [];
    private int room;
    private bool placed;

    private float* Weight => memory.Pointer;

    private float* X => memory.Pointer + room;

    private float* Y => memory.Pointer + (2L * room);

    /// <summary>Classes that queries have: each has a bias of its own.</summary>
    internal int Classes { get; set; } = 1;

    /// <summary>Places, a multiple of <see cref="ScoreScan.Step"/>.</summary>
    internal int Count { get; private set; }

    /// <summary>The places as a scan of a query of some class wants them.</summary>
    internal ScoreScan.Table Table(int label) => placed ? new(Weight, Bias(label), X, Y) : new(Weight, Bias(label), null, null);

    /// <summary>Number in the pool of the patch at a place.</summary>
    internal int Number(int place) => numbers[place];

    /// <summary>The patches on the lattice in rows <paramref name="from"/> … <paramref name="to"/>, in the lattice's own width.</summary>
    internal void Lattice(StyleMap map, PhaseMap phases, int from, int to, float rootWeight)
    {
        Begin((to - from) * phases.Columns, rootWeight);
        for (var row = from; row < to; row++)
        {
            var place = (row - from) * phases.Columns;
            for (var column = 0; column < phases.PatchColumns; column++) Set(place + column, map, phases.Patch(row, column), rootWeight);
        }
    }

    /// <summary>The patches off the lattice.</summary>
    internal void Strip(StyleMap map, PhaseMap phases, float rootWeight)
    {
        Begin(phases.Strip.Length, rootWeight);
        for (var i = 0; i < phases.Strip.Length; i++) Set(i, map, phases.Strip[i], rootWeight);
    }

    public void Dispose() => memory.Dispose();

    private float* Bias(int label) => memory.Pointer + ((3L + label) * room);

    private void Begin(int places, float rootWeight)
    {
        placed = rootWeight > 0;
        Count = (places + ScoreScan.Step - 1) / ScoreScan.Step * ScoreScan.Step;
        if (Count > room)
        {
            room = Count;
            numbers = new int[room];
        }

        memory.Ensure((3L + Classes) * room);
        new Span<float>(Weight, Count).Clear();
        for (var label = 0; label < Classes; label++) new Span<float>(Bias(label), Count).Fill(float.NegativeInfinity);
        if (!placed) return;
        new Span<float>(X, Count).Clear();
        new Span<float>(Y, Count).Clear();
    }

    private void Set(int place, StyleMap map, int patch, float rootWeight)
    {
        numbers[place] = map.FirstIndex + patch;
        var weight = (float)map.Weight(patch);
        if (weight == 0) return;
        Weight[place] = weight;
        for (var label = 0; label < Classes; label++)
        {
            if (map.Offers(patch, label)) Bias(label)[place] = 0;
        }

        if (!placed) return;
        var (x, y) = map.Grid.Centre(patch);
        X[place] = (float)(rootWeight * x);
        Y[place] = (float)(rootWeight * y);
    }
}
