using System.Text.Json;
using System.Text.Json.Serialization;

namespace CnnMrf.Pipeline.Json;

/// <summary>Choices as words: <c>poor-fit</c>. Named at each enum, so that it holds whoever serialises.</summary>
/// <typeparam name="T">The choices.</typeparam>
public sealed class WordConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
