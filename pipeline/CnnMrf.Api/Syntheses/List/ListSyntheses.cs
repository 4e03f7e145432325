using System.Globalization;
using CnnMrf.Api.Endpoints;
using CnnMrf.Api.Json;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace CnnMrf.Api.Syntheses.List;

/// <summary>GET /api/syntheses: newest first, page by page.</summary>
public sealed class ListSyntheses(SynthesisReader reader) : IApiHandler
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;
    private const int MaxContinuation = 4_096;

    /// <summary>The operation.</summary>
    public static ApiEndpoint Endpoint { get; } =
        ApiEndpoint.Get<ListSyntheses>("listSyntheses", SynthesisRoutes.All, "status", "limit", "continuation");

    /// <inheritdoc/>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var state = State(QueryParameters.Single(context.Request, "status"));
        var limit = Limit(QueryParameters.Single(context.Request, "limit"));
        var continuation = QueryParameters.Single(context.Request, "continuation");
        var page = await PageAsync(state, continuation, limit, context.RequestAborted).ConfigureAwait(false);
        return JsonAnswer.Of(context, new SynthesisList(
            [.. page.Items.Select(s => SynthesisViews.Of(context, s))], page.Continuation, Next(context, state, limit, page.Continuation)));
    }

    private async Task<SynthesisPage> PageAsync(SynthesisState? state, string? continuation, int limit, CancellationToken ct)
    {
        var unknown = ApiProblem.BadRequest(
            "continuation",
                "That is no continuation of this list. Take it unchanged from the page before, or leave it out to begin with the newest.");
        if (continuation is { Length: 0 or > MaxContinuation })
        {
            throw unknown;
        }

        try
        {
            return await reader.ListAsync(state, continuation, limit, ct).ConfigureAwait(false);
        }
        catch (FormatException)
        {
            throw unknown;
        }
    }

    private static SynthesisState? State(string? text)
    {
        if (text is null)
        {
            return null;
        }

        foreach (var state in Enum.GetValues<SynthesisState>())
        {
            if (ApiJson.Word(state).Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return state;
            }
        }

        throw ApiProblem.BadRequest(
            "status", $"'{Shown.Of(text)}' is no status. Use {string.Join(", ", Enum.GetValues<SynthesisState>().Select(ApiJson.Word))}.");
    }

    private static int Limit(string? text) =>
        text is null ? DefaultLimit
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit ? limit
        : throw ApiProblem.BadRequest("limit", $"'{Shown.Of(text)}' is no number of items: expects 1 … {MaxLimit}.");

    private static string? Next(HttpContext context, SynthesisState? state, int limit, string? continuation)
    {
        if (continuation is null)
        {
            return null;
        }

        var query = new QueryBuilder { { "limit", limit.ToString(CultureInfo.InvariantCulture) }, { "continuation", continuation } };
        if (state is { } status)
        {
            query.Add("status", ApiJson.Word(status));
        }

        return $"{context.Request.PathBase}/{SynthesisRoutes.All}{query}";
    }
}
