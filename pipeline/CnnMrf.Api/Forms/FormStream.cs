using CnnMrf.Api.Problems;
using Microsoft.AspNetCore.WebUtilities;

namespace CnnMrf.Api.Forms;

/// <summary>Reading of forms, whose faults are the sender's.</summary>
internal static class FormStream
{
    public static async Task<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken ct)
    {
        try
        {
            return await body.ReadAsync(buffer, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw Malformed(e);
        }
    }

    public static async Task<MultipartSection?> NextSectionAsync(MultipartReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadNextSectionAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw Malformed(e);
        }
    }

    private static ApiProblem Malformed(Exception e) => ApiProblem.BadRequest("body", e is InvalidDataException
        ? $"The form is malformed: {Shown.Sentence(e.Message)} Send it as multipart/form-data, as curl -F does."
        : "The form ends before its closing boundary. Send it whole, as multipart/form-data with the boundary that Content-Type names.");
}
