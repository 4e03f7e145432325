using System.CommandLine;
using CnnMrf.Local.Display;
using CnnMrf.Local.Running;
using CnnMrf.Training;
using CnnMrf.Training.Looks;

namespace CnnMrf.Local.Commands;

/// <summary><c>train draw KIND</c></summary>
internal static class TrainDrawCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "draw",
            "Draws a scene as training does: pictures of one kind to try things on, with nothing downloaded.",
            "car",
            "car --seed 3 --look painting --size 512 -o car.png");
        var kinds = OwnTraining.Kinds.All.Select(k => k.Name).ToArray();
        var kind = new Argument<string>("KIND") { HelpName = "KIND", Description = string.Join(", ", kinds) + "." };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Which individual.", DefaultValueFactory = _ => 1 };
        var look = new Option<LookKind>("--look") { HelpName = "photo|cartoon|painting|any", Description = "How it looks." };
        var size = new Option<int>("--size")
        {
            HelpName = "PX",
            Description = $"Its side, {OwnTraining.LeastSide} … {OwnTraining.GreatestSide}.",
            DefaultValueFactory = _ => 384,
        };
        var output = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "The picture; KIND.png if not given." };
        command.Arguments.Add(kind);
        foreach (var option in new Option[] { seed, look, size, output })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) =>
        {
            var name = parsed.GetValue(kind)!;
            if (!kinds.Contains(name))
            {
                throw new UsageException($"there is no kind '{name}'; take one of {string.Join(", ", kinds)}");
            }

            var side = parsed.GetValue(size);
            if (side is < OwnTraining.LeastSide or > OwnTraining.GreatestSide)
            {
                throw new UsageException($"--size {side}: must be {OwnTraining.LeastSide} … {OwnTraining.GreatestSide}");
            }

            var target = parsed.GetValue(output) ?? $"{name}.png";
            OutputFiles.CheckPicture(target, "--output", drawing: false, []);
            OutputFiles.Write(target, OwnTraining.Draw(name, parsed.GetValue(seed), parsed.GetValue(look), side));
            terminal.Out.WriteLine(target);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
