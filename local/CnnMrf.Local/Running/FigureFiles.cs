using System.Text.Json;
using System.Text.Json.Nodes;
using CnnMrf.Core.Figures;
using CnnMrf.Engine.Figures;
using CnnMrf.Local.Display;

namespace CnnMrf.Local.Running;

/// <summary>Writes a figure and its numbers.</summary>
internal static class FigureFiles
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes them and says where.</summary>
    internal static void Write(Terminal terminal, (IReadOnlyList<string> Sheets, string Json) outputs, Sheet sheet, JsonObject numbers)
    {
        foreach (var path in outputs.Sheets)
        {
            OutputFiles.Write(path, sheet);
        }

        var json = numbers.ToJsonString(Options);
        if (outputs.Json == "-")
        {
            terminal.Out.WriteLine(json);
            return;
        }

        OutputFiles.Write(outputs.Json, json);
        foreach (var path in outputs.Sheets.Append(outputs.Json))
        {
            terminal.Out.WriteLine(path);
        }
    }

    /// <summary>What every figure says of itself.</summary>
    internal static JsonObject About(FigureNetwork network, string a, string b) => new()
    {
        ["a"] = a,
        ["b"] = b,
        ["weights"] = network.WeightsName,
        ["weightsWhy"] = network.WeightsWhy,
        ["footprint"] = FigureLayer.Footprint,
        ["layers"] = new JsonArray([.. network.Layers.Select(l => JsonValue.Create(l.Name))]),
        ["leftOut"] = new JsonArray([.. network.Missing.Select(l => JsonValue.Create(l.Name))]),
    };

    /// <summary>A value as JSON.</summary>
    internal static JsonNode? Node<T>(T value) => JsonSerializer.SerializeToNode(value, Options);
}
