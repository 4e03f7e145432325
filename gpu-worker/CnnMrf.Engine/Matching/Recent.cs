namespace CnnMrf.Engine.Matching;

/// <summary>What is computed once for something that comes again, and kept as long as not too many others came since.</summary>
/// <typeparam name="T">Owned.</typeparam>
/// <param name="most">How many are kept.</param>
internal sealed class Recent<T>(int most) : IDisposable
    where T : class, IDisposable
{
    private readonly List<T> kept = [];

    /// <summary>Those kept, oldest first.</summary>
    public IReadOnlyList<T> Kept => kept;

    /// <summary>The one that is meant, made if it is not there; the oldest makes room for it.</summary>
    /// <param name="isMeant">Which one.</param>
    /// <param name="make">Makes it.</param>
    public T Get(Predicate<T> isMeant, Func<T> make)
    {
        if (kept.Find(isMeant) is { } known)
        {
            return known;
        }

        if (kept.Count == most)
        {
            kept[0].Dispose();
            kept.RemoveAt(0);
        }

        var made = make();
        kept.Add(made);
        return made;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        kept.ForEach(one => one.Dispose());
        kept.Clear();
    }
}
