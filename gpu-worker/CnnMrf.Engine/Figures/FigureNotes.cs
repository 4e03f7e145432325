namespace CnnMrf.Engine.Figures;

/// <summary>What figures say of themselves.</summary>
internal static class FigureNotes
{
    public const string Footprint =
        "Every patch is 32×32 px; k is its side in cells of the layer. Pixels are compared without the mean colour, as the network "
        + "reads them.";

    public static string Missing(FigureNetwork network) => network.Missing.Count == 0 ? ""
        : $" {string.Join(" and ", network.Missing.Select(l => l.Name))} {(network.Missing.Count == 1 ? "is" : "are")} left out: "
            + $"the weights {network.WeightsName} end before. VGG-19 has it: cnnmrf weights pull --deepest {network.Missing[^1].Name}.";
}
