using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Page;
using CnnMrf.Local.Display;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Weights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.Local.Serving;

/// <summary>The whole pipeline in one process, or its front.</summary>
internal static class ServeHost
{
    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="FailedException">It cannot start.</exception>
    internal static async Task RunAsync(ServeOptions options, Terminal terminal, CancellationToken ct)
    {
        await using var app = Built(options);
        try
        {
            await HostBasics.RunAsync(app, options.Place, () => SayAsync(app, options, terminal, ct), ct);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new FailedException(
                $"{string.Join(" or ", options.Urls)} is in use by another program; take another port by --port, or end that program", e);
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or FormatException)
        {
            throw new FailedException($"it cannot listen on {string.Join(" and ", options.Urls)}: {e.Message}", e);
        }
    }

    private static WebApplication Built(ServeOptions options)
    {
        try
        {
            return Build(options);
        }
        catch (InvalidOperationException e) when (HostBasics.IsWrongValue(e))
        {
            throw new UsageException(e.Message, e);
        }
    }

    private static WebApplication Build(ServeOptions options)
    {
        // The folder in which it was started has no say.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        HostBasics.Prepare(builder);
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = RequestLimits.BodyBytes;
        });
        builder.Services.AddSingleton(options);
        options.Place.Register(builder.Services, builder.Configuration);
        builder.Services.AddSingleton<LocalWeights>();
        builder.Services.AddSingleton<IWeightsCatalog>(s => s.GetRequiredService<LocalWeights>());
        builder.Services.AddCnnMrfPipeline(builder.Configuration.GetSection("Pipeline").Get<PipelineOptions>());
        builder.Services.AddInProcessWorkflows();
        builder.Services.AddCnnMrfApi();
        builder.Services.AddHostedService<WorkflowService>();
        builder.Services.AddHostedService<UploadService>();
        builder.Services.AddHostedService<BatchService>();
        if (options.Workers > 0)
        {
            HostBasics.AddWorker(builder, options.Place, o =>
            {
                o.Concurrency = options.Workers;
                // Whose levels would nobody else take.
                o.ExitAfterFailures = null;
                o.Threads = options.Threads ?? o.Threads ?? Math.Max(1, Environment.ProcessorCount / options.Workers);
            });
        }

        var app = builder.Build();
        new KnownHosts(options.AllowedHosts).Guard(app);
        app.MapCnnMrfApi();
        app.MapCnnMrfPage();
        return app;
    }

    private static async Task SayAsync(WebApplication app, ServeOptions options, Terminal terminal, CancellationToken ct)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var weights = await app.Services.GetRequiredService<LocalWeights>().SayAsync(ct);
        var workers = options.Workers switch
        {
            0 => "none here; start some: cnnmrf worker --storage …",
            1 => "1, in this process",
            var n => $"{n}, in this process",
        };
        terminal.Error.WriteLine($"data:    {options.Place.Says}");
        terminal.Error.WriteLine($"weights: {weights}");
        terminal.Error.WriteLine($"workers: {workers}");
        terminal.Error.WriteLine($"batches: {options.Batches.Text} (UTC)");
        terminal.Error.WriteLine($"page:    {addresses.Select(PageOf).FirstOrDefault()}");
        terminal.Error.WriteLine("Ctrl-C ends it; what is unfinished goes on at the next start.");
        terminal.Out.WriteLine($"CnnMrf listens on {string.Join(" and ", addresses)}");
        await terminal.Out.FlushAsync(ct);
    }

    // An address that means every one of this machine's is none that a browser goes to.
    private static string PageOf(string address) => address
        .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal).Replace("//[::]", "//localhost", StringComparison.Ordinal) + "/";
}
