using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CnnMrf.Api.Batches;
using CnnMrf.Api.Problems;
using CnnMrf.Api.Syntheses;
using CnnMrf.Api.Syntheses.Levels;
using CnnMrf.Api.Syntheses.List;
using CnnMrf.Api.Syntheses.Requests;

namespace CnnMrf.Api.Json;

/// <summary>Answers as JSON.</summary>
internal static class ApiJson
{
    public const string MediaType = "application/json";

    /// <summary>camelCase names, enumerations as lower-case words, nothing for null.</summary>
    public static JsonSerializerOptions Options { get; } = new(ApiJsonContext.Default.Options)
    {
        TypeInfoResolver = ApiJsonContext.Default,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>The word of an enumeration's value, as in JSON.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(SynthesisView))]
[JsonSerializable(typeof(SynthesisList))]
[JsonSerializable(typeof(LevelView))]
[JsonSerializable(typeof(RequestView))]
[JsonSerializable(typeof(BatchView))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
