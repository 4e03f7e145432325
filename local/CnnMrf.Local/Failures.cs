using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Training.Running;

namespace CnnMrf.Local;

/// <summary>The exit codes of <c>cnnmrf</c>.</summary>
internal static class ExitCode
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int BadUsage = 2;
    internal const int Interrupted = 130;
}

/// <summary>Bad usage or input: what is wrong and the remedy, in one line.</summary>
internal sealed class UsageException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Something that was asked for properly and still failed, in one line.</summary>
internal sealed class FailedException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Turns whatever was thrown into one clear line (one a problem) and an exit code.</summary>
internal static class Failures
{
    /// <summary>Set to 1 to see stack traces.</summary>
    internal const string DebugVariable = "CNNMRF_DEBUG";

    internal static int Report(Exception e, Terminal terminal)
    {
        while (e is AggregateException { InnerException: { } inner })
        {
            e = inner;
        }

        var (code, lines) = Describe(e);
        foreach (var line in lines)
        {
            terminal.Error.WriteLine($"{(code == ExitCode.Interrupted ? "" : "error: ")}{OneLine(line)}");
        }

        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            terminal.Error.WriteLine(e);
        }

        return code;
    }

    private static (int Code, IEnumerable<string> Lines) Describe(Exception e) => e switch
    {
        OperationCanceledException => (ExitCode.Interrupted, ["interrupted; nothing was written"]),
        UsageException => (ExitCode.BadUsage, [e.Message]),
        SettingsException s => (ExitCode.BadUsage, s.Problems.Select(p => $"{SettingOptions.Spell(p.Field)}: {p.Message}")),
        PictureException or WeightsException or SafetensorsException or TrainingException => (ExitCode.BadUsage, [e.Message]),
        PoorFitException => (ExitCode.Failed, [e.Message]),
        FailedException or TorchUnavailableException or IOException or UnauthorizedAccessException => (ExitCode.Failed, [e.Message]),
        InsufficientMemoryException => (ExitCode.Failed, [e.Message]),
        OutOfMemoryException => (ExitCode.Failed, ["there is not enough memory for pictures of this size; take a smaller --size"]),
        _ => (ExitCode.Failed, [$"{e.Message} (unexpected: {e.GetType().Name}; {DebugVariable}=1 shows where)"]),
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
