using Microsoft.Net.Http.Headers;

namespace CnnMrf.Api.Page;

/// <summary>A file of the page.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">What is in it.</param>
/// <param name="ETag">A hash of it.</param>
internal sealed record PageFile(string ContentType, byte[] Bytes, EntityTagHeaderValue ETag);
