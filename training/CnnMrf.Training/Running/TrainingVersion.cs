namespace CnnMrf.Training.Running;

/// <summary>Versions of what decides a trained file's numbers; a change to either makes old checkpoints useless.</summary>
public static class TrainingVersion
{
    /// <summary>Of the scenes and looks.</summary>
    public const int Generator = 4;

    /// <summary>Of network, losses and optimiser.</summary>
    public const int Trainer = 3;

    /// <summary>Both.</summary>
    public static string Text => $"generator {Generator}, trainer {Trainer}";
}
