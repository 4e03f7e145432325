using CnnMrf.Api.Security;
using CnnMrf.Api.Syntheses.Results;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CnnMrf.Api.Endpoints;

/// <summary>What hosts call.</summary>
public static class CnnMrfApi
{
    /// <summary>Registers the handlers. They need what the pipeline registers.</summary>
    public static IServiceCollection AddCnnMrfApi(this IServiceCollection services)
    {
        services.TryAddSingleton<RunFiles>();
        foreach (var endpoint in ApiEndpoints.All)
        {
            services.TryAddTransient(endpoint.Handler);
        }

        return services;
    }

    /// <summary>Maps every operation, and the refusal of all else below <c>/api</c>. For hosts on ASP.NET Core's own server: requests that
    /// a browser sends for a page of another site and that would change something are refused.</summary>
    public static RouteGroupBuilder MapCnnMrfApi(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("");
        foreach (var endpoint in ApiEndpoints.All)
        {
            group.MapMethods(endpoint.Pattern, endpoint.Methods, (Func<HttpContext, Task<IResult>>)endpoint.InvokeAsync)
                .WithName(endpoint.Operation);
        }

        group.Map(UnknownRoute.Pattern, (Func<HttpContext, IResult>)UnknownRoute.Handle);
        group.AddEndpointFilter(new SameSiteFilter());
        return group;
    }
}
