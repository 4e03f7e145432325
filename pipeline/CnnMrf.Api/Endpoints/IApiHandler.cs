using Microsoft.AspNetCore.Http;

namespace CnnMrf.Api.Endpoints;

/// <summary>Answers one route with one method.</summary>
public interface IApiHandler
{
    /// <summary>Answers a request. What cannot be answered is thrown: <see cref="ApiEndpoint.InvokeAsync"/> makes a
    /// problem document of it.</summary>
    Task<IResult> HandleAsync(HttpContext context);
}
