using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>weights show [own|vgg19|FILE]</c></summary>
internal static class WeightsShowCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand("show", "Lists the weights that there are, or describes some.", "", "own", "mine.safetensors");
        var name = new Argument<string?>("WEIGHTS")
        {
            HelpName = "own|vgg19|FILE",
            Description = "What to describe; without it, what there is.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Arguments.Add(name);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(name) is { } chosen)
            {
                Describe(terminal.Out, Find(chosen));
            }
            else
            {
                List(terminal.Out, WeightsStore.ForUser());
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static WeightsDescription Find(string name)
    {
        if (name == OwnWeights.Name)
        {
            return WeightsDescription.Of(OwnWeights.Load(), null);
        }

        if (name == "vgg19")
        {
            var store = WeightsStore.ForUser();
            return WeightsStore.Describe(store.Find()
                ?? throw new UsageException($"vgg19 has not been fetched yet ({store.VggPath}); run: cnnmrf weights pull"));
        }

        InputFiles.CheckExists(name, "weights file");
        return WeightsStore.Describe(name);
    }

    private static void Describe(TextWriter writer, WeightsDescription about)
    {
        (string Name, string? Value)[] rows =
        [
            ("name", about.Name),
            ("file", about.Path ?? "embedded in this program"),
            ("deepest", about.Deepest.Name),
            ("widths", string.Join(' ', about.Widths)),
            ("input", Word(about.Input)),
            ("pooling", Word(about.Pooling)),
            ("padding", Word(about.Padding)),
            ("source", about.Source),
            ("revision", about.Revision),
            .. about.Notes.Select(n => (n.Key, (string?)n.Value)),
            ("bytes", about.Size.ToString(CultureInfo.InvariantCulture)),
            ("sha256", about.Sha256),
        ];
        var width = Math.Max(10, rows.Max(r => r.Name.Length) + 2);
        foreach (var (name, value) in rows.Where(r => r.Value is not null))
        {
            writer.WriteLine($"{name.PadRight(width)}{value}");
        }
    }

    private static void List(TextWriter writer, WeightsStore store)
    {
        var pulled = store.Find();
        Row("own", OwnWeights.AreEmbedded ? $"{Short(OwnWeights.Load())}, embedded{Taken(pulled is null)}" : "not in this build");
        Row("vgg19", pulled is null ? $"not fetched yet ({store.VggPath}); run: cnnmrf weights pull" : Pulled(pulled) + Taken(true));
        Row("random", "any depth, by --seed");

        void Row(string name, string about) => writer.WriteLine($"{name,-10}{about}");

        static string Taken(bool taken) => taken ? "; auto takes these" : "";
    }

    // A file that cannot be used is listed too: it is what makes every other command fail.
    private static string Pulled(string path)
    {
        try
        {
            var weights = WeightsFile.Load(path);
            return $"{Short(weights)}, {(weights.Name == "vgg19" ? "" : $"in truth {weights.Name}, ")}{path}";
        }
        catch (WeightsException e)
        {
            return $"unusable: {e.Message} Run: cnnmrf weights pull --refresh";
        }
    }

    private static string Short(WeightsFile weights) =>
        string.Create(CultureInfo.InvariantCulture, $"to {weights.Deepest}, {weights.Size / 1e6:0.0} MB");

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
