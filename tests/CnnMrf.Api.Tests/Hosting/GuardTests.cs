using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Pictures;
using CnnMrf.Pipeline.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Api.Tests.Hosting;

public sealed class GuardTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(1_000_000, false)]
    public async Task An_answer_that_fails_on_its_way_is_a_problem_document_or_a_broken_connection_never_one_that_looks_whole(
        int after, bool answered)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/", IResult () => new GuardedResult(TypedResults.Stream(new ForwardStream(new(
            new BlobProperties(new("c", "n"), "1", 5_000_000, DateTimeOffset.UtcNow, "image/png"), new Failing(after))), "image/png")));
        await app.StartAsync();
        using var client = new HttpClient();

        if (answered)
        {
            using var response = await client.GetAsync(app.Urls.Single());
            Assert.Equal(503, (int)response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
        else
        {
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync(app.Urls.Single()));
        }
    }

    private sealed class Failing(int after) : MemoryStream
    {
        private int _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read >= after)
            {
                throw new BlobUnavailableException(new("c", "n"), "The connection was lost.");
            }

            _read += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
