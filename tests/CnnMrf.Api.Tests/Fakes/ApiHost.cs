using System.Collections.Concurrent;
using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Tests.Contract;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Tests.Fakes;
using CnnMrf.Pipeline.Workflows;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Api.Tests.Fakes;

/// <summary>The API on the real server, on a free port of loopback, over a store in memory. Its client holds every answer against
/// openapi.json.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, MemoryBlobStore store, FakeWorkflows workflows, ConcurrentQueue<string> log)
    {
        (_app, Store, Workflows, Log) = (app, store, workflows, log);
        BaseAddress = new(app.Urls.Single());
        Client = new(new ContractHandler(
            new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(5) }))
        { BaseAddress = BaseAddress };
    }

    public Uri BaseAddress { get; }

    public HttpClient Client { get; }

    public MemoryBlobStore Store { get; }

    public FakeWorkflows Workflows { get; }

    public ConcurrentQueue<string> Log { get; }

    public static async Task<ApiHost> StartAsync()
    {
        var store = new MemoryBlobStore(TimeProvider.System);
        var workflows = new FakeWorkflows();
        var log = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new QueueLogger(log));
        builder.Services
            .AddSingleton<IBlobStore>(store)
            .AddSingleton<IWorkflowClient>(workflows)
            .AddSingleton<Pipeline.Queues.IMessageQueues, NoQueues>()
            .AddCnnMrfPipeline()
            .AddCnnMrfApi();
        var app = builder.Build();
        app.MapCnnMrfApi();
        await app.StartAsync();
        return new(app, store, workflows, log);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class NoQueues : Pipeline.Queues.IMessageQueues
    {
        public Task EnsureQueuesAsync(CancellationToken ct) => throw new NotSupportedException("The API sends no messages.");

        public Pipeline.Queues.IMessageQueue Get(string name) => throw new NotSupportedException("The API sends no messages.");
    }

    private sealed class QueueLogger(ConcurrentQueue<string> log) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
