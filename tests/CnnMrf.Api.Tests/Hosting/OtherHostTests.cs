using System.Text.Json.Nodes;
using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.Api.Tests.Hosting;

/// <summary>A host with routes of its own, as Azure Functions is, calls the same operations.</summary>
public sealed class OtherHostTests
{
    [Theory]
    [InlineData("getSynthesis", null, 200)]
    [InlineData("getSynthesis", "nonsense", 404)]
    [InlineData("getOpenApi", null, 200)]
    [InlineData("retrySynthesis", null, 202)]
    public async Task An_operation_needs_only_the_request_and_its_route_values(string operation, string? id, int status)
    {
        await using var host = await ApiHost.StartAsync();
        var started = await host.StartFailedAsync();
        using var scope = host.Get<IServiceScopeFactory>().CreateScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Response.Body = new MemoryStream();
        context.Request.Method = ApiEndpoints.Get(operation).Method;
        context.Request.RouteValues["id"] = id ?? started.Value;

        var result = await ApiEndpoints.Get(operation).InvokeAsync(context);
        await result.ExecuteAsync(context);

        Assert.Equal(status, context.Response.StatusCode);
        Assert.Equal("nosniff", context.Response.Headers.XContentTypeOptions);
        context.Response.Body.Position = 0;
        Assert.NotNull(JsonNode.Parse(context.Response.Body));
    }
}
