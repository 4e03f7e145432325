using Azure.Core;
using Azure.Core.Pipeline;

namespace CnnMrf.Storage.Tests.Azure;

/// <summary>A network that brings requests to the service and, sometimes, loses the answer.</summary>
internal sealed class LostAnswers(Func<Request, bool> lose) : HttpPipelineTransport
{
    private readonly HttpClientTransport real = HttpClientTransport.Shared;

    internal int Lost { get; private set; }

    public override Request CreateRequest() => real.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await real.ProcessAsync(message);
        if (Lost == 0 && lose(message.Request))
        {
            Lost++;
            throw new IOException("The connection broke.");
        }
    }
}
