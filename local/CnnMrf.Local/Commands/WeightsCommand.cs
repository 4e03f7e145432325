using System.CommandLine;
using CnnMrf.Local.Display;

namespace CnnMrf.Local.Commands;

/// <summary><c>weights pull | import | show</c></summary>
internal static class WeightsCommand
{
    internal static Command Create(Terminal terminal) => new(
        "weights", "Weights of the feature network: fetch, bring in, list, describe.")
    {
        WeightsPullCommand.Create(terminal),
        WeightsImportCommand.Create(terminal),
        WeightsShowCommand.Create(terminal),
    };
}
