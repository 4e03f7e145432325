namespace CnnMrf.Infra.Tests.Hooks;

/// <summary>
/// A folder with programs that play az, azd and dotnet: each call is written down, and answered by the first of the
/// answers whose pattern it contains.
/// </summary>
public sealed class Stage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnnmrf-hooks-").FullName;

    /// <summary>Sets the stage.</summary>
    public Stage()
    {
        foreach (var program in new[] { "az", "azd", "dotnet" })
        {
            var path = Path.Combine(_folder, program);
            // answers: pattern|exit code|text
            File.WriteAllText(path, $$"""
                #!/bin/sh
                printf '%s\n' "{{program}} $*" >>"{{Calls}}"
                while IFS='|' read -r pattern code text; do
                    case "{{program}} $*" in
                    *"$pattern"*)
                        [ -z "$text" ] || printf '%s\n' "$text"
                        exit "$code"
                        ;;
                    esac
                done <"{{AnswersFile}}"
                exit 0
                """);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        File.WriteAllText(AnswersFile, "");
        File.WriteAllText(Calls, "");
        Directory.CreateDirectory(Weights);
    }

    /// <summary>A folder of weights.</summary>
    internal string Weights => Path.Combine(_folder, "weights");

    private string Calls => Path.Combine(_folder, "calls");

    private string AnswersFile => Path.Combine(_folder, "answers");

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A call that contains the pattern ends with the code and prints the text; earlier answers go first.</summary>
    internal Stage Answer(string pattern, string text, int code = 0)
    {
        File.AppendAllText(AnswersFile, $"{pattern}|{code}|{text}\n");
        return this;
    }

    /// <summary>Plays a hook.</summary>
    internal CommandResult Play(string hook, params (string Name, string? Value)[] environment)
    {
        var variables = new Dictionary<string, string?>
        {
            ["PATH"] = $"{_folder}:{Environment.GetEnvironmentVariable("PATH")}",
            ["AZURE_RESOURCE_GROUP"] = "rg-test",
            ["CNNMRF_DATA_ACCOUNT"] = "stdata",
            ["CNNMRF_EVENT_TOPIC"] = "topic",
            ["CNNMRF_FUNCTIONS_NAME"] = "func",
            ["CNNMRF_REGISTRY"] = "registry",
            ["CNNMRF_URL"] = "https://func.example.org",
            ["CNNMRF_WORKER_JOB"] = "job",
            ["CNNMRF_WEIGHTS_FOLDER"] = Weights,
            ["CNNMRF_REPLACE_WEIGHTS"] = null,
            ["CNNMRF_TRIES"] = "3",
            ["CNNMRF_PAUSE_SECONDS"] = "0",
        };
        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        return Commands.Run("sh", [Repository.Path($"infra/hooks/{hook}.sh")], variables);
    }

    /// <summary>The calls that contain a text.</summary>
    internal IReadOnlyList<string> CallsOf(string text) =>
        [.. File.ReadAllLines(Calls).Where(c => c.Contains(text, StringComparison.Ordinal))];
}
