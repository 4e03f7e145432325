using System.CommandLine;
using CnnMrf.Engine.Figures;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>blend A B</c></summary>
internal static class BlendCommand
{
    private const int DefaultIterations = 200;

    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "blend",
            "The paper's neural blending figure: a patch of A and one of B, averaged as pixels and as features of relu2_1, relu3_1, "
            + "relu4_1 and relu5_1; each average of features is made a picture again by optimisation. Patches are 32 px, on a "
            + "lattice of 16 px.",
            "photo.jpg painting.jpg",
            "photo.jpg painting.jpg --at 120,64 --at-b 200,90 --iterations 400 -o blend.svg");
        var at = FigureArguments.At("--at", "The first patch, by a place in A in pixels. Default: one that has a good match in B.");
        var atB = FigureArguments.At("--at-b", "The second patch, by a place in B. Default: the best match of the first at relu4_1.");
        var iterations = new Option<string>("--iterations")
        {
            HelpName = "N",
            Description = $"L-BFGS iterations a layer, 1…10000, default {DefaultIterations}.",
        };
        command.Options.Add(at);
        command.Options.Add(atB);
        command.Options.Add(iterations);
        var figure = new FigureArguments(command, "The picture of the first patch.", "The picture of the second patch.");
        command.SetAction((parsed, cancellation) =>
        {
            var (placeA, placeB) = (One(parsed.GetValue(at), "--at"), One(parsed.GetValue(atB), "--at-b"));
            var steps = FigureArguments.Whole(parsed.GetValue(iterations), "--iterations", 1, 10_000) ?? DefaultIterations;
            using var inputs = figure.Read(parsed, terminal);
            var made = NeuralBlending.Make(inputs.Network, inputs.A, inputs.B, placeA, placeB, steps, inputs.Titles, cancellation);
            var numbers = FigureFiles.About(inputs.Network, inputs.PathA, inputs.PathB);
            numbers["patchA"] = FigureFiles.Node(made.A);
            numbers["patchB"] = FigureFiles.Node(made.B);
            numbers["iterations"] = steps;
            numbers["blends"] = FigureFiles.Node(made.Blends);
            FigureFiles.Write(terminal, inputs.Outputs, made.Sheet, numbers);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static FigurePoint? One(string[]? texts, string option) => texts switch
    {
        null or [] => null,
        [var text] => FigureArguments.Point(text, option),
        _ => throw new UsageException($"{option} is given {texts.Length} times: a blend is of one patch of each picture"),
    };
}
