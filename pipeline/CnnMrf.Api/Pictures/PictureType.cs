namespace CnnMrf.Api.Pictures;

/// <summary>The media type of a picture as it was given, by its name: one that browsers show, or none that they run.</summary>
internal static class PictureType
{
    public static string Of(string fileName) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".WEBP" => "image/webp",
        ".GIF" => "image/gif",
        ".BMP" => "image/bmp",
        _ => "application/octet-stream",
    };
}
