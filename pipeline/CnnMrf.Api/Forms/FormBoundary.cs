using CnnMrf.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CnnMrf.Api.Forms;

/// <summary>What separates a form's parts.</summary>
internal static class FormBoundary
{
    // RFC 2046.
    private const int MaxLength = 70;

    public static string Of(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiProblem.UnsupportedMediaType(
                "The body must be multipart/form-data with the parts content, style and settings: "
                + "curl -F content=@photo.jpg -F style=@painting.jpg.");
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length is > 0 and <= MaxLength ? boundary : throw ApiProblem.BadRequest(
            "Content-Type", boundary.Length == 0
                ? "Content-Type names no boundary. Let the client set it, as curl -F does."
                : $"The boundary in Content-Type is longer than {MaxLength} characters. Shorten it.");
    }
}
