using System.Security.Cryptography;
using System.Text.Json;
using CnnMrf.Api.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CnnMrf.Api.Json;

/// <summary>A document that is asked for again and again: its etag is a hash of it, so that what did not change costs a 304.</summary>
internal static class JsonAnswer
{
    private const int HashDigits = 32;

    public static IResult Of<T>(HttpContext context, T value)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.TypeInfo<T>());
        return Of(context, bytes);
    }

    public static IResult Of(HttpContext context, byte[] utf8)
    {
        ResponseHeaders.SetRevalidated(context.Response);
        var etag = Convert.ToHexStringLower(SHA256.HashData(utf8))[..HashDigits];
        return TypedResults.Bytes(utf8, ApiJson.MediaType, entityTag: new EntityTagHeaderValue($"\"{etag}\""));
    }
}
