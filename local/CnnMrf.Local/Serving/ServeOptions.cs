namespace CnnMrf.Local.Serving;

/// <summary>What <c>serve</c> was asked for.</summary>
/// <param name="Place">Where everything is kept.</param>
/// <param name="Urls">Where it listens.</param>
/// <param name="AllowedHosts">Names of hosts that requests may be for, besides those that are safe anyway.</param>
/// <param name="Workers">Levels computed at once in this process; 0: only the front.</param>
/// <param name="Threads">Threads of a level whose settings name no number; null: the cores, shared by the workers.</param>
/// <param name="Batches">When batches are taken up.</param>
internal sealed record ServeOptions(
    Place Place, IReadOnlyList<string> Urls, IReadOnlyList<string> AllowedHosts, int Workers, int? Threads, BatchTimes Batches);
