using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Core.Serialization;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Functions.Durable;

/// <summary>How inputs and results of workflows and activities are written into histories: as the pipeline writes its documents.</summary>
internal static class WorkflowJson
{
    /// <summary>The options: the pipeline's types, and whatever else the Functions runtime hands over.</summary>
    public static JsonSerializerOptions Options { get; } = new(PipelineJson.Options)
    {
        PropertyNameCaseInsensitive = true,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(PipelineJson.Options.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
    };

    /// <summary>The same for the worker.</summary>
    public static ObjectSerializer Serializer { get; } = new JsonObjectSerializer(Options);
}
