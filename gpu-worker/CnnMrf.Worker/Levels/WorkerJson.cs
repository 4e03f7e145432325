using System.Text.Json.Serialization;

namespace CnnMrf.Worker.Levels;

[JsonSerializable(typeof(IReadOnlyList<int>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class WorkerJson : JsonSerializerContext;
