using System.Globalization;
using System.Text.Json.Serialization;
using CnnMrf.Core.Pictures;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>What a picture is for.</summary>
[JsonConverter(typeof(WordConverter<InputRole>))]
public enum InputRole
{
    /// <summary>The layout; at most one, none for a texture.</summary>
    Content,

    /// <summary>The patches; one or several, in order.</summary>
    Style,

    /// <summary>Classes of the content by colour; at most one.</summary>
    ContentMap,

    /// <summary>Classes of the style of the same index.</summary>
    StyleMap,

    /// <summary>The start, where the settings say that one is given; at most one.</summary>
    Initial,
}

/// <summary>A picture as it was given.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Index">0, or which of several style pictures.</param>
/// <param name="FileName">What its giver calls it; for people only.</param>
/// <param name="Sha256">Of its bytes, hexadecimal.</param>
/// <param name="Length">Bytes.</param>
public sealed record InputPart(InputRole Role, int Index, string FileName, string Sha256, long Length)
{
    /// <summary>Its name among the originals: <c>content</c>, <c>style-0</c> ….</summary>
    public string BlobName => InputNames.Of(Role, Index);
}

/// <summary>A picture as workers read it: decoded, turned upright, in sRGB, flattened, without loss (see
/// <see cref="PreparedPicture"/>).</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Index">0, or which of several style pictures.</param>
/// <param name="Name">Its name among the run's inputs.</param>
/// <param name="Size">px.</param>
/// <param name="Sha256">Of its blob's bytes, hexadecimal.</param>
public sealed record PreparedInput(InputRole Role, int Index, string Name, PixelSize Size, string Sha256);

internal static class InputNames
{
    /// <summary>Whether a picture of that role is a label map.</summary>
    public static bool IsMap(this InputRole role) => role is InputRole.ContentMap or InputRole.StyleMap;

    public static string Of(InputRole role, int index)
    {
        var word = role switch
        {
            InputRole.Content => "content",
            InputRole.Style => "style",
            InputRole.ContentMap => "content-map",
            InputRole.StyleMap => "style-map",
            InputRole.Initial => "initial",
            _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
        };
        return role is InputRole.Style or InputRole.StyleMap ? string.Create(CultureInfo.InvariantCulture, $"{word}-{index}") : word;
    }
}
