using CnnMrf.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Endpoints;

/// <summary>Writes a result; what fails on the way becomes a problem document, or, when the answer is half out, a broken connection: never
/// an answer that looks whole.</summary>
internal sealed class GuardedResult(IResult inner) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        try
        {
            await inner.ExecuteAsync(httpContext).ConfigureAwait(false);
            if (response.HasStarted || response.StatusCode < 400)
            {
                return;
            }

            // The framework's own refusals (412, 416) have no body.
            response.ContentLength = null;
            await ApiProblem.OfStatus(response.StatusCode).ToResult().ExecuteAsync(httpContext).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // This is the place where every fault becomes an answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var problem = ExceptionProblems.Of(e, httpContext);
            if (response.HasStarted)
            {
                httpContext.Abort();
                return;
            }

            response.Clear();
            ResponseHeaders.SetDefaults(response);
            await problem.ExecuteAsync(httpContext).ConfigureAwait(false);
        }
    }
}
