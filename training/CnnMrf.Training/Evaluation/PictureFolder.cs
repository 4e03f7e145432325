using System.Text.Json;
using System.Text.Json.Serialization;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Training.Evaluation;

/// <summary>
/// A folder of pictures to evaluate on, with the places of their landmarks, if any are marked, in <c>landmarks.json</c>:
/// <c>{ "portrait.jpg": { "eye.left.pupil": [0.41, 0.37], … }, … }</c>, from [0, 0] top left to [1, 1] bottom right. Left and right are
/// the picture's.
/// </summary>
public static class PictureFolder
{
    /// <summary>The file of landmarks.</summary>
    public const string LandmarksFile = "landmarks.json";

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>Reads the pictures, by name, and their landmarks.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="EvaluationException">
    /// There is no such folder or no picture in it, or the landmarks cannot be understood: no JSON of this form, a picture that is not
    /// there, a place outside its picture, a name that no other picture has.
    /// </exception>
    /// <exception cref="PictureException">A picture cannot be read.</exception>
    public static IReadOnlyList<EvaluationPicture> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
        {
            throw new EvaluationException($"{path} is no folder; name one with pictures in it");
        }

        var files = Directory.GetFiles(path)
            .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            throw new EvaluationException($"{path} holds no picture ({string.Join(", ", Extensions)}); name a folder that does");
        }

        var landmarks = Landmarks(Path.Combine(path, LandmarksFile), [.. files.Select(f => Path.GetFileName(f))]);
        return
        [
            .. files.Select(f => new EvaluationPicture(
                Path.GetFileName(f),
                PictureCodec.Decode(f),
                landmarks.GetValueOrDefault(Path.GetFileName(f)) ?? new Dictionary<string, PicturePoint>())),
        ];
    }

    private static Dictionary<string, IReadOnlyDictionary<string, PicturePoint>> Landmarks(string path, string[] pictures)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var marked = Parse(path);
        foreach (var (picture, points) in marked)
        {
            if (!pictures.Contains(picture, StringComparer.Ordinal))
            {
                throw new EvaluationException($"{path} marks landmarks in {picture}, which is not in the folder beside it; "
                    + $"put it there or take its entry out (there are: {string.Join(", ", pictures)})");
            }

            foreach (var (name, place) in points)
            {
                if (place is not [>= 0 and <= 1, >= 0 and <= 1])
                {
                    throw new EvaluationException($"{path}: {name} of {picture} lies at [{string.Join(", ", place ?? [])}]; "
                        + "a place is [x, y], both from 0 (left, top) to 1 (right, bottom)");
                }

                if (marked.Count > 1 && !marked.Any(other => other.Key != picture && other.Value.ContainsKey(name)))
                {
                    throw new EvaluationException($"{path}: {name} is marked in {picture} only, so that nothing can be compared with it; "
                        + "correct the name, mark it in another picture, or take it out");
                }
            }
        }

        return marked.ToDictionary(m => m.Key, m => (IReadOnlyDictionary<string, PicturePoint>)m.Value
            .ToDictionary(p => p.Key, p => new PicturePoint(p.Value![0], p.Value[1])));
    }

    private static Dictionary<string, Dictionary<string, double[]?>> Parse(string path)
    {
        try
        {
            var marked = JsonSerializer.Deserialize(File.ReadAllText(path), LandmarkJsonContext.Default.Marks);
            return marked is null || marked.Any(m => m.Value is null) ? throw new JsonException("there is a null") : marked!;
        }
        catch (JsonException e)
        {
            throw new EvaluationException(
                $"{path} is not of the form {{ \"picture.jpg\": {{ \"eye.left\": [0.4, 0.3] }} }}: {e.Message}", e);
        }
    }
}

[JsonSourceGenerationOptions(ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, double[]?>>), TypeInfoPropertyName = "Marks")]
internal sealed partial class LandmarkJsonContext : JsonSerializerContext;
