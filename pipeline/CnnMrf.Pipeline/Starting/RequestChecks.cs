using System.Security.Cryptography;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Starting;

/// <summary>Everything that can be said of a request before anything is written.</summary>
internal static class RequestChecks
{
    /// <summary>Whether the pictures given are ones that go together; not what is in them.</summary>
    /// <exception cref="ProblemException">They are not.</exception>
    public static void CheckRoles(IReadOnlyList<InputSource> inputs, SynthesisSettings settings)
    {
        var styles = inputs.Count(i => i.Role == InputRole.Style);
        Refuse(styles == 0, "style", "At least one style picture is needed: give a part or file named style.");
        Refuse(styles > RequestLimits.Styles, "style",
            $"There are {styles} style pictures; at most {RequestLimits.Styles} are used together.");
        foreach (var twice in inputs.GroupBy(i => (i.Role, i.Index)).Where(g => g.Count() > 1))
        {
            throw Problem(twice.First().Field,
                $"It is given {twice.Count()} times ({string.Join(", ", twice.Select(Shown))}); give it once.");
        }

        var content = inputs.Any(i => i.Role == InputRole.Content);
        var maps = inputs.Count(i => i.Role == InputRole.StyleMap);
        Refuse(!content && inputs.Any(i => i.Role == InputRole.ContentMap), "contentMap", "It needs a content picture. Give content too.");
        Refuse((maps > 0) != inputs.Any(i => i.Role == InputRole.ContentMap), maps > 0 ? "contentMap" : "styleMap",
            "Label maps guide together: give both contentMap and styleMap, or neither.");
        Refuse(maps > 0 && maps != styles, "styleMap", $"There are {maps} style maps for {styles} style pictures; give one for each.");
        var initial = inputs.Any(i => i.Role == InputRole.Initial);
        Refuse(initial && settings.Initial != InitialPicture.Picture, "initial",
            "A picture to start from is given, but the setting initial is not picture. Set it, or leave the picture out.");
        Refuse(!initial && settings.Initial == InitialPicture.Picture, "initial", "The setting initial is "
            + "picture, but no picture to start from is given. Give one named initial, or set initial to content, noise or shuffle.");
    }

    /// <summary>Reads the pictures' bytes and headers, one after the other, and plans the pyramid.</summary>
    /// <exception cref="ProblemException">One cannot be used, or all together are too large.</exception>
    /// <exception cref="SettingsException">They do not go with the settings.</exception>
    public static async Task<IReadOnlyList<InputPart>> InspectAsync(
        IReadOnlyList<InputSource> inputs, SynthesisSettings settings, CancellationToken ct)
    {
        var parts = new List<InputPart>();
        var sizes = new Dictionary<(InputRole Role, int Index), PixelSize>();
        foreach (var input in inputs.OrderBy(i => i.Role).ThenBy(i => i.Index))
        {
            var bytes = await input.ReadAsync(ct).ConfigureAwait(false);
            Refuse(parts.Sum(p => p.Length) + bytes.Length > RequestLimits.BodyBytes, input.Field,
                $"All pictures together have more than {RequestLimits.BodyBytes:N0} bytes. Save them smaller.");
            sizes[(input.Role, input.Index)] = SizeOf(input, bytes);
            Refuse(MapPixels(sizes) > RequestLimits.MapPixels, input.Field,
                $"All label maps together have more than {RequestLimits.MapPixels:N0} pixels. Save them smaller: a map is laid over its "
                + "picture whatever its own size.");
            parts.Add(new(input.Role, input.Index, Shown(input), Convert.ToHexStringLower(SHA256.HashData(bytes.Span)), bytes.Length));
        }

        PyramidPlan.Create(
            settings,
            sizes.TryGetValue((InputRole.Content, 0), out var content) ? content : null,
            [.. sizes.Where(s => s.Key.Role == InputRole.Style).OrderBy(s => s.Key.Index).Select(s => s.Value)]);
        return parts;
    }

    private static long MapPixels(Dictionary<(InputRole Role, int Index), PixelSize> sizes) => sizes
        .Where(s => s.Key.Role.IsMap())
        .Sum(s => (long)s.Value.Width * s.Value.Height);

    private static PixelSize SizeOf(InputSource input, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return PictureCodec.ReadSize(bytes.ToArray(), PictureLimits.Default, Shown(input));
        }
        catch (PictureException e)
        {
            throw new ProblemException(new(ProblemCodes.Picture, e.Message, input.Field), e);
        }
    }

    private static string Shown(InputSource input) => DisplayName.Of(input.FileName) ?? input.Field;

    private static void Refuse(bool when, string field, string message)
    {
        if (when)
        {
            throw Problem(field, message);
        }
    }

    private static ProblemException Problem(string field, string message) => new(new(ProblemCodes.Request, message, field));
}
