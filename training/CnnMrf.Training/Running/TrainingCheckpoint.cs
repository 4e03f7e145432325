using System.Globalization;
using CnnMrf.Core.Tensors;
using CnnMrf.Training.Learning;

namespace CnnMrf.Training.Running;

/// <summary>A run that can be gone on with.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all, where that was decided.</param>
/// <param name="Minutes">Spent so far.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Precision">Of the convolutions.</param>
/// <param name="Batches">Of the run.</param>
/// <param name="From">What the run refines; null: it started from random weights.</param>
/// <param name="Freeze">The deepest layer that stays as it is; null: all learn.</param>
/// <param name="File">The tensors.</param>
public sealed record TrainingCheckpoint(
    int Step, int? Steps, double Minutes, ulong Seed, TrainingPrecision Precision, TrainingBatches Batches, string? From,
    string? Freeze, SafetensorsFile File)
{
    /// <summary>Writes a checkpoint, atomically.</summary>
    public static void Write(
        string path, Trainer trainer, double minutes, ulong seed, TrainingPrecision precision, TrainingBatches batches, string? from,
        string? freeze)
    {
        var metadata = new Dictionary<string, string>
        {
            ["kind"] = "cnnmrf training checkpoint",
            ["version"] = TrainingVersion.Text,
            ["step"] = Text(trainer.Step),
            ["minutes"] = minutes.ToString("R", CultureInfo.InvariantCulture),
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["precision"] = precision.ToString(),
            ["batches"] = batches.ToString(),
        };
        if (from is not null)
        {
            metadata["from"] = from;
        }

        if (freeze is not null)
        {
            metadata["freeze"] = freeze;
        }

        if (trainer.Steps is { } steps)
        {
            metadata["steps"] = Text(steps);
        }

        SafetensorsWriter.WriteFile(path, trainer.Export(), metadata);
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="TrainingException">It is missing, or no checkpoint, or one of another version.</exception>
    public static TrainingCheckpoint Read(string path)
    {
        if (!System.IO.File.Exists(path))
        {
            throw new TrainingException(
                $"There is no checkpoint '{path}': give the .checkpoint.safetensors that lies beside the file in training.");
        }

        SafetensorsFile file;
        try
        {
            file = SafetensorsFile.Read(path);
        }
        catch (SafetensorsException e)
        {
            throw new TrainingException($"'{path}' cannot be gone on with: {e.Message}", e);
        }

        var about = file.Metadata;
        if (!about.TryGetValue("step", out var step) || !about.TryGetValue("seed", out var seed)
            || !Enum.TryParse<TrainingPrecision>(about.GetValueOrDefault("precision"), out var precision)
            || !Enum.TryParse<TrainingBatches>(about.GetValueOrDefault("batches"), out var batches))
        {
            throw new TrainingException(
                $"'{path}' is no training checkpoint: give the .checkpoint.safetensors that lies beside the file in training.");
        }

        if (about.GetValueOrDefault("version") != TrainingVersion.Text)
        {
            throw new TrainingException(
                $"'{path}' was written by training {about.GetValueOrDefault("version") ?? "of unknown version"}, this is "
                + $"{TrainingVersion.Text}: the scenes differ, so going on would train something else. Start anew.");
        }

        return new(
            int.Parse(step, CultureInfo.InvariantCulture),
            about.TryGetValue("steps", out var steps) ? int.Parse(steps, CultureInfo.InvariantCulture) : null,
            double.Parse(about.GetValueOrDefault("minutes", "0"), CultureInfo.InvariantCulture),
            ulong.Parse(seed, CultureInfo.InvariantCulture),
            precision,
            batches,
            about.GetValueOrDefault("from"),
            about.GetValueOrDefault("freeze"),
            file);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
