using System.Text;
using Microsoft.Net.Http.Headers;

namespace CnnMrf.Api.Pictures;

/// <summary>A store's etag as HTTP writes it.</summary>
internal static class ETag
{
    public static EntityTagHeaderValue Of(string etag)
    {
        // What a header cannot hold is written in hexadecimal.
        var tag = etag.All(c => c is '!' or (>= '#' and <= '~')) ? etag : "x" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(etag));
        return new($"\"{tag}\"");
    }
}
