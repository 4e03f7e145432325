using System.Text.Json.Nodes;
using CnnMrf.Api.Problems;
using CnnMrf.Pipeline.Starting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CnnMrf.Api.Forms;

/// <summary>Reads a form part by part as it comes. What can be refused by a part's header is refused before its bytes are read.</summary>
internal sealed class SynthesisFormReader : IAsyncDisposable
{
    // More than all parts that may be given; those of a form's fields in which nothing was chosen count too.
    private const int MaxParts = 64;
    private const int MaxHeaders = 16;
    private const int MaxHeaderBytes = 16_384;

    private readonly List<InputSource> _inputs = [];
    private readonly List<PartBuffer> _parts = [];
    private readonly Dictionary<FormPart, int> _given = [];
    private JsonObject _settings = [];
    private string? _name;

    private SynthesisFormReader()
    {
    }

    /// <summary>Reads a request's form.</summary>
    /// <exception cref="ApiProblem">It is no form, malformed, too large, or has a part that it may not have.</exception>
    /// <exception cref="CnnMrf.Core.Settings.SettingsException">The settings are no JSON object.</exception>
    public static async Task<SynthesisForm> ReadAsync(HttpContext context, CancellationToken ct)
    {
        var boundary = FormBoundary.Of(context.Request);
        var multipart = new MultipartReader(boundary, LimitedBody.Open(context))
        {
            HeadersCountLimit = MaxHeaders,
            HeadersLengthLimit = MaxHeaderBytes,
        };
        var reader = new SynthesisFormReader();
        await using (reader.ConfigureAwait(false))
        {
            for (var count = 1; await FormStream.NextSectionAsync(multipart, ct).ConfigureAwait(false) is { } section; count++)
            {
                if (count > MaxParts)
                {
                    throw ApiProblem.BadRequest("body", $"The form has more than {MaxParts} parts. Send those that are needed.");
                }

                await reader.TakeAsync(section, ct).ConfigureAwait(false);
            }

            return reader.ToForm();
        }
    }

    // Of a form that was not read to its end.
    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync().ConfigureAwait(false);
        }
    }

    private SynthesisForm ToForm()
    {
        SynthesisForm form = new(_name, _settings, [.. _inputs], [.. _parts]);
        _parts.Clear();
        return form;
    }

    private async Task TakeAsync(MultipartSection section, CancellationToken ct)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 } name)
        {
            throw ApiProblem.BadRequest(
                "body", "A part has no header Content-Disposition: form-data with a name. Send the form as curl -F does.");
        }

        var part = FormPart.Of(name.ToString());
        var index = _given.GetValueOrDefault(part);
        part.RefuseMore(index);
        if (part.Role is not { } role)
        {
            _given[part] = index + 1;
            await TakeTextAsync(part, section.Body, ct).ConfigureAwait(false);
            return;
        }

        var buffer = await PartBuffer.ReadAsync(section.Body, ct).ConfigureAwait(false);
        _parts.Add(buffer);
        var fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName)
            .ToString();
        // What a browser sends for a field of a form in which nothing was chosen.
        if (buffer.Length > 0 || fileName.Length > 0)
        {
            _given[part] = index + 1;
            _inputs.Add(new InputSource(role, index, fileName, buffer.ToMemoryAsync));
        }
    }

    private async Task TakeTextAsync(FormPart part, Stream body, CancellationToken ct)
    {
        var text = await FormTexts.ReadAsync(body, part.Name, ct).ConfigureAwait(false);
        if (part == FormPart.Settings)
        {
            _settings = FormTexts.Settings(text);
        }
        else
        {
            _name = FormTexts.Name(text);
        }
    }
}
