using System.Text.Json.Serialization;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Uploads;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Json;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(LevelJob))]
[JsonSerializable(typeof(LevelOutcome))]
[JsonSerializable(typeof(LevelProgress))]
[JsonSerializable(typeof(LevelOwner))]
[JsonSerializable(typeof(LevelNotice))]
[JsonSerializable(typeof(LevelDeadLetter))]
[JsonSerializable(typeof(FitReport))]
[JsonSerializable(typeof(SynthesisRequest))]
[JsonSerializable(typeof(SynthesisStatus))]
[JsonSerializable(typeof(SynthesisPlan))]
[JsonSerializable(typeof(SynthesisReport))]
[JsonSerializable(typeof(CancelMarker))]
[JsonSerializable(typeof(BatchManifest))]
[JsonSerializable(typeof(BatchReport))]
[JsonSerializable(typeof(UploadRecord))]
[JsonSerializable(typeof(RunInput))]
[JsonSerializable(typeof(BatchInput))]
[JsonSerializable(typeof(RunKey))]
[JsonSerializable(typeof(LevelKey))]
[JsonSerializable(typeof(PlanResult))]
[JsonSerializable(typeof(DispatchInput))]
[JsonSerializable(typeof(LevelReading))]
[JsonSerializable(typeof(CleanUpInput))]
[JsonSerializable(typeof(ConcludeResult))]
[JsonSerializable(typeof(BatchItems))]
[JsonSerializable(typeof(BatchClosing))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class PipelineJsonContext : JsonSerializerContext;
