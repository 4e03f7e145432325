using System.CommandLine;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Commands;

/// <summary><c>weights pull</c></summary>
internal static class WeightsPullCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "pull",
            "Fetches the convolutions of VGG-19 out of a public safetensors file, only as deep as needed; goes on "
            + "where an earlier pull broke off.",
            "",
            "--deepest relu5_1");
        var url = new Option<string>("--url")
        {
            HelpName = "URL",
            Description = $"A safetensors file; default {PullRequest.DefaultSource}.",
        };
        var deepest = WeightsArguments.Deepest("The deepest layer wanted; default relu4_2 (about 24 MB).");
        var output = WeightsArguments.Output();
        var refresh = new Option<bool>("--refresh") { Description = "Fetch even if the weights are there." };
        command.Options.Add(url);
        command.Options.Add(deepest);
        command.Options.Add(output);
        command.Options.Add(refresh);
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new PullRequest
            {
                Source = Address(parsed.GetValue(url)) ?? PullRequest.DefaultSource,
                Target = parsed.GetValue(output),
                Refresh = parsed.GetValue(refresh),
            };
            request = WeightsArguments.Layer(parsed.GetValue(deepest)) is { } layer ? request with { Deepest = layer } : request;
            if (request.Target is { } target)
            {
                OutputFiles.CheckFile(target, "--output");
            }

            try
            {
                var result = await new WeightsPuller().PullAsync(request, new PullDisplay(terminal), cancellation);
                terminal.Error.WriteLine(result.BytesReceived == 0 && result.BytesReused == 0
                    ? $"Already there (revision {result.Revision})."
                    : $"Fetched {PullDisplay.Megabytes(result.BytesReceived)} (revision {result.Revision}).");
                terminal.Out.WriteLine(result.Path);
                return ExitCode.Done;
            }
            catch (WeightsException e)
            {
                // The request was in order: it is the source that failed.
                throw new FailedException(e.Message, e);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                terminal.Error.WriteLine("interrupted; what has come is kept, and the next pull goes on from there");
                return ExitCode.Interrupted;
            }
        });
        return command;
    }

    private static Uri? Address(string? text) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? uri
        : throw new UsageException($"--url: '{text}' is no http or https address");
}
