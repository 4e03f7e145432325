namespace CnnMrf.Training.Evaluation.Correspondence;

/// <summary>Counts how far matches lie from the truth.</summary>
internal sealed class Closeness
{
    private long _all, _one, _two, _four;

    public long Count => _all;

    public double Within1 => Share(_one);

    public double Within2 => Share(_two);

    public double Within4 => Share(_four);

    /// <summary>Counts a match.</summary>
    /// <param name="cells">The greater of its distances along the two axes, in cells of the layer.</param>
    public void Add(double cells)
    {
        _all++;
        _one += cells <= 1 ? 1 : 0;
        _two += cells <= 2 ? 1 : 0;
        _four += cells <= 4 ? 1 : 0;
    }

    public void Add(Closeness other)
    {
        (_all, _one) = (_all + other._all, _one + other._one);
        (_two, _four) = (_two + other._two, _four + other._four);
    }

    // Nothing to count is no success.
    private double Share(long count) => _all == 0 ? 0 : (double)count / _all;
}
