using CnnMrf.Local.Display;
using Microsoft.Extensions.Hosting;

namespace CnnMrf.Local.Serving;

/// <summary>A worker as a process of its own.</summary>
internal static class WorkerHost
{
    /// <summary>Runs until cancelled, or until there was nothing to do for long enough.</summary>
    /// <exception cref="FailedException">It cannot start.</exception>
    internal static async Task RunAsync(Place place, TimeSpan? exitWhenIdle, int? threads, Terminal terminal, CancellationToken ct)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        HostBasics.Prepare(builder);
        place.Register(builder.Services, builder.Configuration);
        HostBasics.AddWorker(builder, place, o =>
        {
            o.ExitWhenIdle = exitWhenIdle ?? o.ExitWhenIdle;
            o.Threads = threads ?? o.Threads;
        });
        using var host = builder.Build();
        await HostBasics.RunAsync(
            host,
            place,
            () =>
            {
                terminal.Error.WriteLine($"A worker of the {place.Says}; Ctrl-C ends it and gives back what it computes.");
                return Task.CompletedTask;
            },
            ct);
    }
}
