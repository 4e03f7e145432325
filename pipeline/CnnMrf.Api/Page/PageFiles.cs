using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using Microsoft.Net.Http.Headers;

namespace CnnMrf.Api.Page;

/// <summary>The files of the page, all in this assembly: what is not among them cannot be asked for, whatever a path looks like.</summary>
internal static class PageFiles
{
    private const string Prefix = "web/";
    private const int HashDigits = 32;

    private static readonly FrozenDictionary<string, PageFile> Files = Load();

    /// <summary>The paths of all files, from <c>/</c>.</summary>
    public static IReadOnlyCollection<string> Paths => Files.Keys;

    /// <summary>The file at a path; null where there is none.</summary>
    public static PageFile? Find(string path) => Files.GetValueOrDefault(path is "" or "/" ? "/index.html" : path);

    private static FrozenDictionary<string, PageFile> Load()
    {
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal) { ["/presets.json"] = File("/presets.json", PresetsJson()) };
        var assembly = typeof(PageFiles).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            // Where they were built on Windows, folders are separated its way.
            var path = "/" + resource[Prefix.Length..].Replace('\\', '/');
            files[path] = File(path, bytes);
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // What the sliders multiply, and which settings there are: said by the code that means it.
    private static byte[] PresetsJson()
    {
        var presets = new JsonObject();
        foreach (var preset in Enum.GetValues<Preset>())
        {
            var settings = SettingsJson.ToNode(Presets.Get(preset));
            presets[settings["preset"]!.GetValue<string>()] = settings;
        }

        return Encoding.UTF8.GetBytes(presets.ToJsonString());
    }

    private static PageFile File(string path, byte[] bytes) => new(
        ContentType(path), bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashDigits]}\""));

    private static string ContentType(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        ".jpg" => "image/jpeg",
        ".txt" => "text/plain; charset=utf-8",
        var other => throw new InvalidOperationException($"{path} is of a kind, '{other}', whose media type is not said."),
    };
}
