using System.CommandLine;
using CnnMrf.Engine.Figures;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>match A B</c></summary>
internal static class MatchCommand
{
    private const int DefaultCount = 4;

    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "match",
            "The paper's neural matching figure: for patches of A the best match in B, by normalised cross-correlation of pixels, relu2_1, "
            + "relu3_1, relu4_1 and relu5_1. Patches are 32 px at every layer, on a lattice of 16 px. Layers that the weights do not reach "
            + "are left out: own ends at relu4_2; weights pull --deepest relu5_1 fetches all of them.",
            "photo.jpg painting.jpg",
            "photo.jpg painting.jpg --at 120,64 --at 300,210 --size 384 -o match.svg -o match.png --json match.json");
        var at = FigureArguments.At("--at", "A query patch, by a place in A in pixels; may be repeated. Default: patches are chosen.");
        var count = new Option<string>("--patches")
        {
            HelpName = "N",
            Description = $"How many patches are chosen, 1…8, default {DefaultCount}.",
        };
        command.Options.Add(at);
        command.Options.Add(count);
        var figure = new FigureArguments(command, "The picture with the query patches.", "The picture that is searched.");
        command.SetAction(parsed =>
        {
            var places = (parsed.GetValue(at) ?? []).Select(p => FigureArguments.Point(p, "--at")).ToArray();
            var patches = FigureArguments.Whole(parsed.GetValue(count), "--patches", 1, 8) ?? DefaultCount;
            using var inputs = figure.Read(parsed, terminal);
            var made = NeuralMatching.Make(inputs.Network, inputs.A, inputs.B, places, patches, inputs.Titles);
            var numbers = FigureFiles.About(inputs.Network, inputs.PathA, inputs.PathB);
            numbers["queries"] = FigureFiles.Node(made.Queries);
            FigureFiles.Write(terminal, inputs.Outputs, made.Sheet, numbers);
            return ExitCode.Done;
        });
        return command;
    }
}
